/** Words that change a message or take it back, put where they belong, whichever came first. SPEC.md §10. */
import { takenBack } from "../content/changes.ts";
import { show } from "../content/message.ts";
import type { Received } from "../protocol/receiving.ts";
import type { GroupId, MemberId, MessageId, Millis } from "../types.ts";
import { authorsChanges, changedAt, changeOf, lineNamed, seatsOf, type Target, withOneMore } from "./changeBook.ts";
import { erased, eraseLine } from "./erasing.ts";
import { isViewed } from "./files.ts";
import type { Gone, Line, SealedAt } from "./lines.ts";
import { counts } from "./lines.ts";
import { tellCaucus } from "./offices.ts";
import { speaks } from "./newest.ts";
import type { Held } from "./parts.ts";
import { hasRead, withOneRead } from "./reading.ts";
import type { Step } from "./step.ts";
import { tellAnew, tellChanged } from "./telling.ts";
import { dropUnsent } from "./unsent.ts";
import { isChangeable } from "./wording.ts";

/** Lines that one step erases; the rest follows in steps of its own. */
const ERASED_A_STEP = 256;

/** A place of this name: changes of the message were here before it was. */
export const early = (message: MessageId): string => `change ${message}`;

interface Owned extends Target {
  readonly seats: ReadonlySet<MemberId>;
}
export const ownedBy = (
  step: Step,
  group: GroupId,
  { message: to, author }: Pick<Line, "message" | "author">,
): Owned => ({
  group,
  to,
  seats: seatsOf((step.held(group) as Held).state.view, author),
});

/** Nothing is left of what stood in for it; by steps, since a hostile author may have said a lot. */
export const eraseWords = async (step: Step, owned: Owned): Promise<void> => {
  const { group } = owned;
  let left = ERASED_A_STEP;
  for (const known of await authorsChanges(step, owned)) {
    const words = known.changes.filter(({ how }) => how !== "withdraw").slice(0, left);
    if (words.length === 0) continue;
    left -= words.length;
    for (const { message } of words) {
      const line = await lineNamed(step, { group, to: message });
      if (line && !line.gone) eraseLine(step, group, line, { how: "forgotten", at: step.now });
    }
    step.putChanges(owned, { ...known, changes: known.changes.filter((one) => !words.includes(one)) });
  }
  if (left > 0) return;
  const { session } = step;
  step.after(() => session.track(session.step((next) => eraseWords(next, owned)).catch(() => undefined)));
};

/** One less to read, where it was one that waited to be read. */
export const noteErased = (step: Step, group: GroupId, line: Line): void => {
  const { state, marks } = step.held(group) as Held;
  const { file } = show(line.content);
  // What was handed over never waited; of what was shown once no signature is left either.
  const came = line.original !== undefined || (file !== undefined && isViewed(file));
  const waited = came && !line.granted && !line.gone && speaks(line) && counts(state.view, line);
  if (!waited || hasRead(step.session, state, line)) return;
  step.hold(state, withOneRead(step.session, marks, line));
  tellCaucus(step, group);
};

/** All that is here of a message leaves the disk, with what changed it. */
const eraseAll = async (
  step: Step,
  owned: Owned,
  { line, gone }: { readonly line: Line; readonly gone: Gone },
): Promise<void> => {
  await eraseWords(step, owned);
  noteErased(step, owned.group, line);
  eraseLine(step, owned.group, line, gone);
};

/** What this person's devices took back leaves no more from this one. */
const stopWords = (step: Step, { group, to, seats }: Owned): Promise<void> | undefined =>
  seats.has((step.held(group) as Held).state.seat.member) ? dropUnsent(step, group, to) : undefined;

/** A message as it is to be put on disk the first time: changes of it may have come before. */
export const withEarlyChanges = async (step: Step, group: GroupId, line: Line): Promise<Line> => {
  if (line.gone || !isChangeable(line) || !(await step.place(group, early(line.message)))) return line;
  const back = takenBack(await authorsChanges(step, ownedBy(step, group, line)));
  return { ...(back === undefined ? line : erased(line, { how: "withdrawn", at: back })), changed: true };
};

/** What is taken back is so for ever; its time is that of the first that does so, whichever came first. */
const takeWithdrawal = async (step: Step, owned: Owned, known: Line | undefined): Promise<void> => {
  await stopWords(step, owned);
  if (!known) return eraseWords(step, owned);
  if (!owned.seats.has(known.author) || !(known.gone || isChangeable(known))) return;
  const at = takenBack(await authorsChanges(step, owned));
  // What its person wanted off this device stays off it.
  if (at === undefined || known.gone?.how === "forgotten" || known.gone?.at === at) return;
  await eraseAll(step, owned, { line: known, gone: { how: "withdrawn", at } });
  tellAnew(step, owned.group, owned.to);
};

/** Whether nothing new may stand in for it any more. */
const isOver = async (step: Step, owned: Owned, known: Line | undefined): Promise<boolean> =>
  known
    ? known.gone !== undefined && owned.seats.has(known.author)
    : takenBack(await authorsChanges(step, owned)) !== undefined;

/** A line was sealed at a place: if it changes another, that one is another. Any other is left alone. */
export const takeChange = async (
  step: Step,
  group: GroupId,
  { line, at }: { readonly line: Line; readonly at: Omit<SealedAt, "heads"> & { readonly time?: Millis } },
): Promise<void> => {
  const word = changeOf(line);
  if (!word) return;
  const owned = ownedBy(step, group, { message: word.to, author: line.author });
  const known = await lineNamed(step, owned);
  // Of what went by itself the place is there, and nothing else is to be.
  const went = !known && (await step.place(group, word.to)) !== undefined;
  if (went && word.kind === "withdraw") return;
  if (went || (word.kind === "revise" && (await isOver(step, owned, known)))) {
    eraseLine(step, group, line, { how: "forgotten", at: step.now });
    return;
  }
  for (const change of changedAt(line, [at])) step.putChanges(owned, await withOneMore(step, owned, change));
  if (!known) step.putPlace(group, early(word.to), [line.time, line.message]);
  else if (!known.changed) step.putLine(group, { ...known, changed: true });
  if (word.kind === "withdraw") await takeWithdrawal(step, owned, known && { ...known, changed: true });
  // What another says of it changes nothing, and working out that much is not theirs to ask for.
  else if (known && !known.gone && owned.seats.has(known.author)) tellChanged(step, group, word.to);
};

/** The same, of a message that came once more, sealed at another place. */
export const takeChangeAgain = (
  step: Step,
  group: GroupId,
  { line, received }: { readonly line: Line; readonly received: Received },
): Promise<void> => {
  const { chain, placed } = received;
  return takeChange(step, group, { line, at: { chain, index: placed.index, time: placed.time } });
};

/** This person takes back what they said: at once here, whenever others hear of it. */
export const withdrawHere = async (step: Step, group: GroupId, known: Line): Promise<void> => {
  const owned = ownedBy(step, group, known);
  await stopWords(step, owned);
  await eraseAll(step, owned, { line: known, gone: { how: "withdrawn", at: step.now } });
  tellAnew(step, group, known.message);
};

/** Takes a message off this device alone. */
export const forgetHere = (step: Step, group: GroupId, known: Line): Promise<void> =>
  eraseAll(step, ownedBy(step, group, known), { line: known, gone: { how: "forgotten", at: step.now } });

/** What a view has since shown to be taken back leaves the disk as well, and what was left when a device stopped. */
export const eraseLate = async (step: Step, target: Target): Promise<void> => {
  const known = await lineNamed(step, target);
  if (!known) return;
  const owned = ownedBy(step, target.group, known);
  if (known.gone) await eraseWords(step, owned);
  else await takeWithdrawal(step, owned, known);
};

/** Whether somebody's seat is beside another's: what that one said is theirs to change. */
export const isBeside = ({ state }: Held, author: MemberId): boolean =>
  seatsOf(state.view, state.seat.member).has(author);
