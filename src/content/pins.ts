/** What is pinned: a fold over the messages that pin and unpin, the same in whatever order they came. SPEC.md §10. */
import type { MessageId, Millis, PersonId } from "../types.ts";

/** A message that pins another, or takes its pin off. */
export interface PinEvent {
  readonly time: Millis;
  /** The pinning message. */
  readonly message: MessageId;
  readonly by: PersonId;
  readonly to: MessageId;
  readonly on: boolean;
}

/** One pinned message: who pinned it, and when. */
export interface PinOf {
  readonly message: MessageId;
  readonly by: PersonId;
  readonly at: Millis;
}

const later = (a: PinEvent, b: PinEvent): boolean => a.time > b.time || (a.time === b.time && a.message > b.message);

/** Of each message the last word counts. Newest pins first. */
export const pinned = (events: readonly PinEvent[]): readonly PinOf[] => {
  const last = new Map<MessageId, PinEvent>();
  for (const event of events) {
    const known = last.get(event.to);
    if (!known || later(event, known)) last.set(event.to, event);
  }
  return [...last.values()]
    .filter(({ on }) => on)
    .sort((a, b) => (later(a, b) ? -1 : 1))
    .map(({ to, by, time }) => ({ message: to, by, at: time }));
};
