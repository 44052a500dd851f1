/** What is said and not yet taken by a neighbour, as it lies on disk. */
import type { Shape } from "../protocol/codec.ts";
import { bytes, bytesUpTo, id, optional, list, struct, uint } from "../protocol/codec.ts";
import type { Stand } from "../protocol/control.ts";
import { messageId, standShape } from "../protocol/control.ts";
import { lastsShape } from "../protocol/lasts.ts";
import { MAX_CONTENT } from "../protocol/limits.ts";
import { put } from "../store/record.ts";
import type { GroupId, MessageId, Millis, ViewId } from "../types.ts";
import type { Line } from "./lines.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

export interface OutboxEntry {
  readonly seq: number;
  readonly message: MessageId;
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
  readonly typedAt: Millis;
  /** Set by the first sealing, and kept by the next. */
  readonly time?: Millis;
  readonly parents?: readonly Stand[];
  /** In seconds; absent: it stays. */
  readonly lasts?: number;
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
  lasts: optional(lastsShape),
  frame: optional(bytesUpTo(65_536)),
  view: optional(id<ViewId>(32)),
});

export const entries = (session: Session, group: GroupId): readonly OutboxEntry[] => session.outbox.get(group) ?? [];

/** Puts an entry in the place of the one of its number. */
export const putEntry = (step: Step, group: GroupId, entry: OutboxEntry): void => {
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
  putEntry(step, group, { seq, message, nonce, content, typedAt: step.now });
  return { message, fresh: true };
};

/** Messages of this seat that left, to be sealed once more: they stay what they are, where they are. */
export const enqueueAgain = (step: Step, group: GroupId, lines: readonly Line[]): void => {
  const known = entries(step.session, group);
  let seq = known.at(-1)?.seq ?? step.now * 1000;
  for (const { message, content, time, parents, lasts, original } of lines) {
    if (!original || known.some((one) => one.message === message)) continue;
    const placed = { time, parents, ...(lasts !== undefined && { lasts }) };
    putEntry(step, group, { seq: ++seq, message, nonce: original.nonce, content, typedAt: time, ...placed });
  }
};

/** These have left, or never will. */
export const leaveOutbox = (session: Session, group: GroupId, seqs: readonly number[]): void => {
  session.outbox.set(
    group,
    entries(session, group).filter((one) => !seqs.includes(one.seq)),
  );
};
