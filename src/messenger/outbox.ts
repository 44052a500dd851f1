/**
 * What is said and not yet taken by a neighbour. A body is sealed late: with a link up and one catch-up behind it, so
 * that nothing typed offline goes out under a view that a removal has overtaken. A message that was sealed and not
 * taken is sealed again when the view has changed, under the same id and at the same place in time.
 */
import { show } from "../content/message.ts";
import { dueAcks } from "../protocol/acks.ts";
import type { Shape } from "../protocol/codec.ts";
import { bytes, bytesUpTo, id, list, optional, struct, uint } from "../protocol/codec.ts";
import { readHeader } from "../protocol/envelope.ts";
import { isMember } from "../protocol/group.ts";
import { MAX_CONTENT, MAX_PLACES } from "../protocol/limits.ts";
import type { Stand } from "../protocol/control.ts";
import { messageId, standShape } from "../protocol/control.ts";
import type { SealedMessage } from "../protocol/sending.ts";
import { sealMessage } from "../protocol/sending.ts";
import { put } from "../store/record.ts";
import type { GroupId, MessageId, Millis, ViewId } from "../types.ts";
import { heldFor } from "./holding.ts";
import type { Line } from "./lines.ts";
import type { Held } from "./parts.ts";
import { notePin } from "./pins.ts";
import { tell } from "./telling.ts";
import { freshChain } from "./chains.ts";
import { takeChange } from "./changing.ts";
import { erased, leaveFile } from "./erasing.ts";
import { sayHeld } from "./fileWords.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { isChange } from "./wording.ts";

export interface OutboxEntry {
  readonly seq: number;
  readonly message: MessageId;
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
  readonly typedAt: Millis;
  /** Set by the first sealing, and kept by the next. */
  readonly time?: Millis;
  readonly parents?: readonly Stand[];
  /** The envelope that no neighbour has taken yet, and the view that it was sealed to. */
  readonly frame?: Uint8Array;
  readonly view?: ViewId;
}

const shape: Shape<OutboxEntry> = struct({
  seq: uint(),
  message: id<MessageId>(16),
  nonce: bytes(16),
  content: bytesUpTo(MAX_CONTENT),
  typedAt: uint(),
  time: optional(uint()),
  parents: optional(list(standShape, 16)),
  frame: optional(bytesUpTo(65_536)),
  view: optional(id<ViewId>(32)),
});

const entries = (session: Session, group: GroupId): readonly OutboxEntry[] => session.outbox.get(group) ?? [];

const write = (step: Step, group: GroupId, entry: OutboxEntry): void => {
  const { session } = step;
  step.write(put({ space: "outbox", group, seq: entry.seq }, shape.to(entry)));
  step.after(() => {
    const rest = entries(session, group).filter((one) => one.seq !== entry.seq);
    session.outbox.set(
      group,
      [...rest, entry].sort((a, b) => a.seq - b.seq),
    );
  });
};

/** Reads what a process before this one left. */
export const loadOutbox = async (session: Session, group: GroupId): Promise<void> => {
  const out: OutboxEntry[] = [];
  for await (const { value } of session.store.range({ space: "outbox", group })) {
    const entry = shape.from(value);
    if (entry) out.push(entry);
  }
  session.outbox.set(group, out);
};

/**
 * Puts a body into the outbox. Its id is final from here on. With the nonce of a body that was put there before it is
 * that message (`fresh` is false), so that whoever does not know whether it was saved may ask again.
 */
export const enqueue = async (
  step: Step,
  held: Held,
  {
    content,
    nonce = step.context.random(16),
  }: { readonly content: Uint8Array; readonly nonce?: Uint8Array | undefined },
): Promise<{ readonly message: MessageId; readonly fresh: boolean }> => {
  const { group, seat } = held.state;
  const message = messageId(seat.member, nonce, content);
  const waits = entries(step.session, group).some((one) => one.message === message);
  if (waits || (await step.place(group, message))) return { message, fresh: false };
  const seq = (entries(step.session, group).at(-1)?.seq ?? step.now * 1000) + 1;
  write(step, group, { seq, message, nonce, content, typedAt: step.now });
  return { message, fresh: true };
};

/** What was never sealed leaves without a trace, and what would have changed it; whether it was such. */
export const unsay = async (step: Step, group: GroupId, message: MessageId): Promise<boolean> => {
  const all = entries(step.session, group);
  const entry = all.find((one) => one.message === message && one.time === undefined);
  if (!entry || (await step.place(group, message))) return false;
  const seqs = all.filter((one) => one === entry || (isChange(one) && show(one.content).reply === message));
  for (const { seq } of seqs) step.erase({ space: "outbox", group, seq });
  const { file } = show(entry.content);
  if (file) leaveFile(step, file, message);
  step.after(() =>
    forget(
      step.session,
      group,
      seqs.map((one) => one.seq),
    ),
  );
  return true;
};

/** Seals what waits, in order; returns what is ready to leave. Run inside a step, with a link that has caught up. */
const sealAll = async (step: Step, group: GroupId): Promise<readonly OutboxEntry[]> => {
  const out: OutboxEntry[] = [];
  for (const entry of entries(step.session, group)) {
    const held = step.held(group);
    if (!held || !isMember(held.state) || heldFor(step.session, held.state).length > 0) return out;
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
    const sealed = sealMessage(state, entry, acks, step.context);
    step.hold({ ...sealed.state, acked: new Map([...state.acked, ...acks.map((one) => [one.chain, one] as const)]) });
    const place = await step.place(group, sealed.message);
    const before = place && (await step.line(group, place));
    out.push(await record(step, group, { entry, sealed, before, view: state.view.view }));
  }
  return out;
};

const alive = (frame: Uint8Array, now: Millis): boolean => readHeader(frame, now) !== undefined;

/** The newer words that it has had by then. */
const kept = (before: Line | undefined): Pick<Line, "revised"> => (before?.revised ? { revised: before.revised } : {});

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
  };
  const line = before?.gone ? erased(sealedNow, before.gone) : { ...sealedNow, ...kept(before) };
  step.putLine(group, line);
  step.putPlace(group, message, [placed.time, message]);
  step.putPlace(group, `${chain}:${placed.index}`, [placed.time, message]);
  notePin(step, group, line);
  await takeChange(step, group, line);
  tell(step, group, line, "receipt");
  const after = { ...entry, time: placed.time, parents: placed.parents, frame, view };
  write(step, group, after);
  return after;
};

const forget = (session: Session, group: GroupId, seqs: readonly number[]): void => {
  session.outbox.set(
    group,
    entries(session, group).filter((one) => !seqs.includes(one.seq)),
  );
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
      if (line) tell(step, group, line, "receipt");
    }
    // Where the files that they bring can be fetched: behind them, and in no frame of its own time.
    await sayHeld(step, group);
    step.after(() =>
      forget(
        session,
        group,
        taken.map((one) => one.seq),
      ),
    );
  });
};
