/** What delegates lay on a caucus's table, and how they answer it, in whatever language their screens are. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Locator } from "playwright-core";
import type { CallAct } from "../../src/types.ts";
import type { Delegate } from "./delegate.ts";

type Kind = "call" | "board" | "huddle" | "roll";
const CARDS = { call: "call", board: "board", huddle: "huddle", roll: "rollCall" } as const;

/** The last of a kind in the record. */
const card = ({ page }: Delegate, kind: Kind): Locator => page.locator(`.card--${CARDS[kind]}`).last();

/** The full screen of a call, under such a heading. */
const ringing = (one: Delegate, heading: string): Locator =>
  one.page.getByRole("alertdialog", { name: heading, exact: true });

const focused = (one: Delegate, selector: string): Promise<boolean> =>
  one.page.evaluate((inside) => Boolean(document.activeElement?.closest(inside)), selector);

/** Opens the form for one, from the key beside the composer. */
const begins = async (one: Delegate, kind: Kind): Promise<void> => {
  await one.presses(one.t("tools"));
  await one.presses(`${one.t(`tool-${kind}`)} ${one.t(`tool-${kind}-hint`)}`, one.page.getByRole("dialog"));
};

/** One calls the roll; the others say that they have read it, and the one sees that by name. */
export const rollCall = async (one: Delegate, others: readonly Delegate[], text: string): Promise<void> => {
  await begins(one, "roll");
  await one.fills(one.t("roll-new-text"), text);
  await one.presses(one.t("roll-go"));
  for (const other of others) {
    await card(other, "roll").getByText(text).waitFor();
    await other.presses(other.t("roll-read"), card(other, "roll"));
    await card(other, "roll").getByText(other.t("roll-read-done")).waitFor();
  }
  await one.presses(one.t("roll-names"), card(one, "roll"));
  const said = one.page
    .getByRole("dialog")
    .locator(".person__state")
    .filter({ hasText: one.like("roll-said", "time") });
  await said.nth(others.length - 1).waitFor();
  await one.presses(one.t("close"), one.page.getByRole("dialog"));
};

interface Meeting {
  readonly topic: string;
  readonly place: string;
}

/** One calls a huddle; of the others the first comes late and the second not at all, and the one sees that. */
export const huddle = async (
  one: Delegate,
  [late, absent]: readonly [Delegate, Delegate],
  { topic, place }: Meeting,
): Promise<void> => {
  await begins(one, "huddle");
  await one.fills(one.t("huddle-topic"), topic);
  await one.fills(one.t("huddle-place"), place);
  await one.presses(one.t("huddle-go"));
  for (const [other, words] of [
    [late, "huddle-late"],
    [absent, "huddle-absent"],
  ] as const) {
    await card(other, "huddle").getByText(topic).waitFor();
    await card(other, "huddle").getByText(place).waitFor();
    await other.presses(other.t(words), card(other, "huddle"));
    const row = card(one, "huddle").locator(".answers > div", { hasText: one.t(words) });
    await row.getByText("1", { exact: true }).waitFor();
  }
};

interface Proposition {
  readonly text: string;
  /** Two letters each, with commas between. */
  readonly more: string;
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
  await one.fills(one.t("board-more-delegations"), more);
  await one.fills(one.like("board-needs-number", "count"), String(needs));
  await one.presses(one.t("board-go"));
  for (const other of [first, second]) {
    await card(other, "board").getByText(text).waitFor();
    await other.presses(other.t("board-open"), card(other, "board"));
  }
  const sheets = [first, second].map(({ page }) => page.getByRole("dialog")) as [Locator, Locator];
  await first.presses(first.t("board-support"), sheets[0]);
  await sheets[0].getByRole("button", { name: first.t("board-support"), exact: true, pressed: true }).waitFor();
  const [asked = ""] = more.split(",");
  await second.presses(`${second.t("board-ask")} ${second.land(asked)}`, sheets[1]);
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
  /** What the first of the others is called. */
  readonly taker: string;
}

/**
 * One calls; it fills every screen until the first of the others has it, who is then back where they wrote. The one may not
 * call again at once.
 */
export const call = async (
  one: Delegate,
  [first, ...others]: readonly [Delegate, ...Delegate[]],
  { act, text, here, taker }: Call,
): Promise<void> => {
  const writing = first.page.getByRole("textbox", { name: first.t("write"), exact: true });
  await writing.focus();
  await begins(one, "call");
  await one.page
    .getByRole("dialog")
    .getByText(one.t(`call-${act}`), { exact: true })
    .click();
  await one.fills(one.t("call-text"), text);
  await one.presses(one.t("call-go", { here }));
  for (const other of [first, ...others]) {
    await ringing(other, other.t(`call-${act}`))
      .getByText(text)
      .waitFor();
    assert.ok(await focused(other, "dialog.now"), "the call has the focus");
  }
  await first.presses(first.t("call-has"), first.page.getByRole("alertdialog"));
  await first.presses(first.t("close"), ringing(first, first.t("call-taken-own")));
  assert.ok(await writing.evaluate((field) => field === document.activeElement), "the focus is back");
  for (const other of others)
    await other.presses(other.t("close"), ringing(other, other.t("call-taken", { name: taker })));
  await card(one, "call")
    .getByText(one.t("call-taken", { name: taker }))
    .waitFor();
  await begins(one, "call");
  await one.presses(one.t("call-go", { here }));
  await one.finds(one.t("notice-too-soon"));
  await one.presses(one.t("close"), one.page.getByRole("dialog"));
};
