/** Where an emoji from the sheet is written: at the caret of the composer that the sheet lies over. */
import type { GroupId } from "../../../src/types.ts";

type Insert = (emoji: string) => void;

const fields = new Map<GroupId, Insert>();

/** A composer says how to write into it, while it is there; gives back how to say that it is gone. */
export const writeInto = (caucus: GroupId, insert: Insert): (() => void) => {
  fields.set(caucus, insert);
  return () => {
    if (fields.get(caucus) === insert) fields.delete(caucus);
  };
};

/** Writes an emoji, if there is a composer of this caucus. */
export const write = (caucus: GroupId, emoji: string): void => fields.get(caucus)?.(emoji);
