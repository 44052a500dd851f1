/** Who came into a caucus, who went, and whose role changed, in the words of the command line. */
import type { ComingView, PersonId } from "../types.ts";
import { plainLine } from "./terminal.ts";

const pastWords = ({ granted, lines }: ComingView): string => {
  if (granted === "all") return ", to read: all that was said before";
  if (granted === "pinned") return ", to read: what was pinned";
  return granted === "last" ? `, to read: the last ${lines ?? 0}` : "";
};

/** One line: `Ana added Bo, to read: the last 20`. */
export const comingWords = (coming: ComingView, self: PersonId): string => {
  const called = (person: PersonId, name: string): string => plainLine(name) || person.slice(0, 8);
  const own = coming.by === self;
  const you = coming.person === self;
  const by = own ? "You" : called(coming.by, coming.byName);
  const name = you ? "you" : called(coming.person, coming.name);
  switch (coming.kind) {
    case "opened":
      return `${by} opened this caucus`;
    case "added":
      return `${by} added ${name}${pastWords(coming)}`;
    case "came":
      return `${you ? "You" : name} came in by a code of ${own ? "yours" : `${by}’s`}${pastWords(coming)}`;
    case "left":
      return `${by} left`;
    case "removed":
      return `${by} removed ${name}`;
    case "admin":
      return `${by} made ${name} an admin`;
    case "member":
      return `${by} made ${name} a member again`;
  }
};
