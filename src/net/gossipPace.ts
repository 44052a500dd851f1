/**
 * What gossip makes of the number of devices in the room, at run time. Measured from 5 to 500 (SPEC.md §12): the number
 * of lines that a node asks for suits all of them as it is, but the more devices there are, the more of them tell each
 * other once a heartbeat what there is, though hardly anything has to be asked for.
 */
import type { Millis } from "../types.ts";

/** Those of gossipsub's numbers that follow the room. */
export interface GossipPace {
  readonly heartbeatInterval: Millis;
}

/** Up to so many devices the air is there for a heartbeat a second, which mends a mesh sooner. */
const ROOM = 100;
const BEAT: Millis = 1000;
/** The longest pause: what nobody forwarded is asked for no later than catch-up would bring it. */
const LONGEST_BEAT: Millis = 2000;

/** The numbers for so many devices. Without steps, so that a number that goes up and down changes little. */
export const gossipPace = (devices: number): GossipPace => ({
  heartbeatInterval: Math.round(Math.min(LONGEST_BEAT, Math.max(BEAT, (BEAT * devices) / ROOM))),
});
