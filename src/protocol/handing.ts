/**
 * Handing on what a member can read: the keys of single messages, never a chain, to a device that their chain served and
 * that could not open it, or to a newcomer whom an invite grants history. Whoever receives them verifies the originals:
 * the message by its chain's key, that by the distribution which `GK` signed, and `GK` by the operations. SPEC.md §9.
 */
import type { ChainId, MemberId, Millis } from "../types.ts";
import type { Handed, Original, Placed } from "./control.ts";
import { messageId, placedMessages, signedBodies } from "./control.ts";
import { distributionHash } from "./distribution.ts";
import { MAX_PLAINTEXT } from "./envelope.ts";
import type { GroupState } from "./group.ts";
import { devicesOf } from "./group.ts";
import { MAX_HANDED_CHAINS } from "./limits.ts";
import type { HeadRead } from "./following.ts";
import type { Received } from "./receiving.ts";
import { audienceOf, openPlaced, readPlaced } from "./receiving.ts";
import type { View } from "./resolve.ts";
import { keyAt } from "./senderKey.ts";

/** A message's signed bytes, made again from what is kept of it. */
export const signedOf = (placed: Placed, { signature }: Original): Uint8Array =>
  signedBodies.encode({ body: placedMessages.encode(placed), signature });

/** Whether a chain of this view served a member's device: as a member, or by its card before it came in. */
export const servesMember = (state: GroupState, view: View, member: MemberId): boolean => {
  const device = (state.view.members.get(member) ?? state.view.gone.get(member))?.card.device;
  return devicesOf(view).some((one) => one.key === member || one.key === device);
};

/** When the others began to seal to this device, by the clock of whoever brought it in: by its card or as a member. */
export const servedSince = ({ dag, view, seat }: GroupState): Millis => {
  const by = view.members.get(seat.member)?.by;
  const op = by && dag.get(by)?.op;
  const invite = op?.body.kind === "join" ? dag.get(op.body.invite)?.op : undefined;
  return (invite?.body.kind === "invite" && invite.body.card ? invite.at : op?.at) ?? 0;
};

/** What an invite grants of the past. */
export interface Grant {
  readonly history: "pinned" | "last" | "all";
  /** Lines of `last`. */
  readonly last: number;
}

/** Whether the invite by which a member came in grants more than what is said from then on. */
export const grantOf = (state: GroupState, member: MemberId): Grant | undefined => {
  const by = state.view.members.get(member)?.by;
  const join = by && state.dag.get(by)?.op.body;
  const invite = join?.kind === "join" ? state.dag.get(join.invite)?.op.body : undefined;
  if (invite?.kind !== "invite" || invite.history === "none") return undefined;
  return { history: invite.history, last: invite.last ?? 0 };
};

/** What a handed-on message is, once its original is verified. */
export const readHanded = (
  state: GroupState,
  { head, read }: { readonly head: Uint8Array; readonly read: HeadRead },
  { handed, frames, now }: { readonly handed: Handed; readonly frames: readonly Uint8Array[]; readonly now: number },
): Received | undefined => {
  const { body, sender } = read;
  const { index, tag, key } = handed;
  const at = { distribution: distributionHash(head), signer: body.signer, index };
  const known = state.view.members.has(body.sender) || state.view.gone.has(body.sender);
  if (!known) return undefined;
  const opened = handed.signed
    ? readPlaced(handed.signed.body, { ...at, slot: handed.signed.slot, tag })
    : frames.map((frame) => openPlaced(frame, { key, tag }, { ...at, now })).find((one) => one !== undefined);
  if (!opened) return undefined;
  return {
    ...opened,
    message: messageId(body.sender, opened.placed.nonce, opened.placed.content),
    author: body.sender,
    person: sender.person,
    chain: body.chain,
    audience: audienceOf(state, body.heads, body.sender),
    heads: body.heads,
    key,
  };
};

/** A chain that is followed after one of its messages came another way: its key is consumed as if it had opened here. */
export const consumed = (state: GroupState, chain: ChainId, index: number): GroupState => {
  const followed = state.receive.get(chain);
  const at = followed && keyAt(followed, index);
  return at ? { ...state, receive: new Map(state.receive).set(chain, at.after) } : state;
};

/** Messages to hand on, each with the head of its chain. */
export interface HandedLine {
  readonly chain: ChainId;
  readonly head: Uint8Array;
  readonly handed: Handed;
}

/** As few frames as hold them, in their order. */
export const handedFrames = (lines: readonly HandedLine[]): readonly (readonly HandedLine[])[] => {
  const out: HandedLine[][] = [];
  let room = 0;
  let chains = new Set<ChainId>();
  for (const line of lines) {
    const size = (handed: Handed): number => 80 + (handed.signed?.body.length ?? 0);
    const cost = size(line.handed) + (chains.has(line.chain) ? 0 : line.head.length + 16);
    if (cost > room || chains.size >= MAX_HANDED_CHAINS) {
      out.push([]);
      room = MAX_PLAINTEXT - 1024 - line.head.length;
      chains = new Set();
    }
    room -= size(line.handed) + (chains.has(line.chain) ? 0 : line.head.length + 16);
    chains.add(line.chain);
    (out.at(-1) as HandedLine[]).push(line);
  }
  return out;
};

/** One frame's lines by chain, as `keys` holds them. */
export const byChain = (
  lines: readonly HandedLine[],
): readonly { readonly head: Uint8Array; readonly keys: readonly Handed[] }[] => {
  const out = new Map<ChainId, { readonly head: Uint8Array; readonly keys: Handed[] }>();
  for (const { chain, head, handed } of lines) {
    const known = out.get(chain) ?? { head, keys: [] };
    known.keys.push(handed);
    out.set(chain, known);
  }
  return [...out.values()];
};
