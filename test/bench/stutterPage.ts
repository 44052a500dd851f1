/** A messenger in a page, between a store in memory and a link that only hands over frames: how long it holds the page up. */
import { MemoryLevel } from "memory-level";
import { rotate } from "../../src/protocol/sending.ts";
import { healGroup } from "../../src/messenger/changes.ts";
import type { Level } from "../../src/store/level.ts";
import type { GroupId } from "../../src/types.ts";
import { asInPages, crowd, joined, Page } from "./pageSession.ts";

/** Milliseconds of the longest task, and of all that was longer than 50 ms; `ms`: until it was done. */
export interface Stutter {
  readonly longest: number;
  readonly long: number;
  readonly ms: number;
}

const level = (): Level =>
  new MemoryLevel<Uint8Array, Uint8Array>({
    storeEncoding: "view",
    keyEncoding: "view",
    valueEncoding: "view",
  } as never);

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const watched = async (work: () => Promise<unknown>): Promise<Stutter> => {
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  await turn();
  observer.observe({ type: "longtask" });
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  for (let i = 0; i < 3; i++) await turn();
  tasks.push(...observer.takeRecords().map(({ duration }) => duration));
  observer.disconnect();
  return { longest: Math.max(0, ...tasks), long: tasks.reduce((sum, one) => sum + one, 0), ms };
};

/** A page that comes back to so many messages. */
export const catchUp = async (messages: number): Promise<Stutter> => {
  const page = await Page.open(level());
  const ana = crowd(3);
  await joined(page, ana);
  const frames: Uint8Array[] = [];
  for (let i = 0; i < messages; i++) {
    if (i % 125 === 0) {
      const turned = await rotate(ana.state, ana.context);
      ana.state = turned.state;
      frames.push(...turned.frames);
    }
    frames.push(ana.say(`message ${i}`).frame);
  }
  const stutter = await watched(async () => {
    await page.take(frames);
    await page.session.idle();
  });
  let count = 0;
  for await (const _ of page.session.store.range({ space: "message", group: ana.state.group })) count++;
  if (count !== messages) throw new Error(`${count} messages came`);
  return stutter;
};

/** A newcomer to so many devices; and then another chain for them. */
export const joinAndRotate = async (
  devices: number,
): Promise<{ readonly join: Stutter; readonly rotation: Stutter }> => {
  const page = await Page.open(level());
  const ana = crowd(devices);
  const frames = await page.invited(ana);
  const join = await watched(async () => {
    await page.take(frames);
    await page.session.idle();
  });
  const group = ana.state.group as GroupId;
  if (page.session.groups.get(group)?.state.view.members.size !== devices + 1) throw new Error("did not come in");
  const rotation = await watched(() => page.session.step((step) => healGroup(step, group)));
  return { join, rotation };
};

Object.assign(globalThis, { asInPages, catchUp, joinAndRotate });
