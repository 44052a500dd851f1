/** Going through the record by keys: its entries take the focus one after another. */
import type { MessageId } from "../../../src/types.ts";

const ENTRY = ".entry[data-message]";

/** The entry itself, and not a key in it, has the focus. */
export const entryOf = (target: EventTarget | null): MessageId | undefined =>
  target instanceof HTMLElement && target.matches(ENTRY) ? (target.dataset["message"] as MessageId) : undefined;

/** Moves the focus: from the record to its last entry, from one to the next. False where there is none to go to. */
export const step = (target: EventTarget | null, by: 1 | -1): boolean => {
  if (!(target instanceof HTMLElement)) return false;
  const record = target.closest(".record__pane");
  if (!record || (target !== record && entryOf(target) === undefined)) return false;
  const all = [...record.querySelectorAll<HTMLElement>(ENTRY)];
  const at = all.indexOf(target);
  const next = target === record ? (by < 0 ? all.at(-1) : undefined) : all[at + by];
  if (!next) return false;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
};
