/**
 * Changes of one's own, said once more where somebody comes in who may be handed what they change by others that have not
 * heard of them: sealed again, they are the same messages. SPEC.md §10.
 */
import { servesMember, grantOf } from "../protocol/handing.ts";
import { MAX_PLACES, RETAIN } from "../protocol/limits.ts";
import type { SignedOp } from "../protocol/membership.ts";
import { resolve } from "../protocol/resolve.ts";
import type { GroupId, MemberId } from "../types.ts";
import { changeOf } from "./changeBook.ts";
import type { Line } from "./lines.ts";
import { enqueueAgain } from "./outboxBook.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";

/** The newest so many of them. */
const MAX_SAID = 32;

/** Remembers where a message lies that this device said, if it changes another. */
export const noteOwnChange = (step: Step, group: GroupId, { time, message, content }: Line): void => {
  const { state, marks } = step.held(group) as Held;
  const known = marks.changes ?? [];
  if (!changeOf({ message, content }) || known.some((one) => one.message === message)) return;
  step.hold(state, { ...marks, changes: [...known, { time, message }].slice(-MAX_SAID) });
};

/** Who came in by these and may get lines that others said before: by a grant, or as one more device of somebody. */
const newcomers = ({ state }: Held, added: readonly SignedOp[]): readonly MemberId[] =>
  added.flatMap(({ op }) => {
    const member = op.body.kind === "device" ? op.body.member : op.author;
    const comes = op.body.kind === "device" || (op.body.kind === "join" && grantOf(state, op.author) !== undefined);
    return comes && state.view.members.has(member) && member !== state.seat.member ? [member] : [];
  });

/** Whether it is this device's to say again, and is new to one of them. */
const isNewTo = ({ state }: Held, line: Line, members: readonly MemberId[]): boolean => {
  if (line.author !== state.seat.member || !line.original || !changeOf(line)) return false;
  if (line.again.length + 1 >= MAX_PLACES) return false;
  const views = [line, ...line.again].map(({ heads }) => resolve(state.dag, heads));
  return members.some((member) => !views.some((view) => view && servesMember(state, view, member)));
};

/** Puts them into the outbox, for the next slot. */
export const resayChanges = async (step: Step, group: GroupId, added: readonly SignedOp[]): Promise<void> => {
  const held = step.held(group) as Held;
  const members = newcomers(held, added);
  if (members.length === 0) return;
  const found: Line[] = [];
  for (const { time, message } of held.marks.changes ?? []) {
    const line = time >= step.now - RETAIN ? await step.line(group, [time, message]) : undefined;
    if (line && isNewTo(held, line, members)) found.push(line);
  }
  enqueueAgain(step, group, found);
};
