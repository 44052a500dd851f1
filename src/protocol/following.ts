/** The receiving side of a group, its chains: from a distribution to a chain that is followed. SPEC.md §5, §6. */
import type { ChainId, MemberId, Millis, OpId, PersonId } from "../types.ts";
import { hasMore } from "./acks.ts";
import { hex } from "./codec.ts";
import type { Distribution, Opener, WholeDistribution } from "./distribution.ts";
import {
  allHybrid,
  chainIdOf,
  distributionHash,
  distributions,
  openHead,
  openOne,
  openSecret,
  openWhole,
  ownBoxes,
  someHybrid,
} from "./distribution.ts";
import type { HybridSecret } from "./hybrid.ts";
import type { GroupState } from "./group.ts";
import { devicesOf, pairWith, peerOf } from "./group.ts";
import type { Pair } from "./identity.ts";
import { withVerdicts } from "./lateEngine.ts";
import { HOUR, LIFETIME_HOURS, MAX_AHEAD_HOURS, MAX_CHAINS, RETAIN } from "./limits.ts";
import type { View } from "./resolve.ts";
import { mayResolve, resolve, viewId } from "./resolve.ts";
import type { Member } from "./draft.ts";
import type { Context } from "./sending.ts";
import type { ReceiveChain } from "./senderKey.ts";
import { chainKeys } from "./senderKey.ts";
import { memberCard } from "./receiving.ts";
import { type SealedOps, unsealOps } from "./successor.ts";

/**
 * `missing`: operations that the distribution's view rests on are not here yet; keep it and ask. `later`: its sender has named
 * so many views that this one has to wait; keep it, and ask for its chain. `hybrid`: the exchange by
 * which its box was sealed. `absent`: no box that opens; `served`: there must be one, for this device is in the view;
 * `unknown`: it was sealed by an exchange that this device does not know of.
 */
export type ChainOpened =
  | {
      readonly kind: "chain";
      readonly state: GroupState;
      readonly chain: ReceiveChain;
      readonly agreement: Uint8Array;
      readonly hybrid?: HybridSecret;
    }
  | { readonly kind: "missing"; readonly sender: MemberId; readonly heads: readonly OpId[] }
  | { readonly kind: "later"; readonly sender: MemberId; readonly chain: ChainId }
  | { readonly kind: "known" }
  | {
      readonly kind: "absent";
      readonly agreement: Uint8Array;
      readonly person: PersonId;
      readonly served: boolean;
      readonly unknown: boolean;
    }
  | { readonly kind: "forged"; readonly reason: string };

/** What a head says, once that is proved: whose the chain is, and for which view. */
export interface HeadRead {
  readonly kind: "head";
  readonly body: Distribution;
  readonly view: View;
  readonly sender: Member;
}

/** What keeps a head from being read, now or for ever. */
type HeadUnread = Extract<ChainOpened, { readonly kind: "missing" | "later" | "forged" }>;

/** Verifies a distribution's head against the operations that are here. SPEC.md §5. */
export const readHead = (state: GroupState, head: Uint8Array, now: Millis): HeadRead | HeadUnread =>
  placeHead(state, distributions.open(head)?.body, now);

const placeHead = (state: GroupState, body: Distribution | undefined, now: Millis): HeadRead | HeadUnread => {
  if (!body || body.group !== state.group) return { kind: "forged", reason: "distribution" };
  const { dag, group } = state;
  const { chain, heads } = body;
  if (!heads.every((head) => dag.has(head))) return { kind: "missing", sender: body.sender, heads };
  // Before a view is made of what anybody can write down.
  if (!dag.minimal(heads) || body.view !== viewId(group, heads)) return { kind: "forged", reason: "view" };
  if (chain !== chainIdOf(group, body.sender, body.signer)) return { kind: "forged", reason: "chain" };
  const by = memberCard(state.view, body.sender) && body.sender;
  if (!mayResolve(dag, heads, { by, now })) return { kind: "later", sender: body.sender, chain };
  const view = resolve(dag, heads);
  const sender = view?.members.get(body.sender);
  if (!view || !sender) return { kind: "forged", reason: "view" };
  // One box more than the view has devices would be somebody who is not shown.
  if (body.served !== devicesOf(view).length - 1) return { kind: "forged", reason: "boxes" };
  return { kind: "head", body, view, sender };
};

/**
 * Whether a chain may still be opened by a box. Chains are forgotten only later than this, or in the order in which they
 * began, so what was forgotten is never opened again; no list is needed. SPEC.md §6.
 */
export const openable = (
  state: GroupState,
  { sender, startedAt }: Pick<Distribution, "sender" | "startedAt">,
  now: Millis,
): boolean => now - startedAt < RETAIN && startedAt - now < AHEAD && startedAt > (state.peers.get(sender)?.floor ?? -1);

/** A chain may begin so far ahead of one's own clock: as far as its frames may. */
const AHEAD = (MAX_AHEAD_HOURS - LIFETIME_HOURS + 1) * HOUR;

/** A distribution, or with a `box` sealed anew its head: `undefined` for what is not well signed. */
export const readWhole = (raw: Uint8Array, box?: Uint8Array): Promise<WholeDistribution | undefined> =>
  withVerdicts(() => (box ? openHead(raw, box) : openWhole(raw)));

/** What this device brings to open boxes from a device, as a member and as one that is invited. */
const openersFor = (
  state: GroupState,
  from: { readonly agreement: Uint8Array; readonly person: PersonId; readonly pair: Pair },
  { self, hybrids }: Context,
): readonly Opener[] => {
  const shared = { pair: from.pair, hybrids: hybrids?.known(from.agreement) ?? [], senderPerson: from.person };
  return [
    { key: state.seat.member, prekeys: state.seat.prekeys, ...shared },
    { key: hex(self.device.public), prekeys: self.prekeys, ...shared },
  ];
};

/**
 * The operations that lie sealed beside a distribution, for whom it serves: before its view can be known, by what its head
 * says. None where all its heads are here, for then so is all below them. One box is tried at most, whatever a sender puts there.
 * Also of a chain that is not followed, as of somebody who is gone: what they did before they knew is for everybody to weigh.
 */
export const openOps = async (
  state: GroupState,
  { body, boxes, head }: WholeDistribution,
  sealed: SealedOps,
  context: Context,
): Promise<readonly Uint8Array[]> => {
  const { group, heads, sender, chain, signer } = body;
  if (group !== state.group || heads.every((one) => state.dag.has(one))) return [];
  const from = memberCard(state.view, sender);
  const pair = from && pairWith(context.self, from.agreement);
  if (!pair || chain !== chainIdOf(group, sender, signer)) return [];
  for (const opener of openersFor(state, { ...from, pair }, context)) {
    const [own] = ownBoxes(body, boxes, opener);
    const opened = own && (await openOne(body, own, opener));
    if (opened?.kind === "opened")
      return unsealOps(sealed, { secret: opened.secret, distribution: distributionHash(head) }) ?? [];
    if (own) return [];
  }
  return [];
};

/** Opens a distribution and begins to follow its chain. */
export const openDistribution = async (
  state: GroupState,
  whole: WholeDistribution | undefined,
  context: Context,
): Promise<ChainOpened> => {
  const named = whole?.body;
  if (!whole || !named || named.group !== state.group) return { kind: "forged", reason: "distribution" };
  if (state.receive.has(named.chain) || named.sender === state.seat.member) return { kind: "known" };
  // Who is gone cannot begin a chain, whatever view it says it was for: what counts of theirs is in chains of the cut.
  const gone = state.view.gone.get(named.sender);
  if ((gone && !gone.cut.has(named.chain)) || !openable(state, named, context.now)) return { kind: "known" };
  const read = placeHead(state, named, context.now);
  if (read.kind !== "head") return read;
  const { body, sender, view } = read;
  const pair = pairWith(context.self, sender.card.agreement);
  if (!pair) return { kind: "forged", reason: "agreement key" };
  const { agreement } = sender.card;
  const { boxes } = whole;
  const own = openersFor(state, { agreement, person: sender.person, pair }, context);
  // A box that bears none of the marks that this device can make was sealed by a secret that it does not have.
  const served = devicesOf(view).some((one) => own.some(({ key }) => key === one.key));
  let unknown = served && someHybrid(boxes);
  for (const opener of own) {
    const opened = await openSecret(body, boxes, opener);
    if (opened.kind === "forged") return opened;
    if (opened.kind === "opened") {
      const { state: after, chain } = begin(state, { whole, secret: opened.secret, now: context.now });
      return { kind: "chain", state: after, chain, agreement, ...(opened.hybrid && { hybrid: opened.hybrid }) };
    }
    if (opened.slot) unknown = false;
  }
  return { kind: "absent", agreement, person: sender.person, served, unknown };
};

const begin = (
  state: GroupState,
  { whole, secret, now }: { readonly whole: WholeDistribution; readonly secret: Uint8Array; readonly now: number },
): { readonly state: GroupState; readonly chain: ReceiveChain } => {
  const { body, head } = whole;
  const keys = chainKeys(secret);
  const chain: ReceiveChain = {
    chain: body.chain,
    sender: body.sender,
    view: body.view,
    heads: body.heads,
    distribution: distributionHash(head),
    signer: body.signer,
    startedAt: body.startedAt,
    openedAt: now,
    key: keys.chain,
    index: 0,
    skipped: new Map(),
    meta: keys.meta,
    metaNext: 0,
    metaSkipped: new Set(),
  };
  const receive = new Map(state.receive).set(chain.chain, chain);
  const before = body.close && receive.get(body.close.chain);
  // Who says of a chain that it ended sooner than it did would have some read less of it than others.
  if (before && body.close && before.sender === body.sender && !hasMore(state, before, body.close.count))
    receive.set(before.chain, { ...before, count: body.close.count });
  const others = [...receive.values()].filter((one) => one.sender === body.sender);
  others.sort((a, b) => a.startedAt - b.startedAt);
  const dropped = others.slice(0, Math.max(0, others.length - MAX_CHAINS));
  for (const old of dropped) receive.delete(old.chain);
  const after = withPeer({ ...state, receive }, body, dropped.at(-1)?.startedAt);
  return { chain, state: withSealing(after, body, !whole.alone && allHybrid(whole.boxes)) };
};

/** Whether everybody's box was closed to a later quantum computer; who sees one box alone cannot tell. */
const withSealing = (state: GroupState, { sender, prekey }: Distribution, hybrid: boolean): GroupState => {
  const before = state.sealings.get(sender);
  if (before && before.number >= prekey.number) return state;
  return { ...state, sealings: new Map(state.sealings).set(sender, { number: prekey.number, hybrid }) };
};

const withPeer = (state: GroupState, body: Distribution, dropped: number | undefined): GroupState => {
  const before = peerOf(state, body.sender);
  const prekey = before.prekey && before.prekey.number >= body.prekey.number ? before.prekey : body.prekey;
  const floor = dropped ?? before.floor;
  const peer = { ...before, prekey, confirmed: true, ...(floor !== undefined && { floor }) };
  return { ...state, peers: new Map(state.peers).set(body.sender, peer) };
};
