/** What the attacks of admins are staged with. */
import type { OpBody, SignedOp } from "../../../src/protocol/membership.ts";
import type { View } from "../../../src/protocol/resolve.ts";
import { names } from "../replicas.ts";
import { type Person, room } from "../room.ts";

/** Who is an admin, by name. */
export const admins = (view: View): string =>
  names({ members: new Map([...view.members].filter(([, { role }]) => role === "admin")) });
/** A group of these. */
export const people = (...all: readonly string[]) =>
  room(all) as unknown as readonly [Person, Person, Person, Person, Person];
/** `by` says it is for it, and `with_` does it. */
export const byTwo = (by: Person, second: Person, body: OpBody): readonly [SignedOp, SignedOp] => {
  const [first] = body.kind === "remove" ? body.members : body.kind === "role" ? [body.member] : [];
  const { line } = by.view.members.get(first!)!;
  const to = body.kind === "remove" ? "out" : body.kind === "role" ? body.role : "member";
  const motion = second.act({ kind: "motion", line, to });
  by.learn(second.ops);
  return [motion, by.act(body)];
};
/** Makes somebody an admin, or a member. */
export const role = (of: Person, to: "admin" | "member"): OpBody => ({ kind: "role", member: of.member, role: to });
/** The first of many that are the same but for their id, which its author may try: it comes before `other` where they are level. */
export const before = (other: SignedOp, make: (n: number) => SignedOp): SignedOp => {
  for (let n = 0; ; n++) {
    const op = make(n);
    if (op.id < other.id) return op;
  }
};
/** Lets somebody know of operations. */
export const knownTo = (by: Person, ...ops: readonly SignedOp[]): void => void by.learn(ops);
