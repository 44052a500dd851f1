/** Messages in order over anything: a libp2p stream, or the simulated network. */

import type { Millis } from "../types.ts";

/** One conversation with one neighbour. */
export interface Channel {
  /** When something came last, be it a part of a message; absent where messages come whole. */
  readonly heardAt?: Millis | undefined;
  /** Resolves when the message is on its way and there is room for another. Rejects when the channel is gone. */
  send(bytes: Uint8Array): Promise<void>;
  /** The next message; `undefined` when the other side has ended. Rejects when the channel is gone. */
  receive(): Promise<Uint8Array | undefined>;
  /** Ends it, both ways, at once; never rejects. */
  close(): Promise<void>;
}
