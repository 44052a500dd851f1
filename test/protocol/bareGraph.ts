/** Operations that nobody signed, so that thousands of them cost seconds: what a set of them means follows after signatures. */
import { Dag } from "../../src/protocol/dag.ts";
import type { Card } from "../../src/protocol/identity.ts";
import type { OpBody, SignedOp } from "../../src/protocol/membership.ts";
import { admit } from "../../src/protocol/resolve.ts";
import type { GroupId, MemberId, Millis, OpId } from "../../src/types.ts";
import { NOW } from "./room.ts";

/** An id that is the same wherever it is asked for; 32 bytes in hex. */
export const named = <T extends string>(kind: number, n: number): T => `${kind}${n}`.padStart(2, "0").repeat(32) as T;
export const none = new Uint8Array(0);
export const KEY = new Uint8Array(32).fill(7);
export const PREKEY = { number: 1, key: KEY };
export const POLICY = { open: false, direct: false, invite: "members", guests: "ask" } as const;
/** One of all, whatever the number; `undefined` where there are none. */
export const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

/** An operation less what its place says. */
export type Bare = Pick<SignedOp, "card" | "devices" | "proof"> & { readonly by: MemberId; readonly body: OpBody };
export interface Place {
  readonly parents: readonly OpId[];
  readonly at: Millis;
}

export class BareGraph {
  readonly dag = new Dag();
  readonly ops: SignedOp[] = [];
  readonly #idOf: (n: number) => string;

  /** `idOf`: of the nth operation; random, for ties are broken by ids. */
  constructor(idOf: (n: number) => string, founder: { readonly by: MemberId; readonly card: Card }) {
    this.#idOf = idOf;
    const said = { name: "", policy: POLICY, card: none, prekey: PREKEY } as const;
    const body = { kind: "create", nonce: none, bucket: none, ...said } as const;
    this.sign({ ...founder, body }, { parents: [], at: NOW });
  }

  /** The operation, if it was admitted there. */
  sign({ by, body, ...rest }: Bare, { parents, at }: Place): SignedOp | undefined {
    const { dag, ops } = this;
    const group = ops[0]?.id as string as GroupId;
    const seq = [...(dag.closure(parents) ?? [])].filter((i) => dag.at(i).op.author === by).length;
    const op = { ...(ops.length > 0 && { group }), parents, author: by, seq, at, body };
    const signed = { id: this.#idOf(ops.length) as OpId, op, bytes: none, ...rest };
    if (admit(dag, signed) !== "ok") return undefined;
    ops.push(signed);
    return signed;
  }

  /** Those operations of which none is below another, as parents; all heads where there are none. */
  parentsOf(some: readonly number[]): readonly OpId[] {
    const { dag } = this;
    const back = [...new Set(some)].filter((i, _, all) => !all.some((other) => dag.isAncestor(i, other)));
    return back.length === 0 ? dag.heads() : back.map((i) => dag.at(i).id).sort();
  }
}
