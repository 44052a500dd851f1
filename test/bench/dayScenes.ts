/** The script of the day: what happens at which minute of its hour. */
import { setTimeout as delay } from "node:timers/promises";
import type { DayLife } from "./dayLife.ts";
import { admins, codes, leaves, link, revoke, verify } from "./dayMembers.ts";
import { direct, sendings } from "./daySendings.ts";
import { boards, callNow, closeBoard, huddle, rollAgain, rollCall } from "./dayTable.ts";
import { hubGoes, kill, lock, partition, reload, sleep } from "./dayTroubles.ts";

/** One scene. */
interface Scene {
  readonly minute: number;
  readonly title: string;
  readonly play: (day: DayLife) => Promise<void>;
}

/** What the two at their browsers look at besides. */
const lookAround = async (day: DayLife): Promise<void> => {
  const { pages, plenary } = day.cast;
  for (const one of pages.seated)
    await day.saysOnPage(one, plenary, `${one.who.name} (${day.random.between(100, 999)})`);
  const phone = pages.phone;
  if (!phone) return;
  await phone.delegate.presses("Back");
  await pages.shoot("the list");
  await phone.delegate.page.getByRole("button", { name: "People" }).first().click();
  await pages.shoot("people");
  await phone.delegate.page.getByRole("button", { name: "Caucuses" }).first().click();
  await pages.enter(phone, plenary.name);
};

const openBoard = async ({ cast: { pages } }: DayLife): Promise<void> => {
  const phone = pages.phone?.delegate;
  if (!phone) return;
  await phone.presses("Open the board");
  await pages.shoot("the board");
  await phone.presses("Close", phone.page.getByRole("dialog"));
};

const search = async ({ cast: { pages } }: DayLife): Promise<void> => {
  const phone = pages.phone?.delegate;
  if (!phone) return;
  await phone.presses(/^Plenary/u);
  await pages.shoot("who is in it");
  await phone.presses("Close", phone.page.getByRole("dialog"));
};

const cover = async ({ cast: { pages } }: DayLife): Promise<void> => {
  const desk = pages.desk?.delegate.page;
  if (!desk) return;
  await desk.keyboard.press("Alt+P");
  await pages.shoot("covered");
  await desk.keyboard.down("Enter");
  await delay(2_000);
  await desk.keyboard.up("Enter");
};

const SCENES: readonly Scene[] = [
  { minute: 1, title: "words from one to one", play: direct },
  { minute: 3, title: "verification", play: verify },
  { minute: 6, title: "a roll call", play: rollCall },
  { minute: 8, title: "a board in each caucus", play: boards },
  { minute: 11, title: "the board on a screen", play: openBoard },
  { minute: 12, title: "a look around", play: lookAround },
  { minute: 14, title: "photos, a voice note, a file", play: sendings },
  { minute: 18, title: "a daemon is killed", play: kill },
  { minute: 19, title: "a daemon falls asleep", play: sleep },
  { minute: 20, title: "Now!", play: callNow },
  { minute: 23, title: "codes, approval, an open caucus", play: codes },
  { minute: 27, title: "a partition", play: partition },
  { minute: 34, title: "a huddle", play: huddle },
  { minute: 37, title: "the hub goes and comes", play: hubGoes },
  { minute: 41, title: "admins, and a removal", play: admins },
  { minute: 44, title: "somebody leaves and comes back", play: leaves },
  { minute: 46, title: "a second device", play: link },
  { minute: 48, title: "a page is loaded anew", play: reload },
  { minute: 49, title: "a phone is locked", play: lock },
  { minute: 54, title: "the roll call again", play: rollAgain },
  { minute: 55, title: "the device is lost", play: revoke },
  { minute: 56, title: "who is in it", play: search },
  { minute: 57, title: "the board is closed", play: closeBoard },
  { minute: 58, title: "a screen is covered", play: cover },
];

/** Plays all scenes in their order, each at its minute or as soon as the one before is over. */
export const playAll = async (day: DayLife): Promise<void> => {
  const { book, cast } = day;
  for (const { minute, title, play } of SCENES) {
    await delay(Math.max(0, book.momentOf(minute) - book.elapsed));
    book.tell(title);
    const began = book.elapsed;
    try {
      await play(day);
      book.tell(`  – over after ${((book.elapsed - began) / 1000).toFixed(1)} s`);
    } catch (error) {
      book.fault(`${title}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await cast.pages.shoot(title).catch((error: unknown) => book.fault(`${title}, on the screens: ${String(error)}`));
  }
};
