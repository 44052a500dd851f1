/** What words of tools come to, as a person at a terminal reads it. Pure. */
import type {
  BoardBrief,
  BoardView,
  CallView,
  HuddleView,
  RollCallView,
  RowView,
  StandView,
  Tally,
  ToolView,
  Who,
} from "../types/tools.ts";
import { clockTime, standWords } from "./lines.ts";
import { plainLine, plainText } from "./terminal.ts";

const named = ({ name, person }: Who): string => plainLine(name) || person.slice(0, 8);

/** Whose word it is. */
const source = ({ by, told, disowned }: StandView): string => {
  if (told) return `told to ${named(told.to)} by ${plainLine(told.by)}`;
  return disowned ? `${named(by)}, who speaks for another` : named(by);
};

/** A delegation's row: where it stands, whose word that is, who asks. */
export const rowWords = ({ delegation, stand, said, askedBy, firstHand }: RowView): readonly string[] => [
  plainLine(delegation),
  standWords(stand),
  said ? `${source(said)}, ${clockTime(said.at)}${firstHand ? "" : " (hearsay)"}` : "",
  said?.due === undefined ? "" : `by ${clockTime(said.due)}`,
  askedBy.length > 0 ? `${askedBy.map(named).join(", ")} ask${askedBy.length > 1 ? "" : "s"}` : "",
];

/** One word of a board's history. */
export const changeWords = (said: StandView): readonly string[] => [
  clockTime(said.at),
  plainLine(said.delegation),
  standWords(said.stand),
  source(said),
];

const count = ({ own, hearsay }: Tally): string => `${own}${hearsay > 0 ? ` (and ${hearsay} by hearsay)` : ""}`;

/** `8 (and 3 by hearsay) for, needs 7 more`. */
export const boardWords = ({ for: all, short, terms }: BoardBrief): string => {
  const needs = terms.needs === 0 ? "" : short > 0 ? `, needs ${short} more` : `, ${terms.needs} needed: enough`;
  return `${count(all)} for${needs}${terms.closed ? ", closed" : ""}`;
};

/** The text of a proposition, who put it and when. */
export const boardHead = ({ text, by, at }: BoardBrief | BoardView): string =>
  `${plainText(text)}\nPut by ${named(by)}, ${clockTime(at)}.`;

/** How a call stands. */
export const callWords = ({ state, taken, until, reached, of }: CallView): string => {
  switch (state) {
    case "taken":
      return `${taken ? named(taken) : "somebody"} has it`;
    case "over":
      return "no longer needed";
    case "expired":
      return "nobody had it";
    case "open":
      return `reached ${reached} of ${of}, nobody has it yet, until ${clockTime(until)}`;
  }
};

const HUDDLE = { ahead: "ahead", now: "now", over: "over", off: "does not take place" } as const;
const COMING = { coming: "coming", late: "five minutes late", absent: "cannot come" } as const;
const names = (all: readonly Who[]): string => all.map(named).join(", ");

/** `Corridor B, 14:55 for 10 minutes, ahead`. */
export const huddleWords = ({ plan, state }: HuddleView): string =>
  `${plainLine(plan.place)}, ${clockTime(plan.starts)} for ${plan.minutes} minutes, ${HUDDLE[state]}`;

/** A huddle, whole. */
export const huddleLines = (huddle: HuddleView): string => {
  const { message, text, answers, silent } = huddle;
  const rows = (["coming", "late", "absent"] as const).flatMap((word) => {
    const those = answers.filter(({ answer }) => answer === word);
    return those.length > 0 ? [`${COMING[word]}: ${names(those)}`] : [];
  });
  const head = text === "" ? [] : [plainText(text)];
  const rest = silent.length > 0 ? [`no answer: ${names(silent)}`] : [];
  return [`${message.slice(0, 8)} ${huddleWords(huddle)}`, ...head, ...rows, ...rest].join("\n");
};

/** `reached 24 of 28, read 19, not here 4`. */
export const rollCallWords = ({ reached, read, of, missing, again }: RollCallView): string =>
  `reached ${reached} of ${of}, read ${read}${missing.length > 0 ? `, not here ${missing.length}` : ""}${again > 0 ? `, said ${again + 1} times` : ""}`;

/** A roll call, whole. */
export const rollCallLines = (call: RollCallView): string =>
  [
    `${call.message.slice(0, 8)} ${rollCallWords(call)}`,
    ...(call.missing.length > 0 ? [`not here: ${names(call.missing)}`] : []),
  ].join("\n");

/** How something on the table stands, in one line. */
export const viewWords = (view: ToolView): string => {
  switch (view.tool) {
    case "call":
      return callWords(view);
    case "board":
      return boardWords(view);
    case "huddle":
      return huddleWords(view);
    case "rollCall":
      return rollCallWords(view);
  }
};
