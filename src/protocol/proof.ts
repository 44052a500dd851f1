/**
 * Proofs of equivocation: two things that one key signed where an honest device signs only one. Whoever has the bytes can
 * verify them, whatever became of the chain; of messages they show hashes only. A device that was copied, or restored from
 * a snapshot of a running one, looks the same: a proof is told, and never acted upon. SPEC.md §6.
 */
import type { GroupId, MemberId } from "../types.ts";
import type { Codec, Shape, ShapeOf } from "./codec.ts";
import { bytes, bytesUpTo, codec, equalBytes, id, struct, uint, union } from "./codec.ts";
import { bodyHash, placeSigned } from "./control.ts";
import { distributionHash, distributions } from "./distribution.ts";
import { MAX_HEAD, MAX_OP_BYTES, MAX_PROOF } from "./limits.ts";
import { groupOf, readOp } from "./membership.ts";
import { verify } from "./signature.ts";
import type { Tag } from "../types.ts";

const said = struct({ slot: uint(0xffff), body: bytes(32), signature: bytes(64) });
/** One of two messages: the hash of its body, and the signature over its place and that hash. */
export type Said = ShapeOf<typeof said>;

const head = bytesUpTo(MAX_HEAD);
const op = bytesUpTo(MAX_OP_BYTES + 80);
const proof = union({
  /** Two messages under one tag, so at one index, of the chain whose head this is. */
  messages: struct({ head, tag: id<Tag>(16), first: said, second: said }),
  /** Two heads of one chain. */
  chains: struct({ first: head, second: head }),
  /** Two operations of one author with one number. */
  operations: struct({ first: op, second: op }),
});
export type Proof = ShapeOf<typeof proof>;
export const proofs: Codec<Proof> = codec(proof as Shape<Proof>, MAX_PROOF);

/** Whom a proof is about, and in which group. */
export interface Proved {
  readonly group: GroupId;
  readonly member: MemberId;
}

/** A signature over the same bytes again is no second thing: it stands in the last 64 bytes. */
const sameSigned = (a: Uint8Array, b: Uint8Array): boolean => equalBytes(a.subarray(0, -64), b.subarray(0, -64));

/** Verifies a proof from its bytes alone. */
export const readProof = (raw: Uint8Array): Proved | undefined => {
  const read = proofs.decode(raw);
  switch (read?.kind) {
    case "messages": {
      const body = distributions.open(read.head)?.body;
      if (!body || equalBytes(read.first.body, read.second.body)) return undefined;
      const distribution = distributionHash(read.head);
      const signed = ({ slot, body: hash, signature }: Said): boolean =>
        verify(signature, placeSigned(distribution, slot, read.tag, hash), body.signer);
      return signed(read.first) && signed(read.second) ? { group: body.group, member: body.sender } : undefined;
    }
    case "chains": {
      const [first, second] = [distributions.open(read.first)?.body, distributions.open(read.second)?.body];
      if (!first || !second || sameSigned(read.first, read.second)) return undefined;
      const one = first.group === second.group && first.sender === second.sender && first.chain === second.chain;
      return one ? { group: first.group, member: first.sender } : undefined;
    }
    case "operations": {
      const [first, second] = [readOp(read.first), readOp(read.second)];
      if (!first || !second || sameSigned(read.first, read.second)) return undefined;
      const one =
        groupOf(first) === groupOf(second) && first.op.author === second.op.author && first.op.seq === second.op.seq;
      return one ? { group: groupOf(first), member: first.op.author } : undefined;
    }
    case undefined:
      return undefined;
  }
};

/** One of two messages, from what was signed. */
export const saidOf = (body: Uint8Array, slot: number, signature: Uint8Array): Said => ({
  slot,
  body: bodyHash(body),
  signature,
});
