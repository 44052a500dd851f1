/** Messages and acknowledgements that came, put into the history. */
import { mayBeTool, show } from "../content/message.ts";
import type { AckChange } from "../protocol/acks.ts";
import { takeAcks } from "../protocol/acks.ts";
import type { Ack, Stand } from "../protocol/control.ts";
import type { GroupState } from "../protocol/group.ts";
import { servedSince } from "../protocol/handing.ts";
import type { Received } from "../protocol/receiving.ts";
import type { GroupId, MemberId, PersonId } from "../types.ts";
import { ownedBy, takeChange, takeChangeAgain, withEarlyChanges } from "./changing.ts";
import { goesIn, isPast, noteFade } from "./fades.ts";
import { noteFile } from "./files.ts";
import { lackChain } from "./lacking.ts";
import type { Line } from "./lines.ts";
import { acknowledged, counts, sealedAgain, standName } from "./lines.ts";
import { speaks } from "./newest.ts";
import type { Held } from "./parts.ts";
import { notePin } from "./pins.ts";
import { hasRead, withUnread } from "./reading.ts";
import type { LinePlace, Step } from "./step.ts";
import { tell, tellChanged } from "./telling.ts";
import { changeOf, lineNamed } from "./changeBook.ts";

/** Missing parents that are remembered. */
const MAX_MISSING = 256;

/** Puts an opened message where it belongs, once. `granted`: it was not said to this device. */
export const takeMessage = async (step: Step, group: GroupId, received: Received, granted = false): Promise<void> => {
  const { message, placed, chain } = received;
  const known = await step.place(group, message);
  if (known) {
    // Sealed twice by its author: one message, acknowledged at both places.
    step.putPlace(group, `${chain}:${placed.index}`, known);
    await takeAgain(step, group, { at: known, received });
  } else if (!(granted && isPast({ ...placed, original: received.original }, step.now))) {
    const { session } = step;
    const { original } = received;
    const goes = goesIn({ ...placed, original }, step.now);
    let line: Line = {
      message,
      time: placed.time,
      author: received.author,
      person: received.person,
      chain,
      index: placed.index,
      heads: received.heads,
      again: [],
      content: placed.content,
      parents: placed.parents,
      audience: received.audience,
      reached: received.audience.filter((one) => one === session.person),
      read: [],
      key: received.key,
      original,
      ...(granted && { granted }),
      ...(placed.lasts !== undefined && { lasts: placed.lasts }),
      ...(goes !== undefined && { goes }),
    };
    line = withKnownAcks((step.held(group) as Held).state, line);
    line = await withEarlyChanges(step, group, line);
    step.putLine(group, line);
    step.putPlace(group, message, [placed.time, message]);
    step.putPlace(group, `${chain}:${placed.index}`, [placed.time, message]);
    if (granted) noLongerMissing(step, group, line);
    else {
      await noteGaps(step, group, line);
      if (!(await saidAgain(step, group, line))) noteUnread(step, group, line);
    }
    noteFile(step, group, line);
    notePin(step, group, line);
    noteFade(step, group, line);
    await takeChange(step, group, { line, at: line });
    // That it was there and is no more is nothing to hear of.
    await tell(step, group, line, line.gone ? "receipt" : "message");
  }
  await takeAcknowledgements(step, group, received.author, placed.acks);
};

/** A message that is known, at one more place: everybody who has the same frames comes to the same line. */
const takeAgain = async (
  step: Step,
  group: GroupId,
  { at, received }: { readonly at: LinePlace; readonly received: Received },
): Promise<void> => {
  const line = await step.line(group, at);
  if (line) await takeChangeAgain(step, group, { line, received });
  const known = await step.line(group, at);
  const after = known && sealedAgain(known, received, step.now);
  if (!line || !after || after === known) return;
  step.putLine(group, after);
  if (after.goes !== line.goes) noteFade(step, group, after);
  if (after.time !== line.time) {
    step.moveLine(group, line);
    const place = [after.time, after.message] as const;
    step.putPlace(group, after.message, place);
    for (const one of [after, ...after.again]) step.putPlace(group, `${one.chain}:${one.index}`, place);
    await noteGaps(step, group, after);
  }
  await tell(step, group, after, "receipt");
};

/** Acknowledgements may come before the message itself. */
const withKnownAcks = (state: GroupState, line: Line): Line => {
  let out = line;
  for (const peer of state.peers.values()) {
    const ack = peer.acks.get(line.chain);
    const person = state.view.members.get(peer.member)?.person;
    if (ack && person && ack.got > line.index) out = acknowledged(out, person, ack.read > line.index) ?? out;
  }
  return out;
};

/** What was granted is nothing unread. */
export const noLongerMissing = (step: Step, group: GroupId, line: Line): void => {
  const { state, marks } = step.held(group) as Held;
  const missing = marks.missing.filter((one) => standName(one) !== standName(line));
  if (missing.length < marks.missing.length) step.hold(state, { ...marks, missing });
};

/** What came before this device did is no gap: it is not on its way. */
const noteGaps = async (step: Step, group: GroupId, line: Line): Promise<void> => {
  const { state, marks } = step.held(group) as Held;
  const since = servedSince(state);
  const gaps: Stand[] = [];
  for (const parent of line.parents)
    if (parent.time >= since && (await step.place(group, parent.message))?.[0] !== parent.time) gaps.push(parent);
  const known = new Set([line, ...gaps].map(standName));
  const missing = [...marks.missing.filter((one) => !known.has(standName(one))), ...gaps].slice(-MAX_MISSING);
  step.hold(state, { ...marks, missing });
};

/** A roll call that is said once more is nothing new to who has it. */
const saidAgain = async (step: Step, group: GroupId, { content }: Line): Promise<boolean> => {
  const { tool } = mayBeTool(content) ? show(content) : {};
  return tool?.kind === "rollCall" && tool.again !== undefined && (await step.place(group, tool.again)) !== undefined;
};

const noteUnread = (step: Step, group: GroupId, line: Line): void => {
  const { state, marks } = step.held(group) as Held;
  if (!line.gone && !hasRead(step.session, state, line) && counts(state.view, line) && speaks(line))
    step.hold(state, withUnread(step.session, marks, line));
};

/** Marks what a member's device has, and notices chains that this one has not. */
export const takeAcknowledgements = async (
  step: Step,
  group: GroupId,
  from: MemberId,
  acks: readonly Ack[],
): Promise<void> => {
  const held = step.held(group) as Held;
  const { state, changes } = takeAcks(held.state, from, acks);
  if (changes.length === 0) return;
  step.hold(state);
  const person = state.view.members.get(from)?.person ?? state.view.gone.get(from)?.person;
  if (!person) return;
  if (person === step.session.person && state.view.members.has(from))
    await step.session.own?.read(step, group, changes);
  for (const change of changes) {
    await markReached(step, group, person, change);
    const known = state.receive.get(change.chain)?.index ?? (state.sent.has(change.chain) ? Infinity : -1);
    // Whoever is out can name what does not exist, and would have everybody ask for it.
    if (known < 0 && state.view.members.has(from)) await lackUnlessHere(step, group, change);
  }
};

/** A chain that others have and this device cannot open; what came of it by keys may be all. */
const lackUnlessHere = async (step: Step, group: GroupId, { chain, to }: AckChange): Promise<void> => {
  for (let i = 0; i < to.got; i++)
    if (!(await step.place(group, `${chain}:${i}`))) return lackChain(step, group, { chain });
};

/** Of new words it is told with the message whose words they are. */
const tellReached = async (step: Step, group: GroupId, line: Line): Promise<void> => {
  const change = changeOf(line);
  if (!change) return tell(step, group, line, "receipt");
  const owned = ownedBy(step, group, { message: change.to, author: line.author });
  const changed = await lineNamed(step, owned);
  if (changed && owned.seats.has(changed.author)) tellChanged(step, group, change.to);
};

const markReached = async (
  step: Step,
  group: GroupId,
  person: PersonId,
  { chain, from, to }: AckChange,
): Promise<void> => {
  for (let i = Math.min(from.got, from.read); i < to.got; i++) {
    const place = await step.place(group, `${chain}:${i}`);
    const line = place && (await step.line(group, place));
    const after = line && acknowledged(line, person, i < to.read);
    if (!after) continue;
    step.putLine(group, after);
    await tellReached(step, group, after);
  }
};
