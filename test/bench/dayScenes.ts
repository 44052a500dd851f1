/** The script of the day: what happens at which minute of its hour. */
import { setTimeout as delay } from "node:timers/promises";
import { answers, cover, lookAround, openBoard, photos, whoIsIn } from "./dayFingers.ts";
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

const SCENES: readonly Scene[] = [
  { minute: 1, title: "words from one to one", play: direct },
  { minute: 3, title: "verification", play: verify },
  { minute: 6, title: "a roll call", play: rollCall },
  { minute: 8, title: "a board in each caucus", play: boards },
  { minute: 11, title: "the board on a screen", play: openBoard },
  { minute: 12, title: "a look around", play: lookAround },
  { minute: 13, title: "a phone answers and reacts", play: answers },
  { minute: 14, title: "photos, a voice note, a file", play: sendings },
  { minute: 17, title: "a phone sends photos", play: photos },
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
  { minute: 56, title: "who is in it", play: whoIsIn },
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
