/** What bots do of their own accord, and how often: one row of the table each. */
import type { MessageId } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { DayCaucus } from "./dayCast.ts";
import type { DayLife } from "./dayLife.ts";
import { ATTENDEES, REMARKS, SIGNS } from "./dayPeople.ts";

/** Who does it, where, by which chance. */
interface Setting {
  readonly day: DayLife;
  readonly by: VenueNode;
  readonly caucus: DayCaucus;
  readonly random: SimRandom;
}

interface Act {
  /** Of all the weights together. */
  readonly weight: number;
  readonly run: (setting: Setting) => Promise<unknown>;
}

const STANDS = ["sponsor", "support", "leaning", "awaiting", "silent", "against", "none"] as const;
const REACTIONS = ["👍", "🤝", "🕊️", "👏", "❤️"] as const;

const remark = ({ random }: Setting): string => `${random.pick(REMARKS) ?? ""} (${random.between(100, 999)})`;
const flagOf = (node: VenueNode): string => ATTENDEES.find(({ name }) => name === node.name)?.flag ?? "CH";

const say = (setting: Setting) => setting.day.say(setting.by, setting.caucus, remark(setting));

const answer = (setting: Setting) => {
  const { day, by, caucus, random } = setting;
  const line = day.ripe(caucus, random);
  return line ? day.say(by, caucus, remark(setting), "--reply", line.message) : say(setting);
};

const mention = (setting: Setting) => {
  const { day, by, caucus, random } = setting;
  const whom = random.pick(caucus.nodes.filter((node) => node !== by));
  return whom ? day.say(by, caucus, `@${whom.name}, ${remark(setting)}`) : say(setting);
};

const sign = ({ day, by, caucus, random }: Setting) => day.say(by, caucus, random.pick(SIGNS) ?? "🕊️");

const onRecord = (setting: Setting) =>
  setting.day.say(setting.by, setting.caucus, `On record: ${remark(setting)}`, "--on-record");

const react = async ({ day, by, caucus, random }: Setting) => {
  const line = day.ripe(caucus, random);
  if (!line) return;
  const emoji = random.pick(REACTIONS) ?? "👍";
  const what = `reacts ${emoji} in ${caucus.name}`;
  await day.book.act(
    by,
    { what, caucus: caucus.caucus, kind: "reaction" },
    "react",
    caucus.caucus,
    line.message,
    emoji,
  );
};

const pin = async ({ day, by, caucus, random }: Setting) => {
  const line = day.ripe(caucus, random);
  if (!line) return;
  const verb = random.chance(0.7) ? "pin" : "unpin";
  const what = `${verb}s something in ${caucus.name}`;
  await day.book.act(by, { what, caucus: caucus.caucus, kind: "pin" }, verb, caucus.caucus, line.message);
};

const search = async ({ day, by, caucus, random }: Setting) => {
  const line = day.ripe(caucus, random);
  const words = line?.text.match(/\p{L}{4,}/gu)?.slice(0, 2) ?? ["capital"];
  await day.book.act(by, { what: `looks for “${words.join(" ")}”` }, "search", ...words, "--in", caucus.caucus);
};

const photo = ({ day, by, caucus }: Setting) => {
  const text = "The page as it is now";
  const words = [text, "--photo", day.files.photo];
  return day.sends(by, caucus, { kind: "file", what: `sends a photo to ${caucus.name}`, text, words });
};

const onBoard = async (
  { day, by, caucus }: Setting,
  say: { readonly what: string; readonly kind: "stand" | "asking"; readonly args: (board: MessageId) => string[] },
) => {
  const board = day.boards.get(caucus.caucus);
  if (board === undefined) return;
  const { what, kind } = say;
  await day.book.act(by, { what: `${what} in ${caucus.name}`, caucus: caucus.caucus, kind }, ...say.args(board));
};

const stand = (setting: Setting) => {
  const { by, caucus, random } = setting;
  const word = random.pick(STANDS) ?? "silent";
  const args = (board: MessageId): string[] => ["board", "stand", caucus.caucus, board, flagOf(by), word];
  return onBoard(setting, { what: `stands ${word}`, kind: "stand", args });
};

const hearsay = (setting: Setting) => {
  const { caucus, random } = setting;
  const [of, from] = random.shuffle(ATTENDEES);
  const word = random.pick(STANDS.slice(0, -1)) ?? "silent";
  const told = ["--by", from?.flag ?? "CH"];
  const args = (board: MessageId): string[] => [
    "board",
    "stand",
    caucus.caucus,
    board,
    of?.flag ?? "CH",
    word,
    ...told,
  ];
  return onBoard(setting, { what: `has heard that ${of?.flag ?? ""} stands ${word}`, kind: "stand", args });
};

const ask = (setting: Setting) => {
  const { caucus, random } = setting;
  const whom = random.pick(ATTENDEES)?.flag ?? "CH";
  const args = (board: MessageId): string[] => ["board", "ask", caucus.caucus, board, whom];
  return onBoard(setting, { what: `asks ${whom}`, kind: "asking", args });
};

/** Another thing that people do is another row. */
export const ACTS: readonly Act[] = [
  { weight: 40, run: say },
  { weight: 14, run: answer },
  { weight: 16, run: react },
  { weight: 6, run: mention },
  { weight: 5, run: sign },
  { weight: 2, run: onRecord },
  { weight: 3, run: pin },
  { weight: 2, run: search },
  { weight: 1.5, run: photo },
  { weight: 5, run: stand },
  { weight: 4, run: hearsay },
  { weight: 2, run: ask },
];
