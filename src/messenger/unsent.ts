/** What was said and no neighbour has taken: taken back, it never leaves. */
import { show } from "../content/message.ts";
import type { Stand } from "../protocol/control.ts";
import { MAX_PARENTS } from "../protocol/limits.ts";
import { del } from "../store/record.ts";
import type { GroupId, MessageId } from "../types.ts";
import { leaveFile } from "./erasing.ts";
import { entries, leaveOutbox, type OutboxEntry, putEntry } from "./outboxBook.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";
import { changeOf } from "./changeBook.ts";

/** It, and the new words for it. */
const about = (entry: OutboxEntry, to: MessageId): boolean => {
  const change = changeOf(entry);
  return entry.message === to || (change?.kind === "revise" && change.to === to);
};

const erase = (step: Step, group: GroupId, dropped: readonly OutboxEntry[]): void => {
  const seqs = dropped.map(({ seq }) => seq);
  step.write(...seqs.map((seq) => del({ space: "outbox", group, seq })));
  step.after(() => leaveOutbox(step.session, group, seqs));
};

/** What was never sealed leaves without a trace, and what would have changed it; whether it was such. */
export const unsay = async (step: Step, group: GroupId, message: MessageId): Promise<boolean> => {
  const all = entries(step.session, group);
  const entry = all.find((one) => one.message === message && one.time === undefined);
  if (!entry || (await step.place(group, message))) return false;
  erase(
    step,
    group,
    all.filter((one) => about(one, message)),
  );
  const { file } = show(entry.content);
  if (file) leaveFile(step, file, message);
  return true;
};

/** What was above one that nobody hears of is above what that was above. */
const without = (stands: readonly Stand[], { message, parents = [] }: OutboxEntry): readonly Stand[] => {
  if (!stands.some((one) => one.message === message)) return stands;
  const rest = stands.filter((one) => one.message !== message);
  const known = new Set(rest.map((one) => one.message));
  return [...parents.filter((one) => !known.has(one.message)), ...rest];
};

/**
 * Nothing of a message that no neighbour has taken leaves any more: neither it nor new words for it. What was sealed behind it
 * is sealed anew, on another chain: on this one there is a number that nobody will hear of.
 */
export const dropUnsent = async (step: Step, group: GroupId, to: MessageId): Promise<void> => {
  const all = entries(step.session, group);
  const dropped = all.filter((one) => about(one, to));
  if (dropped.length === 0) return;
  erase(step, group, dropped);
  const sealed = dropped.filter((one) => one.time !== undefined);
  if (sealed.length === 0) return;
  const { state } = step.held(group) as Held;
  const { send, tips } = state;
  step.hold({ ...state, ...(send && { send: { ...send, ended: true } }), tips: sealed.reduce(without, tips) });
  for (const entry of all) {
    if (!entry.frame || dropped.includes(entry)) continue;
    const { frame: _frame, view: _view, ...rest } = entry;
    const parents = sealed.reduce(without, entry.parents ?? []).slice(-MAX_PARENTS);
    putEntry(step, group, { ...rest, parents });
  }
};
