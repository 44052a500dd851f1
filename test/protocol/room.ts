/** Persons with one device each, in one group, without network or disk: states, seeded randomness and a fixed clock. */
import { nodeEngine } from "../../src/nodeEngine.ts";
import { utf8 } from "../../src/protocol/codec.ts";
import { Dag } from "../../src/protocol/dag.ts";
import type { GroupState, Seat } from "../../src/protocol/group.ts";
import { deviceLists } from "../../src/protocol/devices.ts";
import { act, addOps, fromOps, newSeat, unseatDevices } from "../../src/protocol/group.ts";
import type { Card, OwnPrekey, Self } from "../../src/protocol/identity.ts";
import { makeCard, newSelf, personOf } from "../../src/protocol/identity.ts";
import { EPOCH, HOUR } from "../../src/protocol/limits.ts";
import type { OpBody, Policy, SignedOp } from "../../src/protocol/membership.ts";
import { makeOp, proveJoin } from "../../src/protocol/membership.ts";
import type { ChainOpened } from "../../src/protocol/following.ts";
import type { MessageOpened } from "../../src/protocol/receiving.ts";
import { openDistribution, readWhole } from "../../src/protocol/following.ts";
import { openMessage } from "../../src/protocol/receiving.ts";
import type { View } from "../../src/protocol/resolve.ts";
import { admit, resolve } from "../../src/protocol/resolve.ts";
import type { SealedMessage } from "../../src/protocol/sending.ts";
import { type Context, rotate, sealMessage } from "../../src/protocol/sending.ts";
import { useEngine } from "../../src/protocol/engines.ts";
import { signingPair } from "../../src/protocol/signature.ts";
import type { ChainId, MemberId, OpId, PersonId, Random } from "../../src/types.ts";
import { seeded } from "./seeded.ts";

export { seeded } from "./seeded.ts";

useEngine(nodeEngine);

/** A fixed moment: 1000 hours and half an hour into the first slot count. */
export const NOW = EPOCH + 1000 * HOUR + HOUR / 2;

/** A person's one device and what it knows of one group. */
export class Person {
  readonly self: Self;
  readonly card: Card;
  readonly random: Random;
  now = NOW;
  #state: GroupState | undefined;

  constructor(name: string, random: Random = seeded(name), self: Self = newSelf(random)) {
    this.random = random;
    this.self = self;
    this.card = makeCard(this.self, { name, flag: "FR", delegation: "" }, NOW);
  }

  get person(): PersonId {
    return personOf(this.self);
  }
  get context(): Context {
    return { self: this.self, now: this.now, random: this.random };
  }
  get state(): GroupState {
    if (!this.#state) throw new Error("not in a group yet");
    return this.#state;
  }
  set state(state: GroupState) {
    this.#state = state;
  }
  get member(): MemberId {
    return this.state.seat.member;
  }
  get view(): View {
    return this.state.view;
  }

  /** Signs and adds an operation; throws when this person may not. */
  act(body: OpBody): SignedOp {
    const op = this.tryAct(body);
    if (!op) throw new Error(`${body.kind} is not permitted`);
    return op;
  }
  tryAct(body: OpBody): SignedOp | undefined {
    if (body.kind === "unseat" && body.proof === UNPROVED) return this.#unseats(body);
    const done = act(this.state, body, this.now);
    if (done) this.state = done.state;
    return done?.op;
  }
  #unseats(body: Extract<OpBody, { kind: "unseat" }>): SignedOp | undefined {
    const root = this.self.person.secret;
    // Of another's list there is nothing that they could sign.
    if (!root || deviceLists.open(body.devices)?.body.person !== this.person) return undefined;
    const done = unseatDevices(this.state, body, { root, now: this.now });
    if (done) this.state = done.state;
    return done?.op;
  }
  /** Learns operations; tells how many were new. */
  learn(ops: readonly SignedOp[]): number {
    const { state, added } = addOps(this.state, ops);
    this.state = state;
    return added.length;
  }
  /** The seat that began the line of this one's. */
  get line(): MemberId {
    return this.view.members.get(this.member)?.line ?? this.member;
  }
  get ops(): readonly SignedOp[] {
    return this.state.dag.all();
  }

  found(policy: Partial<Policy> = {}): this {
    const seat = newSeat(this.random);
    const create = makeOp(
      {
        parents: [],
        seq: 0,
        at: this.now,
        body: {
          kind: "create",
          nonce: this.random(16),
          name: "Corridor",
          bucket: this.random(16),
          policy: { open: false, direct: false, invite: "members", guests: "ask", ...policy },
          card: this.card.bytes,
          prekey: publicOf(seat),
        },
      },
      seat.secret,
    );
    this.state = fromOps(graphOf([create]), seat) as GroupState;
    return this;
  }

  /** Invites by code: whoever holds the result may join. */
  invite(options: Partial<Extract<OpBody, { kind: "invite" }>> = {}): Invite {
    const secret = this.random(32);
    const op = this.act({ ...inviteBody(secret, this.random), ...options });
    return { id: op.id, secret };
  }
  /** Takes a seat by an invite, knowing `ops`. */
  join(invite: Invite, ops: readonly SignedOp[], seat: Seat = newSeat(this.random)): SignedOp {
    this.state = fromOps(graphOf(ops), seat) as GroupState;
    return this.act(this.joinBody(invite, seat));
  }
  joinBody(invite: Invite, seat: Seat): OpBody {
    const { group } = this.state;
    return {
      kind: "join",
      invite: invite.id,
      card: this.card.bytes,
      prekey: publicOf(seat),
      proof: proveJoin(invite.secret, group, seat.member, this.person),
    };
  }
  /** Removes a person as this one knows them. */
  remove(other: Person, cut: readonly { readonly chain: ChainId; readonly count: number }[] = []): SignedOp {
    return this.act(removal(this.view, other.person, cut));
  }

  /** Starts a new chain; the distribution as it was signed. */
  async rotate(): Promise<Uint8Array> {
    this.state = (await rotate(this.state, this.context)).state;
    return this.distribution;
  }
  get chain(): ChainId {
    return this.state.send?.chain as ChainId;
  }
  get distribution(): Uint8Array {
    return this.state.sent.get(this.chain)?.distribution as Uint8Array;
  }
  /** Follows a chain. */
  async follow(distribution: Uint8Array, box?: Uint8Array): Promise<ChainOpened> {
    const opened = await openDistribution(this.state, await readWhole(distribution, box), this.context);
    if (opened.kind === "chain") this.state = opened.state;
    return opened;
  }
  say(content: string | Uint8Array = "hello", nonce = this.random(16)): SealedMessage {
    const bytes = typeof content === "string" ? utf8(content) : content;
    const sealed = sealMessage(this.state, { nonce, content: bytes }, [], this.context);
    this.state = sealed.state;
    return sealed;
  }
  hear(chain: ChainId, index: number, frame: Uint8Array): MessageOpened {
    const opened = openMessage(this.state, chain, index, frame, this.now);
    if (opened.kind === "message") this.state = opened.state;
    return opened;
  }
}

export interface Invite {
  readonly id: OpId;
  readonly secret: Uint8Array;
}

export const inviteBody = (secret: Uint8Array, random: Random): Extract<OpBody, { kind: "invite" }> => ({
  kind: "invite",
  key: signingPair(secret).public,
  hail: random(32),
  role: "member",
  uses: 100,
  expires: NOW + HOUR,
  approval: false,
  history: "none",
});

export const publicOf = (seat: Seat): { number: number; key: Uint8Array } => {
  const { number, key } = seat.prekeys[0] as OwnPrekey;
  return { number, key };
};

export const removal = (
  view: View,
  person: PersonId,
  cut: readonly { readonly chain: ChainId; readonly count: number }[] = [],
): OpBody => ({
  kind: "remove",
  person,
  members: [...view.members.values()].filter((one) => one.person === person).map((one) => one.member),
  invites: [...view.invites.values()].filter((one) => one.card?.person === person).map((one) => one.invite),
  cut,
});

/** What stands for the word of a person's root key until it is known where the operation goes. */
export const UNPROVED = new Uint8Array(64);

/** A graph of operations in any order; what is refused or lacks parents is left out. */
export const graphOf = (ops: readonly SignedOp[]): Dag => {
  const dag = new Dag();
  const open = new Set(ops);
  for (let progress = true; progress;) {
    progress = false;
    for (const op of open) {
      const verdict = admit(dag, op);
      if (verdict === "waiting") continue;
      open.delete(op);
      progress = true;
    }
  }
  return dag;
};

export const viewOf = (ops: readonly SignedOp[]): View => resolve(graphOf(ops)) as View;

/** Makes admins of the named, one after the other; where it takes a second admin, the newest one seconds. */
export const raise = (founder: Person, ...others: readonly Person[]): void => {
  for (const [i, one] of others.entries()) {
    const second = others[i - 1];
    if (second) {
      second.learn(founder.ops);
      second.act({ kind: "motion", line: one.line, to: "admin" });
      founder.learn(second.ops);
    }
    founder.act({ kind: "role", member: one.member, role: "admin" });
  }
};

/** Everybody learns what anybody knows. */
export const meet = (...people: readonly Person[]): void => {
  const all = new Map(people.flatMap((one) => one.ops.map((op) => [op.id, op] as const)));
  for (const one of people) one.learn([...all.values()]);
};

/** A group of the named, all of one view; the first made it. Names are seeds: the same names give the same bytes. */
export const room = (names: readonly string[], policy: Partial<Policy> = {}): readonly Person[] => {
  const [founder, ...others] = names.map((name) => new Person(name)) as [Person, ...Person[]];
  founder.found(policy);
  const invite = founder.invite({ uses: Math.max(100, names.length) });
  for (const one of others) {
    one.join(invite, founder.ops);
    meet(founder, one);
  }
  meet(founder, ...others);
  return [founder, ...others];
};

/** A group in which everybody follows a fresh chain of everybody. */
export const talkingRoom = async (names: readonly string[]): Promise<readonly Person[]> => {
  const people = room(names);
  for (const one of people) {
    const distribution = await one.rotate();
    for (const other of people) if (other !== one) await other.follow(distribution);
  }
  return people;
};

export const membersOf = (view: View): readonly string[] => [...view.members.keys()].sort();
