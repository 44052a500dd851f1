/**
 * The catch-up protocol `/couloir/sync/1`: two neighbours that meet compare what they keep, some slots at a time, newest
 * expiry first, and each gets what it lacks. Frames are opaque; both sides need not be in any group of the other.
 *
 * The same code runs over a libp2p stream and over the simulated network: all it needs is a `Channel`. A session is
 * bounded in messages, bytes, ids and time, and whatever the other side does ends only this session.
 */
import { equalBytes } from "../protocol/codec.ts";
import { differingSlots, type SlotDigest } from "../protocol/reconcile.ts";
import type { Topic } from "../types.ts";
import type { Channel } from "./channel.ts";
import { answer, leaveSlots, type Answering } from "./syncAnswering.ts";
import { equalize, equalizeAll, type Asking, type Ways, type Work } from "./syncAsking.ts";
import type { SyncMessage } from "./syncMessages.ts";
import { helloOf, runSession, SyncBroken, type SyncOutcome, type SyncPeer } from "./syncSession.ts";
import { nameOf } from "./syncSlots.ts";

export type { SyncLimits, SyncOutcome, SyncPeer } from "./syncSession.ts";

/** The protocol's name on a stream. */
export const SYNC_PROTOCOL = "/couloir/sync/1";
/** One session in so many compares a slot although its sums agree: sums alone can be made to. */
const PROBE_EVERY = 4;

/** Catches up with a neighbour, this device asking. */
export const initiateSync = (channel: Channel, peer: SyncPeer): Promise<SyncOutcome> =>
  runSession(channel, peer, async (session) => {
    const { hello, slots } = await helloOf(peer, session.limits.quota);
    await session.send(hello);
    const reply = await session.next();
    if (reply?.kind === "busy") return "busy";
    if (reply?.kind !== "hello") throw new SyncBroken("hello expected");
    const theirs = digestsOf(reply);
    const asking: Asking = {
      session,
      peer,
      quota: reply.quota,
      stillOpen: (works) => stillOpen(peer, theirs, works),
      givenBytes: 0,
      full: reply.quota === 0,
      complete: true,
    };
    const wanted = new Set(reply.topics);
    const common = new Set<string>(peer.topics().filter((topic) => wanted.has(topic)));
    const differing = differingSlots(slots, theirs, common);
    const [closedHere, closedThere] = [slots, theirs].map(
      (all) => new Set(all.filter(({ closed }) => closed).map(nameOf)),
    );
    const waysAt = (name: string): Ways => ({
      take: closedHere?.has(name) !== true,
      give: closedThere?.has(name) !== true,
    });
    await equalizeAll(
      asking,
      differing.map((one) => workAt(one, waysAt(nameOf(one)), Math.max(one.mine, one.theirs))),
    );
    const names = new Set(differing.map(nameOf));
    const probed = probe(
      peer,
      slots.filter((slot) => common.has(slot.topic) && !names.has(nameOf(slot))),
    );
    if (probed) await equalize(asking, [workAt(probed, { take: true, give: true }, probed.count)]);
    await session.ask({ kind: "bye", complete: asking.complete }, "bye");
    if (!asking.complete) return "partial";
    peer.handlers.onCaughtUp(peer.from);
    return "complete";
  });

/** Answers a neighbour that catches up. */
export const respondSync = (channel: Channel, peer: SyncPeer): Promise<SyncOutcome> =>
  runSession(channel, peer, async (session) => {
    const first = await session.next();
    if (first?.kind !== "hello") throw new SyncBroken("hello expected");
    const { hello } = await helloOf(peer, session.limits.quota);
    await session.send(hello);
    const wanted = new Set<string>(first.topics);
    const common = new Set<string>(peer.topics().filter((topic) => wanted.has(topic)));
    const answering: Answering = { session, peer, common, withheld: new Set() };
    for (;;) {
      const message = await session.next();
      if (message === undefined) throw new SyncBroken("ended early");
      if (message.kind === "bye") {
        leaveSlots(answering);
        await session.send({ kind: "bye", complete: message.complete });
        if (!message.complete) return "partial";
        peer.handlers.onCaughtUp(peer.from);
        return "complete";
      }
      await session.send(await answer(answering, message));
    }
  });

/** Tells a neighbour that there is no room for a session now. */
export const refuseSync = (channel: Channel, peer: SyncPeer): Promise<SyncOutcome> =>
  runSession(channel, peer, async (session) => {
    await session.next();
    await session.send({ kind: "busy" });
    return "busy";
  });

const workAt = ({ topic, slot }: { topic: string; slot: number }, ways: Ways, ids: number): Work => ({
  place: { topic: topic as Topic, slot },
  ways,
  ids,
});

/** A slot that seems the same on both sides, now and then. */
const probe = ({ random }: SyncPeer, same: readonly SlotDigest[]): SlotDigest | undefined => {
  const [lot = 0, a = 0, b = 0] = random(3);
  return lot % PROBE_EVERY === 0 ? same[(a * 256 + b) % same.length] : undefined;
};

const digestsOf = (hello: SyncMessage & { kind: "hello" }): readonly (SlotDigest & { readonly closed: boolean })[] =>
  hello.slots.flatMap((digest) => {
    const topic = hello.topics[digest.topic];
    return topic === undefined ? [] : [{ ...digest, topic }];
  });

/** Those slots that are not by now what the other side said that it has. */
const stillOpen = async (
  { handlers }: SyncPeer,
  theirs: readonly SlotDigest[],
  works: readonly Work[],
): Promise<readonly Work[]> => {
  const [here, there] = [await handlers.carrier.slots(), theirs].map(
    (all) => new Map(all.map((digest) => [nameOf(digest), digest])),
  );
  return works.filter(({ place }) => {
    const [mine, other] = [here?.get(nameOf(place)), there?.get(nameOf(place))];
    return mine?.count !== other?.count || !mine || !other || !equalBytes(mine.fingerprint, other.fingerprint);
  });
};
