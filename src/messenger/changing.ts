/**
 * Words that change a message or take it back, put where they belong, whichever came first. Whose a message is goes by the
 * line of seats (SPEC.md §7), since anybody can come in under another's card. SPEC.md §10.
 */
import { wordings } from "../content/changes.ts";
import { contents, mayBeChange, show } from "../content/message.ts";
import type { View } from "../protocol/resolve.ts";
import { put } from "../store/record.ts";
import type { GroupId, MemberId, MessageId, Millis } from "../types.ts";
import { tell } from "./telling.ts";
import { erased, eraseLine } from "./erasing.ts";
import { counts, type Line, type Revised } from "./lines.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";
import { isChange } from "./wording.ts";

type Kind = "revise" | "withdraw";
/** Of one message by one device: new words that are looked at, withdrawals that are, and words that are erased with it. */
const MAX_LOOKED = 32;
const MAX_WITHDRAWALS = 4;
const MAX_ERASED = 4096;

/** Whose change it is, of which message: where its place lies. */
interface About {
  readonly group: GroupId;
  readonly to: MessageId;
  readonly author: MemberId;
  readonly kind: Kind;
}
const scopeOf = ({ group, to, author, kind }: About) =>
  ({ space: "change", about: `${group} ${to} ${author} ${kind}` }) as const;
/** A place of this name: changes of the message were here before it was. */
const early = (message: MessageId): string => `change ${message}`;

/** The seats of the one whose seat this is. */
const seatsOf = ({ members, gone }: View, author: MemberId): ReadonlySet<MemberId> => {
  const { line } = members.get(author) ?? gone.get(author) ?? {};
  const all = [...members.values(), ...gone.values()].filter((one) => line !== undefined && one.line === line);
  return new Set([author, ...all.map(({ member }) => member)]);
};

interface Target {
  readonly group: GroupId;
  readonly to: MessageId;
  readonly seats: ReadonlySet<MemberId>;
}

/** Changes of one kind that are here, of this step as well; those that do not count are none. */
const changesOf = async (step: Step, { group, to, seats }: Target, kind: Kind, limit: number): Promise<Line[]> => {
  const { view } = (step.held(group) as Held).state;
  const out = new Map<MessageId, Line>();
  for (const author of seats)
    for await (const { key } of step.session.store.range(scopeOf({ group, to, author, kind }), { limit })) {
      const line = await step.line(group, [key.time, key.message]);
      if (line) out.set(line.message, line);
    }
  for (const line of step.linesOf(group)) if (mayBeChange(line.content)) out.set(line.message, line);
  return [...out.values()].filter((line) => {
    const word = contents.decode(line.content);
    return word?.kind === kind && word.to === to && seats.has(line.author) && isChange(line) && counts(view, line);
  });
};

/** What takes it back, in order, whatever order it came in. */
const withdrawals = async (step: Step, target: Target): Promise<readonly Line[]> =>
  (await changesOf(step, target, "withdraw", MAX_WITHDRAWALS)).sort((a, b) => a.time - b.time);

/** What can be changed and taken back: texts and files; not what is on record, nor a word of a tool. */
const isChangeable = ({ content }: Pick<Line, "content">): boolean =>
  ["text", "naming", "file"].includes(contents.decode(content)?.kind ?? "");

const revisedOf = ({ message, time, author, chain, index, again, content }: Line): Revised => ({
  message,
  time,
  author,
  chain,
  index,
  again: again.map((one) => ({ chain: one.chain, index: one.index })),
  content,
});

/** With the new words that are here; those that it has stay, as another device handed them over. */
const withRevised = (line: Line, revisions: readonly Line[]): Line => {
  const all = [...(line.revised ?? []), ...revisions.map(revisedOf)];
  const caption = show(line.content).kind === "file";
  const revised = wordings(
    { ...line, caption },
    all.map((one) => ({ ...one, text: show(one.content).text })),
  ).map(({ text: _shown, ...one }) => one);
  const name = ({ message, time, again }: Revised): string => `${message} ${time} ${again.length}`;
  return revised.map(name).join() === (line.revised ?? []).map(name).join() ? line : { ...line, revised };
};

/** A message as it is to be put on disk the first time: changes of it may have come before. */
export const withEarlyChanges = async (step: Step, group: GroupId, line: Line): Promise<Line> => {
  if (line.gone || !isChangeable(line) || !(await step.place(group, early(line.message)))) return line;
  const target = { group, to: line.message, seats: seatsOf((step.held(group) as Held).state.view, line.author) };
  const [withdrawn] = await withdrawals(step, target);
  if (withdrawn) return erased(line, { how: "withdrawn", at: withdrawn.time });
  return withRevised(line, await changesOf(step, target, "revise", MAX_LOOKED));
};

/** Nothing is left of what stood in for it either. */
const eraseWords = async (step: Step, target: Target): Promise<void> => {
  for (const line of await changesOf(step, target, "revise", MAX_ERASED))
    eraseLine(step, target.group, line, { how: "forgotten", at: step.now });
};

const markWithdrawn = (
  step: Step,
  group: GroupId,
  { known, at }: { readonly known: Line; readonly at: Millis },
): void => {
  // What its person wanted off this device stays off it; what is marked is marked.
  if (known.gone?.how === "forgotten" || known.gone?.at === at) return;
  tell(step, group, eraseLine(step, group, known, { how: "withdrawn", at }), "receipt");
};

/** A line came, or lies elsewhere now: if it changes another, that one changes. Any other is left alone. */
export const takeChange = async (step: Step, group: GroupId, line: Line): Promise<void> => {
  const word = mayBeChange(line.content) && isChange(line) ? contents.decode(line.content) : undefined;
  if (word?.kind !== "revise" && word?.kind !== "withdraw") return;
  const { to, kind } = word;
  const { time, message, author } = line;
  step.write(put({ ...scopeOf({ group, to, author, kind }), time, message }, true));
  const { view } = (step.held(group) as Held).state;
  const place = await step.place(group, to);
  const known = place && (await step.line(group, place));
  if (!known) step.putPlace(group, early(to), [time, message]);
  const target = { group, to, seats: seatsOf(view, author) };
  if (!counts(view, line) || (known && !target.seats.has(known.author))) return;
  if (kind === "withdraw") {
    const [first, ...others] = await withdrawals(step, target);
    // What came since the first of them was erased as it came: another one costs nothing more.
    if (others.length === 0) await eraseWords(step, target);
    if (known && (known.gone || isChangeable(known))) markWithdrawn(step, group, { known, at: first?.time ?? time });
  } else if (known ? known.gone : (await withdrawals(step, target)).length > 0) {
    eraseLine(step, group, line, { how: "forgotten", at: step.now });
  } else if (known && isChangeable(known)) {
    const after = withRevised(known, await changesOf(step, target, "revise", MAX_LOOKED));
    if (after === known) return;
    step.putLine(group, after);
    tell(step, group, after, "receipt");
  }
};

/** This person takes back what they said: at once here, whenever others hear of it. */
export const withdrawHere = async (step: Step, group: GroupId, known: Line): Promise<void> => {
  const seats = seatsOf((step.held(group) as Held).state.view, known.author);
  await eraseWords(step, { group, to: known.message, seats });
  markWithdrawn(step, group, { known, at: step.now });
};

/** Takes a message off this device alone. */
export const forgetHere = async (step: Step, group: GroupId, known: Line): Promise<void> => {
  const seats = seatsOf((step.held(group) as Held).state.view, known.author);
  await eraseWords(step, { group, to: known.message, seats });
  eraseLine(step, group, known, { how: "forgotten", at: step.now });
};

/** Whether somebody's seat is beside another's: what that one said is theirs to change. */
export const isBeside = ({ state }: Held, author: MemberId): boolean =>
  seatsOf(state.view, state.seat.member).has(author);
