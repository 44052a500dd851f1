/**
 * The receiving side of a group, its messages: from a frame and the place that its tag names to the state after it. Decrypt
 * order is tag → AEAD → signature, and only then is a key consumed: whoever holds a chain and not its signing key cannot
 * burn its indices. SPEC.md §6, §9.
 */
import type { ChainId, MemberId, MessageId, OpId, PersonId, Tag } from "../types.ts";
import type { Original, Placed } from "./control.ts";
import { messageId, messageSigned, placedMessages, signedBodies } from "./control.ts";
import type { EnvelopeKey } from "./envelope.ts";
import { openEnvelope, readHeader } from "./envelope.ts";
import type { GroupState } from "./group.ts";
import { persons, withTip } from "./group.ts";
import type { View } from "./resolve.ts";
import { resolve } from "./resolve.ts";
import { messageContext } from "./sending.ts";
import { keyAt } from "./senderKey.ts";
import { verify } from "./signature.ts";

/** A message that opened, with all that places it. */
export interface Received {
  readonly message: MessageId;
  readonly author: MemberId;
  readonly person: PersonId;
  readonly chain: ChainId;
  readonly placed: Placed;
  readonly audience: readonly PersonId[];
  /** Of the view that it was sealed for. */
  readonly heads: readonly OpId[];
  /** Kept beside the text, to hand on; deleted with it. */
  readonly key: Uint8Array;
  readonly original: Original;
}

/** `stale`: opened or consumed before. `forged`: sealed with the right key by somebody who may not. */
export type MessageOpened =
  | { readonly kind: "message"; readonly state: GroupState; readonly received: Received }
  | { readonly kind: "stale" }
  | { readonly kind: "forged" };

/** Who a member is or was, by a view. */
export const memberCard = (
  view: View,
  member: MemberId,
): { readonly person: PersonId; readonly agreement: Uint8Array } | undefined => {
  const one = view.members.get(member) ?? view.gone.get(member);
  return one && { person: one.person, agreement: one.card.agreement };
};

/** A body that its chain's own key signed for its place, with the rest of what was signed. */
export interface PlacedOriginal {
  readonly placed: Placed;
  readonly original: Original;
}

/** Where a signed body must belong. */
export interface PlaceSigned {
  readonly distribution: Uint8Array;
  readonly signer: Uint8Array;
  readonly index: number;
  readonly slot: number;
  readonly tag: Tag;
}

/** The one way in for a message, however its bytes came: it was signed by its chain for just this place. */
export const readPlaced = (plain: Uint8Array, at: PlaceSigned): PlacedOriginal | undefined => {
  const signed = signedBodies.decode(plain);
  const placed = signed && placedMessages.decode(signed.body);
  if (!signed || placed?.index !== at.index) return undefined;
  const covered = messageSigned(at.distribution, at.slot, at.tag, signed.body);
  if (!verify(signed.signature, covered, at.signer)) return undefined;
  const { nonce, acks } = placed;
  return { placed, original: { slot: at.slot, tag: at.tag, nonce, acks, signature: signed.signature } };
};

/** Opens an envelope whose key is known: `undefined` for what is not by that chain at that place. */
export const openPlaced = (
  frame: Uint8Array,
  { key, tag }: EnvelopeKey,
  { now, ...at }: Omit<PlaceSigned, "slot" | "tag"> & { readonly now: number },
): PlacedOriginal | undefined => {
  const plain = openEnvelope(key, frame, messageContext(at.distribution, at.index));
  const header = readHeader(frame, now);
  return plain && header && readPlaced(plain, { ...at, slot: header.slot, tag });
};

/** Opens a frame whose tag is that of message `index` of a chain. */
export const openMessage = (
  state: GroupState,
  chainId: ChainId,
  index: number,
  frame: Uint8Array,
  now: number,
): MessageOpened => {
  const chain = state.receive.get(chainId);
  const at = chain && keyAt(chain, index);
  const author = chain && memberCard(state.view, chain.sender);
  if (!chain || !at || !author) return { kind: "stale" };
  const { distribution, signer } = chain;
  const opened = openPlaced(frame, at.key, { distribution, signer, index, now });
  if (!opened) return { kind: "forged" };
  const { placed, original } = opened;
  const message = messageId(chain.sender, placed.nonce, placed.content);
  return {
    kind: "message",
    received: {
      message,
      author: chain.sender,
      person: author.person,
      chain: chainId,
      placed,
      audience: audienceOf(state, chain.heads, chain.sender),
      heads: chain.heads,
      key: at.key.key,
      original,
    },
    state: {
      ...state,
      receive: new Map(state.receive).set(chainId, at.after),
      tips: withTip(state.tips, { message, time: placed.time }, placed.parents),
    },
  };
};

/** What is below some heads never changes: asked for with every message, and worked out once for a chain's. */
const audiences = new WeakMap<readonly OpId[], readonly PersonId[]>();

/** Persons whom a chain serves, its sender left out. `heads`: always the same where they are a chain's. */
export const audienceOf = (state: GroupState, heads: readonly OpId[], sender: MemberId): readonly PersonId[] => {
  const known = audiences.get(heads);
  if (known) return known;
  const then = resolve(state.dag, heads);
  const view = then ?? state.view;
  const out = new Set(persons(view));
  const person = memberCard(view, sender)?.person;
  if (person) out.delete(person);
  const made = [...out];
  if (then) audiences.set(heads, made);
  return made;
};
