/** The receiving side of a group, its control frames: by a member to all, to one device, or where a pointer says. SPEC.md §9. */
import type { ChainId, MemberId } from "../types.ts";
import { hex } from "./codec.ts";
import type { Control } from "./control.ts";
import { controls, controlSigned, signedBodies } from "./control.ts";
import { openEnvelope, readHeader } from "./envelope.ts";
import type { GroupState } from "./group.ts";
import { pairWith } from "./group.ts";
import { META_WINDOW } from "./limits.ts";
import { newPair, pairFrameKey, receiveNumber, receivePairNumber } from "./pairwise.ts";
import type { Context } from "./sending.ts";
import { CONTROL_CONTEXT } from "./sending.ts";
import { metaKey } from "./senderKey.ts";
import { verify } from "./signature.ts";

/** A control frame that opened. `from`: whose it is. */
export interface ControlOpened {
  readonly state: GroupState;
  readonly from: MemberId;
  readonly control: Control;
}

/** Opens a frame under a member's meta key. `undefined`: not by that member, or seen before. */
export const openMeta = (
  state: GroupState,
  chainId: ChainId,
  number: number,
  frame: Uint8Array,
  now: number,
): ControlOpened | undefined => {
  const chain = state.receive.get(chainId);
  const window = chain && receiveNumber(chain.metaNext, chain.metaSkipped, number, META_WINDOW);
  const plain = chain && openEnvelope(metaKey(chain.meta, chain.distribution, number).key, frame, CONTROL_CONTEXT);
  const signed = plain && signedBodies.decode(plain);
  const header = readHeader(frame, now);
  const control = signed && controls.decode(signed.body);
  if (!chain || !window || !signed || !header || !control) return undefined;
  const covered = controlSigned(chain.distribution, header.slot, number, signed.body);
  if (!verify(signed.signature, covered, chain.signer)) return undefined;
  const after = { ...chain, metaNext: window.next, metaSkipped: window.skipped };
  return { state: { ...state, receive: new Map(state.receive).set(chainId, after) }, from: chain.sender, control };
};

/** Opens a pairwise frame. */
export const openPairwise = (
  state: GroupState,
  agreement: Uint8Array,
  number: number,
  frame: Uint8Array,
  context: Context,
): { readonly state: GroupState; readonly control: Control } | undefined => {
  const name = hex(agreement);
  const counters = state.pairs.get(name) ?? newPair;
  const window = receivePairNumber(counters, number, context.now);
  const pair = pairWith(context.self, agreement);
  const plain = pair && openEnvelope(pairFrameKey(pair, state.group, agreement, number).key, frame, CONTROL_CONTEXT);
  const control = plain && controls.decode(plain);
  if (!window || !control) return undefined;
  const after = { ...counters, receiveNext: window.next, receiveSkipped: window.skipped };
  return { state: { ...state, pairs: new Map(state.pairs).set(name, after) }, control };
};

/** Opens a frame whose key a pointer named. The distribution in it is signed by itself. */
export const openPointed = (key: Uint8Array, frame: Uint8Array): Control | undefined => {
  const plain = openEnvelope(key, frame, CONTROL_CONTEXT);
  const signed = plain && signedBodies.decode(plain);
  return signed && controls.decode(signed.body);
};
