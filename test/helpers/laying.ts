/** What delegates lay on a caucus's table, and how they answer it, in whatever language their screens are. */
import { readFile } from "node:fs/promises";
import type { Locator } from "playwright-core";
import type { CallAct } from "../../src/types.ts";
import type { Delegate } from "./delegate.ts";

type Kind = "call" | "board" | "huddle" | "roll";
const CARDS = { call: "call", board: "board", huddle: "huddle", roll: "rollCall" } as const;

/** In the record, by its words. */
const card = ({ page }: Delegate, kind: Kind, text: string): Locator =>
  page.locator(`.card--${CARDS[kind]}`, { hasText: text });

/** The full screen of a call, under such a heading. */
const ringing = (one: Delegate, heading: string): Locator =>
  one.page.getByRole("alertdialog", { name: heading, exact: true });

const writing = (one: Delegate): Locator => one.page.getByRole("textbox", { name: one.t("write"), exact: true });

/** Opens the form for one, from the key beside the composer. */
const begins = async (one: Delegate, kind: Kind): Promise<void> => {
  await one.presses(one.t("tools"));
  await one.presses(`${one.t(`tool-${kind}`)} ${one.t(`tool-${kind}-hint`)}`, one.page.getByRole("dialog"));
};

const each = async <T>(all: readonly T[], act: (one: T, at: number) => Promise<void>): Promise<void> => {
  await Promise.all(all.map(act));
};

/** One calls the roll; the others say that they have read it, and the one sees that by name. */
export const rollCall = async (one: Delegate, others: readonly Delegate[], text: string): Promise<void> => {
  await begins(one, "roll");
  await one.fills(one.t("roll-new-text"), text);
  await one.presses(one.t("roll-go"));
  await each(others, async (other) => {
    const called = card(other, "roll", text);
    await other.presses(other.t("roll-read"), called);
    await called.getByText(other.t("roll-read-done")).waitFor();
  });
  await one.presses(one.t("roll-names"), card(one, "roll", text));
  const said = one.page
    .getByRole("dialog")
    .locator(".person__state")
    .filter({ hasText: one.like("roll-said", "time") });
  await said.nth(others.length - 1).waitFor();
  await one.presses(one.t("close"), one.page.getByRole("dialog"));
};

/** Waits until so many have given an answer to a huddle, as one sees it. */
export const answered = async (
  one: Delegate,
  topic: string,
  [answer, count]: readonly [string, number],
): Promise<void> => {
  const row = card(one, "huddle", topic).locator(".answers > div", { hasText: one.t(answer) });
  await row.getByText(String(count), { exact: true }).waitFor();
};

interface Meeting {
  readonly topic: string;
  readonly place: string;
}

/** One calls a huddle; of the others the first comes late and the second not at all, and the one sees that. */
export const huddle = async (
  one: Delegate,
  others: readonly [Delegate, Delegate],
  { topic, place }: Meeting,
): Promise<void> => {
  await begins(one, "huddle");
  await one.fills(one.t("huddle-topic"), topic);
  await one.fills(one.t("huddle-place"), place);
  await one.presses(one.t("huddle-go"));
  const answers = ["huddle-late", "huddle-absent"];
  await each(others, async (other, at) => {
    const called = card(other, "huddle", topic);
    await called.getByText(place).waitFor();
    await other.presses(other.t(answers[at]!), called);
  });
  for (const answer of answers) await answered(one, topic, [answer, 1]);
};

interface Proposition {
  readonly text: string;
  /** Two letters each; the second of the others will ask the first of them. */
  readonly more: readonly [string, ...string[]];
  readonly needs: number;
}

/** One lays a proposition on the table; the first of the others supports it, the second will ask somebody. */
export const board = async (
  one: Delegate,
  [first, second]: readonly [Delegate, Delegate],
  { text, more, needs }: Proposition,
): Promise<void> => {
  await begins(one, "board");
  await one.fills(one.t("board-text"), text);
  await one.fills(one.t("board-more-delegations"), more.join(", "));
  await one.fills(one.like("board-needs-number", "count"), String(needs));
  await one.presses(one.t("board-go"));
  await first.finds(first.t("board-short", { count: needs }));
  await each([first, second], (other) => other.presses(other.t("board-open"), card(other, "board", text)));
  const sheets = [first, second].map(({ page }) => page.getByRole("dialog")) as [Locator, Locator];
  await first.presses(first.t("board-support"), sheets[0]);
  await sheets[0].getByRole("button", { name: first.t("board-support"), exact: true, pressed: true }).waitFor();
  await second.presses(`${second.t("board-ask")} ${second.land(more[0])}`, sheets[1]);
  await second.finds(second.t("board-asks", { names: [second.t("you")] }));
  for (const who of [one, second]) await who.finds(who.t("board-short", { count: needs - 1 }));
};

/** Reads in the board that is shown what stands there, saves it as CSV, and closes it. */
export const readsBoard = async (one: Delegate, words: string): Promise<string> => {
  const sheet = one.page.getByRole("dialog");
  await sheet.getByText(words, { exact: true }).waitFor();
  const download = one.page.waitForEvent("download");
  await one.presses(one.t("board-csv"), sheet);
  const csv = await readFile(await (await download).path(), "utf8");
  await one.presses(one.t("close"), sheet);
  return csv;
};

interface Call {
  readonly act: CallAct;
  readonly text: string;
  /** How many are there to hear it. */
  readonly here: number;
}

/** One calls; it fills every screen, and has the focus there. */
export const calls = async (one: Delegate, others: readonly Delegate[], { act, text, here }: Call): Promise<void> => {
  for (const other of others) await writing(other).focus();
  await begins(one, "call");
  await one.page
    .getByRole("dialog")
    .getByText(one.t(`call-${act}`), { exact: true })
    .click();
  await one.fills(one.t("call-text"), text);
  await one.presses(one.t("call-go", { here }));
  await each(others, async (other) => {
    await ringing(other, other.t(`call-${act}`))
      .getByText(text)
      .waitFor();
    await other.page.locator("dialog.now:focus-within").waitFor();
  });
};

/**
 * The first of the others has the call: everybody is told who, and those who heard it are back where they wrote. The one may
 * not call again at once.
 */
export const takes = async (
  one: Delegate,
  [first, ...others]: readonly [Delegate, ...Delegate[]],
  { text, here }: Call,
): Promise<void> => {
  await first.presses(first.t("call-has"), first.page.getByRole("alertdialog"));
  await first.presses(first.t("close"), ringing(first, first.t("call-taken-own")));
  await each(others, (other) =>
    other.presses(other.t("close"), ringing(other, other.t("call-taken", { name: first.name }))),
  );
  await each([first, ...others], (other) => writing(other).and(other.page.locator(":focus")).waitFor());
  await card(one, "call", text)
    .getByText(one.t("call-taken", { name: first.name }))
    .waitFor();
  await begins(one, "call");
  await one.presses(one.t("call-go", { here }));
  await one.finds(one.t("notice-too-soon"));
  await one.presses(one.t("close"), one.page.getByRole("dialog"));
};
