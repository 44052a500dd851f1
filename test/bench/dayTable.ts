/** Scenes around what lies on the table: roll call, count me in, Now!, huddle. */
import type { MessageKind } from "../../src/types.ts";
import type { BoardView, CallView, HuddleView, RollCallView } from "../../src/types/tools.ts";
import { until } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { Meant } from "./dayBook.ts";
import type { DayCaucus } from "./dayCast.ts";
import type { DayLife } from "./dayLife.ts";
import { ATTENDEES } from "./dayPeople.ts";

const PATIENCE_MS = 120_000;
/** How many people answer what is asked of all. */
const SOME = 8;

const meant = (what: string, { caucus }: DayCaucus, kind: MessageKind): Meant => ({ what, caucus, kind });
const some = (day: DayLife, caucus: DayCaucus, ...but: readonly VenueNode[]): readonly VenueNode[] =>
  day.random.shuffle(day.awake(caucus).filter((node) => !but.includes(node))).slice(0, SOME);

/** Waits until a daemon has what was laid on the table. */
const hasIt = (node: VenueNode, { caucus }: DayCaucus, tool: string, message: string): Promise<unknown> =>
  until(`${node.name} has it`, async () => (await node.run(tool, "show", caucus, message)).code === 0, PATIENCE_MS);

/** Calls the roll; some say that they have read it. */
export const rollCall = async (day: DayLife): Promise<void> => {
  const { hub, plenary, pages } = day.cast;
  const { caucus } = plenary;
  const words = "Be in the room at ten to four, with your placards.";
  const called = meant("calls the roll", plenary, "rollCall");
  const { message } = await day.book.must<RollCallView>(hub, called, "roll", "call", caucus, words);
  for (const node of some(day, plenary, hub)) {
    await hasIt(node, plenary, "roll", message);
    await day.book.must(node, meant("has read the roll call", plenary, "answer"), "answer", caucus, message, "read");
  }
  const phone = pages.phone?.delegate;
  if (phone) {
    await phone.finds(words);
    await phone.presses("I have read it");
    await phone.finds("You have said that you read it.");
    day.saidOnPage(pages.phone, plenary, "answer");
  }
};

/** Says it again for those whom it has not reached, and tells how many have read it. */
export const rollAgain = async (day: DayLife): Promise<void> => {
  const { hub, plenary } = day.cast;
  const { rollCalls } = await hub.ask<{ rollCalls: readonly RollCallView[] }>("table", plenary.caucus);
  const [roll] = rollCalls;
  if (!roll) throw new Error("no roll call is there");
  const again = meant("calls the roll again", plenary, "rollCall");
  await day.book.must(hub, again, "roll", "again", plenary.caucus, roll.message);
  day.book.tell(`the roll call has reached ${roll.reached} of ${roll.of}, ${roll.read} have read it`);
};

/** Puts a proposition to the plenary, and one to each region. */
export const boards = async (day: DayLife): Promise<void> => {
  for (const caucus of day.caucuses) {
    const by = day.someone(caucus);
    const on = ATTENDEES.flatMap(({ flag }) => ["--delegation", flag]);
    const text = `Paragraph 4 keeps “shall”, and the date is 31 March (${caucus.name}).`;
    const put = meant(`puts a proposition to ${caucus.name}`, caucus, "board");
    const args = ["board", "put", caucus.caucus, text, "--needs", "14", ...on];
    const board = await day.book.must<BoardView>(by, put, ...args);
    await Promise.all(day.awake(caucus).map((node) => hasIt(node, caucus, "board", board.message)));
    day.boards.set(caucus.caucus, board.message);
  }
  const board = day.boards.get(day.cast.plenary.caucus)!;
  for (const node of some(day, day.cast.plenary, day.cast.hub)) {
    const flag = ATTENDEES.find(({ name }) => name === node.name)?.flag ?? "CH";
    const word = day.random.pick(["sponsor", "support", "leaning", "against"] as const) ?? "support";
    const stands = meant(`stands ${word} in Plenary`, day.cast.plenary, "stand");
    await day.book.must(node, stands, "board", "stand", day.cast.plenary.caucus, board, flag, word);
  }
};

/** Whoever put the plenary's proposition closes the board. */
export const closeBoard = async (day: DayLife): Promise<void> => {
  const { plenary } = day.cast;
  const board = day.boards.get(plenary.caucus);
  if (board === undefined) throw new Error("no board is there");
  const view = await day.cast.hub.ask<BoardView>("board", "show", plenary.caucus, board);
  const by = plenary.nodes.find(({ person }) => person === view.by.person)!;
  const closes = meant("closes the board", plenary, "terms");
  const after = await day.book.must<BoardView>(by, closes, "board", "terms", plenary.caucus, board, "--close");
  day.boards.delete(plenary.caucus);
  day.book.tell(`the board is closed: ${after.for.own} for it, ${after.for.hearsay} more by hearsay`);
};

/** Somebody calls for help now; who sits at the phone, or else another, has it. */
export const callNow = async (day: DayLife): Promise<void> => {
  const caucus = day.cast.regions.at(-1) ?? day.cast.plenary;
  const { phone } = day.cast.pages;
  const by = day.someone(caucus);
  const call = meant(`calls in ${caucus.name}`, caucus, "call");
  const { message } = await day.book.must<CallView>(by, call, "now", caucus.caucus, "floor", "Keep the date");
  const others = day.awake(caucus).filter((node) => node !== by);
  await until("it rings at all the others", async () => {
    const rings = await Promise.all(others.map((node) => node.ask<CallView[]>("ringing")));
    return rings.every((calls) => calls.some((one) => one.message === message));
  });
  const began = performance.now();
  if (phone) {
    const full = phone.delegate.page.getByRole("alertdialog", { name: "Take the floor" });
    await full.waitFor();
    await day.cast.pages.shoot("now");
    await phone.delegate.presses("I’ve got it", full);
    day.saidOnPage(phone, caucus, "answer");
  } else {
    const one = day.someone(caucus, by);
    await day.book.must(one, meant("has it", caucus, "answer"), "answer", caucus.caucus, message, "has");
  }
  await until("it is quiet everywhere", async () => {
    const rings = await Promise.all(others.map((node) => node.ask<CallView[]>("ringing")));
    return rings.every((calls) => calls.every((one) => one.message !== message));
  });
  day.book.tell(`quiet everywhere ${((performance.now() - began) / 1000).toFixed(1)} s after it rang everywhere`);
  if (phone) {
    await day.cast.pages.shoot("now answered");
    await phone.delegate.presses("Close", phone.delegate.page.getByRole("alertdialog"));
  }
};

/** A huddle outside: who comes, and another place. */
export const huddle = async (day: DayLife): Promise<void> => {
  const { plenary, pages } = day.cast;
  const by = day.someone(plenary);
  const calls = meant("calls a huddle", plenary, "huddle");
  const args = ["huddle", "call", plenary.caucus, "Corridor B", "--at", "10m", "--topic", "Who speaks first"];
  const { message } = await day.book.must<HuddleView>(by, calls, ...args);
  for (const [at, node] of some(day, plenary, by).entries()) {
    await hasIt(node, plenary, "huddle", message);
    const word = ["coming", "late", "absent"][at % 3]!;
    await day.book.must(node, meant(`is ${word}`, plenary, "answer"), "answer", plenary.caucus, message, word);
  }
  if (pages.phone) {
    await pages.phone.delegate.finds("Who speaks first");
    await pages.phone.delegate.presses("5 min late");
    day.saidOnPage(pages.phone, plenary, "answer");
    await pages.phone.delegate.page.getByRole("button", { name: "5 min late", pressed: true }).waitFor();
    await pages.shoot("huddle answered");
  }
  const moves = meant("moves the huddle", plenary, "plan");
  await day.book.must(by, moves, "huddle", "move", plenary.caucus, message, "--place", "Room XX", "--at", "12m");
};
