/** A messenger in a page, between a store in memory and a link that only hands over frames: how long it holds the page up. */
import { MemoryLevel } from "memory-level";
import { attest, pairOf } from "../../src/protocol/identity.ts";
import { welcomes } from "../../src/protocol/control.ts";
import { sealHello, slotFor } from "../../src/protocol/envelope.ts";
import { type SignedOp, makeOp } from "../../src/protocol/membership.ts";
import { chunked, rotate } from "../../src/protocol/sending.ts";
import { healGroup } from "../../src/messenger/changes.ts";
import { type MessengerOptions, openSession, startSession } from "../../src/messenger/opening.ts";
import type { Session } from "../../src/messenger/session.ts";
import type { Link, LinkHandlers } from "../../src/net/link.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import { findEngine } from "../../src/pageEngine.ts";
import { pauses } from "../../src/pauses.ts";
import { blobWorker } from "../../web/peer/offThread.ts";
import { newSeat } from "../../src/protocol/group.ts";
import type { GroupId } from "../../src/types.ts";
import { inviteBody, NOW, Person, seeded } from "../protocol/room.ts";

/** Milliseconds of the longest task, and of all that was longer than 50 ms; `ms`: until it was done. */
export interface Stutter {
  readonly longest: number;
  readonly long: number;
  readonly ms: number;
}

/** What every messenger here is opened with. */
let host: Partial<MessengerOptions> = {};

/** From now on as `runPage` does it, with a worker that has taken over. */
export const asInPages = async (source: string): Promise<void> => {
  const pause = pauses();
  await (
    await findEngine(pause, () => blobWorker(source))
  ).settled;
  host = { pause };
};

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

/** A group of so many, whose operations stand in one line. */
const crowd = (size: number): Person => {
  const founder = new Person("Founder").found({});
  const invite = founder.invite({ uses: 10_000 });
  const { group } = founder.state;
  const ops: SignedOp[] = [];
  let last = invite.id;
  for (let i = 1; i < size; i++) {
    const one = new Person(`Delegate ${i}`);
    one.state = founder.state;
    const seat = newSeat(seeded(`seat ${i}`));
    const body = one.joinBody(invite, seat);
    const op = makeOp({ group, parents: [last], seq: 0, at: NOW, body }, seat.secret);
    last = op.id;
    ops.push(op);
  }
  founder.learn(ops);
  return founder;
};

class Page {
  readonly session: Session;
  readonly #handlers: () => LinkHandlers;

  constructor(session: Session, handlers: () => LinkHandlers) {
    this.session = session;
    this.#handlers = handlers;
  }

  static async open(): Promise<Page> {
    let handlers: LinkHandlers | undefined;
    const link: Link = {
      start: async (given) => {
        handlers = given;
      },
      stop: async () => undefined,
      subscribe: () => undefined,
      publish: async () => 1,
      hint: () => undefined,
      status: () => ({ peerId: "", addresses: [], peers: 1 }),
      neighbours: () => ["hub"],
      ask: async function* () {},
    };
    const level = new MemoryLevel<Uint8Array, Uint8Array>({
      storeEncoding: "view",
      keyEncoding: "view",
      valueEncoding: "view",
    } as never);
    const store = await Store.open(level as never, new Vault(new Uint8Array(32).fill(1)));
    const clock = {
      now: () => NOW,
      after: (ms: number, fn: () => void) => {
        const timer = setTimeout(fn, ms);
        return () => clearTimeout(timer);
      },
    };
    const session = await openSession({ store, link, clock, random: seeded("page"), ...host });
    await startSession(session);
    return new Page(session, () => handlers as LinkHandlers);
  }

  take(frames: readonly Uint8Array[]): Promise<unknown> {
    const [topic] = this.session.venue.buckets;
    return Promise.all(frames.map((frame) => this.#handlers().onFrame(topic!, frame, "hub")));
  }

  /** Frames by which this device is invited. */
  async invited(by: Person): Promise<readonly Uint8Array[]> {
    const { card } = this.session;
    const secret = by.random(32);
    const { hail: _, ...body } = inviteBody(secret, by.random);
    const invite = by.act({ ...body, card: card.bytes, uses: 1 });
    const pair = pairOf(by.self.agreement, card.agreement)!;
    const lists = chunked(by.ops);
    const out: Uint8Array[] = [];
    for (const [part, ops] of lists.entries()) {
      const welcome = {
        group: by.state.group,
        ops,
        from: by.member,
        attestation: attest(pair, by.state.group, by.member, by.person),
        invite: invite.id,
        part,
        parts: lists.length,
        secret,
      };
      const options = { slot: slotFor(NOW), random: by.random };
      out.push((await sealHello(card.prekey.key, welcomes.encode(welcome), options))!);
    }
    return out;
  }
}

const joined = async (page: Page, by: Person): Promise<void> => {
  await page.take(await page.invited(by));
  await page.session.idle();
  by.learn(page.session.groups.get(by.state.group)!.state.dag.all());
};

/** A page that comes back to so many messages. */
export const catchUp = async (messages: number): Promise<Stutter> => {
  const page = await Page.open();
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
  const page = await Page.open();
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
