/** Scenes that the two at their browsers play with their fingers, and pictures of what they look at. */
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { DayLife } from "./dayLife.ts";

const SEVERAL = 3;
/** A screen that is covered is shown after a key was held so long. */
const HELD_MS = 2_000;

/** Both say something; the phone looks at the list and at who is here. */
export const lookAround = async (day: DayLife): Promise<void> => {
  const { pages, plenary } = day.cast;
  for (const one of pages.seated)
    await day.saysOnPage(one, plenary, `${one.who.name} (${day.random.between(100, 999)})`);
  const { phone } = pages;
  if (!phone) return;
  await phone.delegate.presses("Back");
  await pages.shoot("the list");
  await phone.delegate.page.getByRole("button", { name: "People" }).first().click();
  await pages.shoot("people");
  await phone.delegate.page.getByRole("button", { name: "Caucuses" }).first().click();
  await pages.enter(phone, plenary.name);
};

/** The phone answers the newest text, and puts a sign to it. */
export const answers = async (day: DayLife): Promise<void> => {
  const { pages, plenary } = day.cast;
  const { phone } = pages;
  if (!phone) return;
  const text = `An anchor for the phone (${day.random.between(100, 999)})`;
  await day.say(day.someone(plenary), plenary, text);
  await phone.delegate.sees(text);
  const entry = phone.delegate.page.locator("li[data-message]").filter({ hasText: text }).first();
  await entry.getByText(text).tap();
  await pages.shoot("an entry is pressed");
  await phone.delegate.presses("🤝", phone.delegate.page.getByRole("dialog"));
  day.saidOnPage(phone, plenary, "reaction");
  await entry.getByText("🤝").waitFor();
  await entry.getByText(text).tap();
  await phone.delegate.presses("Answer", phone.delegate.page.getByRole("dialog"));
  await pages.shoot("answering");
  await day.saysOnPage(phone, plenary, `We can live with it (${day.random.between(100, 999)})`);
};

/** The phone sends several photos together, and one to see once. */
export const photos = async (day: DayLife): Promise<void> => {
  const { pages, plenary } = day.cast;
  const { phone } = pages;
  if (!phone) return;
  const { delegate } = phone;
  const buffer = await readFile(day.files.photo);
  const taken = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ name: `IMG ${at}.jpg`, mimeType: "image/jpeg", buffer }));
  const pick = delegate.page.locator(".composer input[type=file]");
  await pick.setInputFiles(taken(SEVERAL));
  await delegate.page.getByRole("textbox", { name: "Add words" }).fill("All three pages");
  await pages.shoot("several photos");
  await delegate.presses("Send", delegate.page.getByRole("dialog"));
  await delegate.sees("All three pages");
  for (let n = 0; n < SEVERAL; n += 1) day.saidOnPage(phone, plenary, "file");
  await pick.setInputFiles(taken(1));
  await delegate.presses("View once");
  await pages.shoot("a photo to see once");
  await delegate.presses("Send photo");
  await delegate.finds("You sent it. You cannot open it again.");
  day.saidOnPage(phone, plenary, "file");
};

/** The board, at length. */
export const openBoard = async ({ cast: { pages } }: DayLife): Promise<void> => {
  const phone = pages.phone?.delegate;
  if (!phone) return;
  await phone.presses("Open the board");
  await pages.shoot("the board");
  await phone.presses("Close", phone.page.getByRole("dialog"));
};

/** The roster, and what is pinned. */
export const whoIsIn = async ({ cast: { pages } }: DayLife): Promise<void> => {
  const phone = pages.phone?.delegate;
  if (!phone) return;
  await phone.presses(/^Plenary/u);
  await pages.shoot("who is in it");
  await phone.presses("Close", phone.page.getByRole("dialog"));
};

/** The desk's screen is covered, and shown again. */
export const cover = async ({ cast: { pages } }: DayLife): Promise<void> => {
  const desk = pages.desk?.delegate.page;
  if (!desk) return;
  await desk.keyboard.press("Alt+P");
  await pages.shoot("covered");
  await desk.keyboard.down("Enter");
  await delay(HELD_MS);
  await desk.keyboard.up("Enter");
};
