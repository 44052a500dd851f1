/** A messenger in a page, on a link that only hands over frames, among delegates that a bench speaks for. */
import { attest, pairOf } from "../../src/protocol/identity.ts";
import { welcomes } from "../../src/protocol/control.ts";
import { sealHello, slotFor } from "../../src/protocol/envelope.ts";
import { type SignedOp, makeOp } from "../../src/protocol/membership.ts";
import { chunked } from "../../src/protocol/sending.ts";
import { Messenger } from "../../src/messenger/messenger.ts";
import { type MessengerOptions, openSession, startSession } from "../../src/messenger/opening.ts";
import type { Session } from "../../src/messenger/session.ts";
import type { Link, LinkHandlers } from "../../src/net/link.ts";
import type { Level } from "../../src/store/level.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import { findEngine } from "../../src/pageEngine.ts";
import { pauses } from "../../src/pauses.ts";
import { blobWorker } from "../../web/peer/offThread.ts";
import { newSeat } from "../../src/protocol/group.ts";
import type { Clock } from "../../src/types.ts";
import { inviteBody, NOW, Person, seeded } from "../protocol/room.ts";

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

/** A group of so many, whose operations stand in one line. */
export const crowd = (size: number): Person => {
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

export class Page {
  readonly session: Session;
  readonly messenger: Messenger;
  readonly #handlers: () => LinkHandlers;

  constructor(session: Session, messenger: Messenger, handlers: () => LinkHandlers) {
    this.session = session;
    this.messenger = messenger;
    this.#handlers = handlers;
  }

  /** `now`: what the clock shows; the moment of all that delegates say by default. */
  static async open(level: Level, now: () => number = () => NOW): Promise<Page> {
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
    const store = await Store.open(level, new Vault(new Uint8Array(32).fill(1)));
    const clock: Clock = {
      now,
      after: (ms: number, fn: () => void) => {
        const timer = setTimeout(fn, ms);
        return () => clearTimeout(timer);
      },
    };
    const session = await openSession({ store, link, clock, random: seeded("page"), ...host });
    // Its constructor is its own: a messenger opens its session itself, and here others look into that.
    const messenger = Reflect.construct(Messenger, [session, await startSession(session)]) as Messenger;
    return new Page(session, messenger, () => handlers as LinkHandlers);
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

export const joined = async (page: Page, by: Person): Promise<void> => {
  await page.take(await page.invited(by));
  await page.session.idle();
  by.learn(page.session.groups.get(by.state.group)!.state.dag.all());
};
