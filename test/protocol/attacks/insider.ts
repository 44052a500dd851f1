/** What a member knows of another's chain, and what can be made of it without that one's signing key. */
import type { Handed } from "../../../src/protocol/control.ts";
import { placedMessages, signedBodies } from "../../../src/protocol/control.ts";
import { openWhole } from "../../../src/protocol/distribution.ts";
import type { EnvelopeKey } from "../../../src/protocol/envelope.ts";
import { openEnvelope, sealEnvelope, slotFor } from "../../../src/protocol/envelope.ts";
import { readHanded } from "../../../src/protocol/handing.ts";
import { readHead } from "../../../src/protocol/following.ts";
import type { Received } from "../../../src/protocol/receiving.ts";
import { messageContext } from "../../../src/protocol/sending.ts";
import type { ReceiveChain } from "../../../src/protocol/senderKey.ts";
import { step } from "../../../src/protocol/senderKey.ts";
import { type Person, talkingRoom } from "../room.ts";

export type Three = readonly [alice: Person, bob: Person, mallory: Person];
/** Alice speaks, Bob hears, Mallory is a member with other plans. All follow all. */
export const threeMembers = async (): Promise<Three> =>
  (await talkingRoom(["Alice", "Bob", "Mallory"])) as unknown as Three;

export const chainAt = (member: Person, author: Person): ReceiveChain =>
  member.state.receive.get(author.chain) as ReceiveChain;

/** Key and tag of a message that is still to come, from the chain key that every member holds. */
export const keyOf = (chain: ReceiveChain, index: number): EnvelopeKey => {
  let current = chain.key;
  for (let i = chain.index; ; i++) {
    const { at, next } = step(current, chain.distribution);
    if (i === index) return at;
    current = next;
  }
};

/** Any plaintext in an envelope that is valid for a place but for its signature. */
export const sealAs = (
  by: Person,
  chain: ReceiveChain,
  {
    index,
    plain,
    slot = slotFor(by.now),
  }: { readonly index: number; readonly plain: Uint8Array; readonly slot?: number },
): Uint8Array =>
  sealEnvelope(keyOf(chain, index), plain, {
    slot,
    random: by.random,
    context: messageContext(chain.distribution, index),
  });

/** What lies in an envelope of a message: the author's own bytes. */
export const plainOf = (chain: ReceiveChain, index: number, frame: Uint8Array): Uint8Array =>
  openEnvelope(keyOf(chain, index).key, frame, messageContext(chain.distribution, index)) as Uint8Array;

/** The same signed words with another index written over, or with other words. */
export const rewritten = (
  plain: Uint8Array,
  change: { readonly index?: number; readonly content?: Uint8Array },
): Uint8Array => {
  const signed = signedBodies.decode(plain);
  const placed = signed && placedMessages.decode(signed.body);
  if (!signed || !placed) throw new Error("no message");
  return signedBodies.encode({ ...signed, body: placedMessages.encode({ ...placed, ...change }) });
};

/** What Bob makes of keys that somebody hands him. */
export const handedTo = (
  to: Person,
  distribution: Uint8Array,
  handed: Handed,
  frames: readonly Uint8Array[] = [],
): Received | undefined => {
  const head = openWhole(distribution)?.head as Uint8Array;
  const read = readHead(to.state, head, to.now);
  return read.kind === "head" ? readHanded(to.state, { head, read }, { handed, frames, now: to.now }) : undefined;
};
