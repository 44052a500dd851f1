/**
 * Many operations at once, for whoever can wait: read, and the proofs of those who come in by them decided, before they
 * are admitted, which does not wait.
 */
import type { OpId, Pause, PersonId } from "../types.ts";
import type { Dag } from "./dag.ts";
import { inPieces } from "./inPieces.ts";
import type { SignedOp } from "./membership.ts";
import { deviceProved, groupOf, joinProved, opId, readOp } from "./membership.ts";
import { admit } from "./resolve.ts";

/** How operations are read: beside those of `dag`, and how often others have the thread. */
export interface Reading {
  readonly dag?: Dag | undefined;
  readonly pause?: Pause | undefined;
}

type Invites = (id: OpId) => SignedOp | undefined;

const decided = (op: SignedOp, invites: Invites): SignedOp => {
  const { body, author } = op.op;
  if (op.proof) return op;
  if (body.kind === "device")
    return { ...op, proof: { good: deviceProved(body.proof, body.member, groupOf(op), author) } };
  const by = body.kind === "join" ? invites(body.invite)?.op.body : undefined;
  if (body.kind !== "join" || by?.kind !== "invite") return op;
  const good = joinProved(body.proof, by.key, groupOf(op), author, op.card?.person as PersonId);
  return { ...op, proof: { key: by.key, good } };
};

/** The same operations with the verdicts on their proofs, as far as their invites are among them or known. */
export const proveOps = (ops: readonly SignedOp[], { dag, pause }: Reading = {}): Promise<readonly SignedOp[]> => {
  const among = new Map(ops.map((op) => [op.id, op]));
  const invites: Invites = (id) => among.get(id) ?? dag?.get(id);
  return inPieces(ops, (op) => decided(op, invites), pause);
};

/** Those that are well signed and not known yet, proved. */
export const readProved = async (
  raw: readonly Uint8Array[],
  { dag, pause }: Reading = {},
): Promise<readonly SignedOp[]> => {
  const fresh = dag ? raw.filter((one) => !dag.has(opId(one))) : raw;
  const read = await inPieces(fresh, readOp, pause);
  return proveOps(
    read.filter((op) => op !== undefined),
    { dag, pause },
  );
};

/** Reads operations that stand in causal order, and adds to `dag` what may be added. All that could be read. */
export const admitAll = async (dag: Dag, raw: readonly Uint8Array[], pause?: Pause): Promise<readonly SignedOp[]> => {
  const ops = await readProved(raw, { pause });
  for (const op of ops) {
    await pause?.();
    admit(dag, op);
  }
  return ops;
};
