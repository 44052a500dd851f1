/** Acknowledgements: what a device has of each chain, told now and then, merged by growing. SPEC.md §9. */
import type { ChainId, MemberId } from "../types.ts";
import type { Ack } from "./control.ts";
import type { GroupState } from "./group.ts";
import { peerOf } from "./group.ts";
import { MAX_ACKS, MAX_PEER_ACKS } from "./limits.ts";
import type { ReceiveChain } from "./senderKey.ts";
import { contiguous } from "./senderKey.ts";

/** What this device has got and not yet said. */
export const dueAcks = (state: GroupState): readonly Ack[] => {
  const out: Ack[] = [];
  for (const chain of state.receive.values()) {
    const got = contiguous(chain);
    const read = Math.min(got, state.read.get(chain.chain) ?? 0);
    const said = state.acked.get(chain.chain);
    if (got > (said?.got ?? 0) || read > (said?.read ?? 0)) out.push({ chain: chain.chain, got, read });
    if (out.length >= MAX_ACKS) break;
  }
  return out;
};

/** What changed in somebody's acknowledgements. */
export interface AckChange {
  readonly chain: ChainId;
  readonly from: Ack;
  readonly to: Ack;
}

/** Takes a member's acknowledgements: numbers that only grow. */
export const takeAcks = (
  state: GroupState,
  member: MemberId,
  acks: readonly Ack[],
): { readonly state: GroupState; readonly changes: readonly AckChange[] } => {
  const peer = peerOf(state, member);
  const known = new Map(peer.acks);
  const changes: AckChange[] = [];
  for (const ack of acks) {
    const from = known.get(ack.chain) ?? { chain: ack.chain, got: 0, read: 0 };
    const got = Math.max(from.got, ack.got);
    const to = { chain: ack.chain, got, read: Math.min(got, Math.max(from.read, ack.read)) };
    if (to.got === from.got && to.read === from.read) continue;
    // Somebody may name chains that do not exist: the oldest entry makes room.
    if (known.size >= MAX_PEER_ACKS && !known.has(ack.chain)) known.delete(known.keys().next().value as ChainId);
    known.set(ack.chain, to);
    changes.push({ chain: ack.chain, from, to });
  }
  if (changes.length === 0) return { state, changes };
  const peers = new Map(state.peers).set(member, { ...peer, acks: known });
  return { state: { ...state, peers, receive: reopened(state.receive, changes) }, changes };
};

/** Somebody has more of a chain than its author said that there is: that word counts no longer. */
const reopened = (receive: GroupState["receive"], changes: readonly AckChange[]): GroupState["receive"] => {
  let out = receive;
  for (const { chain, to } of changes) {
    const { count, ...one } = receive.get(chain) ?? {};
    if (count === undefined || to.got <= count) continue;
    out = new Map(out).set(chain, one as ReceiveChain);
  }
  return out;
};

/** Whether anybody, this device included, has more than `count` messages of a chain. */
export const hasMore = ({ peers }: GroupState, chain: ReceiveChain, count: number): boolean =>
  contiguous(chain) > count || [...peers.values()].some(({ acks }) => (acks.get(chain.chain)?.got ?? 0) > count);
