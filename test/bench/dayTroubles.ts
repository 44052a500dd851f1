/** Scenes in which something goes wrong: daemons are killed or asleep, the network falls apart, pages go away. */
import { setTimeout as delay } from "node:timers/promises";
import { until } from "../helpers/venue.ts";
import type { DayLife } from "./dayLife.ts";

/** A minute at the most; less where the day is short. */
const lasting = (day: DayLife, minutes: number, most: number): number => Math.min(most, day.book.momentOf(minutes));
const MINUTE_MS = 60_000;
/** After that everybody has heard of each other again. */
const HEALS_MS = 20_000;

/** A bot's daemon is killed and comes back. Bots that are listened to are left alone. */
export const kill = async (day: DayLife): Promise<void> => {
  const node = day.victim();
  if (!node) throw new Error("nobody is there for it");
  day.leaves(node);
  node.daemon.kill("SIGKILL");
  await node.daemon.ended;
  day.book.tell(`${node.name} is killed`);
  day.beside("a restart", async () => {
    await delay(lasting(day, 3, MINUTE_MS / 3));
    await day.cast.start(node);
    day.returns(node);
    day.book.tell(`${node.name} is back`);
  });
};

/** A bot's daemon is asleep for some minutes. */
export const sleep = async (day: DayLife): Promise<void> => {
  const node = day.victim();
  if (!node) throw new Error("nobody is there for it");
  day.leaves(node);
  node.sleep();
  day.book.tell(`${node.name} is asleep`);
  day.beside("a sleep", async () => {
    await delay(lasting(day, 20, 4 * MINUTE_MS));
    node.wake();
    day.returns(node);
    day.book.tell(`${node.name} is awake again`);
  });
};

/** The hub is killed and comes back on the same port. */
export const hubGoes = async (day: DayLife): Promise<void> => {
  const { hub, pages } = day.cast;
  day.leaves(hub);
  hub.daemon.kill("SIGKILL");
  await hub.daemon.ended;
  day.book.tell("the hub is killed");
  await delay(lasting(day, 1, 10_000));
  await pages.shoot("the hub is away");
  for (const one of pages.seated)
    await day.saysOnPage(one, day.cast.plenary, `Said while the hub was away (${day.random.between(100, 999)})`);
  await delay(lasting(day, 1, 5_000));
  await day.cast.start(hub);
  day.returns(hub);
  day.book.tell("the hub is back");
};

/** A third of the venue is cut off from the rest for a minute; both sides go on. */
export const partition = async (day: DayLife): Promise<void> => {
  const { venue, bots } = day.cast;
  const apart = bots.filter((_, at) => at % 3 === 1);
  const rest = venue.nodes().filter((node) => !apart.includes(node));
  for (const ears of [day.ears, day.shown]) ears.deafen();
  await venue.cut(apart, rest);
  day.book.tell(`${apart.length} of ${bots.length} are cut off`);
  day.beside("a partition", async () => {
    await delay(lasting(day, 6, MINUTE_MS));
    await venue.heal();
    for (const ears of [day.ears, day.shown]) ears.hearAfter(HEALS_MS);
    day.book.tell("the network is whole again");
  });
};

/** A page is loaded anew in the middle of sending: what was told to go is there once. */
export const reload = async (day: DayLife): Promise<void> => {
  const { phone } = day.cast.pages;
  if (!phone) return;
  const { page } = phone.delegate;
  const text = `Sent just before the page went away (${day.random.between(100, 999)})`;
  await day.cast.pages.enter(phone, "Plenary");
  await phone.delegate.writes(text);
  await page.locator(".composer button[type=submit]").click({ noWaitAfter: true });
  await page.reload();
  const began = performance.now();
  await day.cast.pages.enter(phone, "Plenary");
  const field = page.getByRole("textbox", { name: "Write" });
  const lines = page.locator("li[data-message]").filter({ hasText: text });
  await until("it is said, or still to be said", async () => {
    return (await field.inputValue()) === text || (await lines.count()) > 0;
  });
  day.book.tell(`a page is back ${((performance.now() - began) / 1000).toFixed(1)} s after it was loaded anew`);
  if ((await field.inputValue()) === text) await phone.delegate.presses(/^(Send|Keep and send later)$/u);
  await lines.first().waitFor();
  day.saidOnPage(phone, day.cast.plenary, "text");
};

/** The phone is locked for a while, and catches up. */
export const lock = async (day: DayLife): Promise<void> => {
  const { phone } = day.cast.pages;
  if (!phone) return;
  phone.asleep = true;
  phone.delegate.browser.sleep();
  day.book.tell("the phone is locked");
  await delay(lasting(day, 4, MINUTE_MS));
  phone.delegate.browser.wake();
  // What a browser tells its page when the screen is unlocked.
  await phone.delegate.page.evaluate(() => document.dispatchEvent(new Event("resume")));
  phone.asleep = false;
  const began = performance.now();
  const by = day.someone(day.cast.plenary);
  const text = `Welcome back (${day.random.between(100, 999)})`;
  await day.say(by, day.cast.plenary, text);
  await phone.delegate.sees(text, MINUTE_MS);
  day.book.tell(`unlocked, and up to date after ${((performance.now() - began) / 1000).toFixed(1)} s`);
};
