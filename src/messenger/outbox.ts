/**
 * What is said and not yet taken by a neighbour. A body is sealed late: with a link up and one catch-up behind it, so
 * that nothing typed offline goes out under a view that a removal has overtaken. A message that was sealed and not
 * taken is sealed again when the view has changed, under the same id and at the same place in time.
 */
import { dueAcks } from "../protocol/acks.ts";
import { readHeader } from "../protocol/envelope.ts";
import { isMember } from "../protocol/group.ts";
import { MAX_PLACES } from "../protocol/limits.ts";
import { messageId } from "../protocol/control.ts";
import type { SealedMessage } from "../protocol/sending.ts";
import { sealMessage } from "../protocol/sending.ts";
import type { GroupId, Millis, ViewId } from "../types.ts";
import { goesIn, lastsNow, noteFade } from "./fades.ts";
import { heldFor } from "./holding.ts";
import type { Line } from "./lines.ts";
import type { Held } from "./parts.ts";
import { notePin } from "./pins.ts";
import { noteOwnChange } from "./resaying.ts";
import { tell } from "./telling.ts";
import { freshChain } from "./chains.ts";
import { takeChange } from "./changing.ts";
import { isApart } from "./apart.ts";
import { erased } from "./erasing.ts";
import { sayHeld } from "./fileWords.ts";
import { entries, leaveOutbox, type OutboxEntry, putEntry } from "./outboxBook.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Seals what waits, in order; returns what is ready to leave. Run inside a step, with a link that has caught up. */
const sealAll = async (step: Step, group: GroupId): Promise<readonly OutboxEntry[]> => {
  const out: OutboxEntry[] = [];
  for (const entry of entries(step.session, group)) {
    const held = step.held(group);
    if (!held || !isMember(held.state) || heldFor(step.session, held.state).length > 0) return out;
    if (isApart(step.session, held.state)) return out;
    if (entry.frame && entry.view === held.state.view.view && alive(entry.frame, step.now)) {
      out.push(entry);
      continue;
    }
    await freshChain(step, group);
    const { state } = step.held(group) as Held;
    if (entry.message !== messageId(state.seat.member, entry.nonce, entry.content)) {
      // Written in a seat that this device no longer has (it was removed and came back): it stays saved here, unsaid.
      continue;
    }
    const acks = dueAcks(state);
    const { lasts: _first, ...draft } = entry;
    const lasts = entry.time === undefined ? await lastsNow(step, held, entry.content) : entry.lasts;
    const sealed = sealMessage(state, { ...draft, ...(lasts !== undefined && { lasts }) }, acks, step.context);
    step.hold({ ...sealed.state, acked: new Map([...state.acked, ...acks.map((one) => [one.chain, one] as const)]) });
    const place = await step.place(group, sealed.message);
    const before = place && (await step.line(group, place));
    out.push(await record(step, group, { entry, sealed, before, view: state.view.view }));
  }
  return out;
};

const alive = (frame: Uint8Array, now: Millis): boolean => readHeader(frame, now) !== undefined;

/** What has become of it by then. */
const kept = (before: Line | undefined): Partial<Line> =>
  before ? { reached: before.reached, read: before.read, ...(before.changed && { changed: true }) } : {};

const record = async (
  step: Step,
  group: GroupId,
  {
    entry,
    sealed,
    before,
    view,
  }: {
    readonly entry: OutboxEntry;
    readonly sealed: SealedMessage;
    /** As it was sealed before, if it was. */
    readonly before: Line | undefined;
    readonly view: ViewId;
  },
): Promise<OutboxEntry> => {
  const { placed, chain, message, audience, frame } = sealed;
  const { seat } = sealed.state;
  // Sealed again, it goes when the first sealing says.
  const goes = before ? before.goes : goesIn({ ...placed, original: sealed.original }, step.now);
  const sealedNow: Line = {
    message,
    time: placed.time,
    author: seat.member,
    person: step.session.person,
    chain,
    index: placed.index,
    heads: sealed.state.send?.heads ?? [],
    again: before ? [before, ...before.again].slice(0, MAX_PLACES) : [],
    content: placed.content,
    parents: placed.parents,
    audience,
    reached: [],
    read: [],
    key: sealed.key,
    original: sealed.original,
    ...(placed.lasts !== undefined && { lasts: placed.lasts }),
    ...(goes !== undefined && { goes }),
  };
  const known = { ...sealedNow, ...kept(before) };
  const line = before?.gone ? erased(known, before.gone) : known;
  step.putLine(group, line);
  step.putPlace(group, message, [placed.time, message]);
  step.putPlace(group, `${chain}:${placed.index}`, [placed.time, message]);
  notePin(step, group, line);
  if (!before) noteFade(step, group, line);
  noteOwnChange(step, group, line);
  await takeChange(step, group, { line, at: line });
  await tell(step, group, line, "receipt");
  const { time, parents, lasts } = placed;
  const after = { ...entry, time, parents, frame, view, ...(lasts !== undefined && { lasts }) };
  putEntry(step, group, after);
  return after;
};

/** Seals and publishes what waits in one group. What no neighbour takes stays for the next time. */
export const flush = async (session: Session, group: GroupId): Promise<void> => {
  if (!session.ready || session.closed || entries(session, group).length === 0) return;
  const leaving = await session.step((step) => sealAll(step, group));
  const held = session.groups.get(group);
  if (!held) return;
  const topic = session.venue.bucketOf(held.state.view.bucket);
  const taken: OutboxEntry[] = [];
  for (const entry of leaving) {
    // Taken back since.
    if (!entries(session, group).some(({ frame }) => frame === entry.frame)) continue;
    if ((await session.link.publish(topic, entry.frame as Uint8Array)) === 0) break;
    taken.push(entry);
  }
  if (taken.length === 0) return;
  await session.step(async (step) => {
    for (const entry of taken) {
      step.keep(topic, entry.frame as Uint8Array);
      step.erase({ space: "outbox", group, seq: entry.seq });
      const place = await step.place(group, entry.message);
      const line = place && (await step.line(group, place));
      if (line) await tell(step, group, line, "receipt");
    }
    // Where the files that they bring can be fetched: behind them, and in no frame of its own time.
    await sayHeld(step, group);
    step.after(() =>
      leaveOutbox(
        session,
        group,
        taken.map((one) => one.seq),
      ),
    );
  });
};
