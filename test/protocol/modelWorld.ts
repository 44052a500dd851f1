/**
 * Devices in one group that come apart and together, restart and are put back to what they were, without network or
 * disk; and what has to be true of them at every moment and in the end.
 */
import assert from "node:assert/strict";
import { alsoRead, counts, type Line } from "../../src/messenger/lines.ts";
import { changesOf, loadGroup, noMarks } from "../../src/messenger/parts.ts";
import { hex } from "../../src/protocol/codec.ts";
import { devicesOf, isMember } from "../../src/protocol/group.ts";
import type { SignedOp } from "../../src/protocol/membership.ts";
import { resolve } from "../../src/protocol/resolve.ts";
import { needsRotation } from "../../src/protocol/rotation.ts";
import { rotate } from "../../src/protocol/sending.ts";
import { toCbor } from "../../src/protocol/codec.ts";
import type { Store } from "../../src/store/store.ts";
import type { MemberId, OpId } from "../../src/types.ts";
import { anew, essence, union } from "./replicas.ts";
import { type Invite, meet, Person, removal, room, viewOf } from "./room.ts";
import { another, trySeat, unseat } from "./siblings.ts";

export const MOST = 12;

/** One thing that happens: the numbers are taken modulo whatever there is. */
export interface Happening {
  readonly verb: number;
  readonly who: number;
  readonly whom: number;
  readonly n: number;
}

interface Said {
  readonly by: MemberId;
  readonly distribution: Uint8Array;
  readonly frame: Uint8Array;
  readonly line: Line;
  readonly served: readonly string[];
}

/** As much of a disk as a group needs. */
type Disk = ReadonlyMap<string, { readonly key: unknown; readonly value: unknown }>;

const save = ({ state }: Person): Disk => {
  const out = new Map<string, { key: unknown; value: unknown }>();
  for (const change of changesOf(undefined, { state, marks: noMarks }, 0))
    if (change.type === "put")
      out.set(hex(toCbor(Object.values(change.key))), { key: change.key, value: change.value });
  return out;
};
const load = async (person: Person, disk: Disk): Promise<void> => {
  const store = {
    async *range({ space }: { readonly space: string }) {
      for (const one of disk.values()) if ((one.key as { readonly space: string }).space === space) yield one;
    },
  };
  const held = await loadGroup(store as unknown as Store, person.state.group);
  assert.ok(held, "a saved state loads");
  person.state = held.state;
};

/** In an order that follows from a number. */
const shuffled = <T>(all: readonly T[], n: number): T[] => {
  const out = [...all];
  for (let i = out.length - 1, a = n + 1; i > 0; i--) {
    a = (a * 48_271) % 2_147_483_647;
    const j = a % (i + 1);
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
};

export class ModelWorld {
  readonly people: Person[];
  readonly #island = new Map<Person, number>();
  readonly #disks = new Map<Person, Disk[]>();
  /** Seats whose device was put back: it may have forgotten keys that it had. */
  readonly #rolled = new Set<MemberId>();
  readonly #said: Said[] = [];
  readonly #opened = new Map<MemberId, Set<string>>();
  readonly #sealed = new Set<string>();
  readonly #invites = new Map<OpId, Invite>();
  readonly #views = new Map<string, string>();
  #newcomers = 0;

  constructor(size: number) {
    this.people = [...room(Array.from({ length: size }, (_, i) => `Device ${i}`))];
  }

  async happens({ verb, who, whom, n }: Happening): Promise<void> {
    const one = this.people[who % this.people.length] as Person;
    const other = this.people[whom % this.people.length] as Person;
    await this.#does(verb % 20, { one, other, n });
    this.#agrees(one);
    this.#agrees(other);
  }

  async #does(verb: number, { one, other, n }: { readonly one: Person; readonly other: Person; readonly n: number }) {
    const { view } = one;
    switch (verb) {
      case 0:
        if (one === other || !view.members.has(other.member)) return;
        if (one.tryAct(removal(view, other.person, this.#cut(one, other))))
          assert.ok(!one.view.members.has(other.member), "removed, and in");
        return;
      case 1:
        one.tryAct({ kind: "role", member: other.member, role: n % 3 ? "admin" : "member" });
        return;
      case 2:
        one.tryAct({ kind: "motion", line: other.line, to: (["out", "member", "admin"] as const)[n % 3] ?? "out" });
        return;
      case 3:
        one.tryAct({ kind: "rekey" });
        return;
      case 4:
        if (n % 4 === 0) one.tryAct({ kind: "leave", cut: this.#cut(one, one) });
        return;
      case 5:
        one.tryAct({
          kind: "policy",
          policy: { ...view.policy, invite: n % 2 ? "admins" : "members", guests: n % 3 ? "ask" : "refuse" },
        });
        return;
      case 6: {
        const invites = [...view.invites.keys()];
        const invite = invites[n % Math.max(1, invites.length)];
        if (invite) one.tryAct({ kind: "revoke", invite });
        return;
      }
      case 7:
        return this.#joins(one, n);
      case 8:
        return this.#returns(one, other, n);
      case 9:
        this.#island.set(one, n % 3);
        return;
      case 10:
        for (const person of this.people) this.#island.set(person, 0);
        return;
      case 11:
        return load(one, save(one));
      case 12:
        this.#disks.set(one, [...(this.#disks.get(one) ?? []).slice(-2), save(one)]);
        return;
      case 13: {
        const disks = this.#disks.get(one) ?? [];
        const disk = disks[n % Math.max(1, disks.length)];
        if (!disk) return;
        await load(one, disk);
        this.#rolled.add(one.member);
        return;
      }
      case 14:
        return this.#says(one);
      case 15:
        return this.#hears(one, n);
      case 16:
        return this.#links(one);
      case 17: {
        const lost = this.people.filter((sibling) => sibling !== one && sibling.person === one.person);
        const [device] = shuffled(lost, n);
        if (device) one.tryAct(unseat(one, [device], { cut: this.#cut(one, device) }));
        return;
      }
      default:
        if (this.#island.get(one) === this.#island.get(other)) this.#meets(one, other, n);
    }
  }

  /** What `by` has of somebody's chains, and says when they go. */
  #cut(by: Person, of: Person) {
    const { receive, sent, send } = by.state;
    const heard = [...receive.values()].filter(({ sender }) => sender === of.member);
    const own = by === of ? [...sent.keys()] : [];
    return [
      ...heard.map(({ chain, index }) => ({ chain, count: index })),
      ...own.map((chain) => ({ chain, count: chain === send?.chain ? send.index : 128 })),
    ].slice(-128);
  }

  #joins(host: Person, n: number): void {
    if (this.people.length >= MOST) return;
    const invite = this.#invite(host, n);
    if (!invite) return;
    const newcomer = new Person(`Newcomer ${this.#newcomers++}`);
    try {
      newcomer.join(invite, host.ops);
    } catch {
      // Used up meanwhile.
      return;
    }
    this.#island.set(newcomer, this.#island.get(host) ?? 0);
    this.people.push(newcomer);
  }

  /** Somebody who was put out comes back under a new key, by a new invite. */
  #returns(host: Person, other: Person, n: number): void {
    if (!host.view.gone.has(other.member) || isMember(other.state)) return;
    const invite = this.#invite(host, n);
    if (!invite) return;
    const before = other.state;
    try {
      other.join(invite, host.ops);
    } catch {
      other.state = before;
      return;
    }
    this.#disks.delete(other);
  }

  /** One more device of somebody's. */
  #links(one: Person): void {
    if (this.people.length >= MOST) return;
    const device = another(one, `Sibling ${this.#newcomers++}`);
    if (!trySeat(one, device)) return;
    this.#island.set(device, this.#island.get(one) ?? 0);
    this.people.push(device);
  }

  #invite(host: Person, n: number): Invite | undefined {
    // One that is open, as far as the host knows: others may be using it at the same time.
    const open = [...host.view.invites.keys()].flatMap((id) => this.#invites.get(id) ?? []);
    const known = open[n % Math.max(1, open.length)];
    if (known && n % 3 > 0) return known;
    try {
      const made = host.invite({ uses: 1 + (n % 2) });
      this.#invites.set(made.id, made);
      return made;
    } catch {
      return undefined;
    }
  }

  #meets(one: Person, other: Person, n: number): void {
    if (n % 4 === 0) meet(one, other);
    // Or some of it, in any order: the rest waits.
    else if (n % 4 < 3) other.learn(shuffled(one.ops, n));
    else other.learn(shuffled(one.ops, n).slice(0, n % 7));
  }

  #notes(frames: readonly Uint8Array[]): void {
    for (const frame of frames) {
      // A tag comes with its key: two frames of one tag and nonce would be two under one key and nonce.
      const place = hex(frame.subarray(3, 43));
      assert.ok(!this.#sealed.has(place), "a key and a nonce were used twice");
      this.#sealed.add(place);
    }
  }

  async #says(one: Person): Promise<void> {
    if (!isMember(one.state)) return;
    if (needsRotation(one.state, one.now)) {
      const turned = await rotate(one.state, one.context);
      this.#notes(turned.frames);
      one.state = turned.state;
    }
    const { send } = one.state;
    if (!send) return;
    assert.equal(send.view, one.view.view);
    one.now += 1;
    const { frame, message, placed, chain, audience, key } = one.say(`${this.#said.length}`);
    this.#notes([frame]);
    const place = { chain, index: placed.index, heads: send.heads, again: [] };
    const who = { author: one.member, person: one.person, audience, reached: [], read: [], key };
    const line: Line = {
      message,
      time: placed.time,
      content: placed.content,
      parents: placed.parents,
      ...place,
      ...who,
    };
    this.#said.push({ by: one.member, distribution: one.distribution, frame, line, served: send.served });
  }

  async #hears(one: Person, n: number): Promise<void> {
    for (const { distribution, frame, line, by } of shuffled(this.#said, n)) {
      if (by === one.member) continue;
      await one.follow(distribution);
      const heard = one.hear(line.chain, line.index, frame);
      assert.notEqual(heard.kind, "forged");
      if (heard.kind !== "message") continue;
      assert.equal(heard.received.message, line.message);
      const opened = this.#opened.get(one.member) ?? new Set<string>();
      this.#opened.set(one.member, opened.add(line.message));
    }
  }

  /** Whoever has the same operations has the same view, now and whenever else. */
  #agrees(one: Person): void {
    const known = one.ops
      .map(({ id }) => id)
      .sort()
      .join();
    for (const member of one.view.gone.keys()) assert.ok(!one.view.members.has(member), "gone, and in");
    const seen = JSON.stringify(essence(one.view));
    const before = this.#views.get(known);
    assert.ok(before === undefined || before === seen, `${before} is not ${seen}`);
    this.#views.set(known, seen);
  }

  /** All come together: everything that has to be true then. */
  async ends(n: number): Promise<void> {
    // Also what waits with somebody for what its author has lost.
    const waiting = this.people.flatMap(({ state }) => [...state.waiting].filter(([id]) => !state.dag.has(id)));
    const known = new Map([...waiting, ...union(...this.people).map((op) => [op.id, op] as const)]);
    const all: readonly SignedOp[] = [...known.values()];
    const expected = viewOf(shuffled(all, n));
    assert.deepEqual(essence(anew(all)), essence(expected));
    for (const [i, one] of this.people.entries()) {
      one.learn(shuffled(all, n + i));
      assert.deepEqual(essence(one.view), essence(expected));
      await this.#hears(one, n + i);
      await this.#hears(one, n);
    }
    for (const said of this.#said) this.#reached(said);
  }

  #reached({ by, line, served }: Said): void {
    const marks = new Set<string>();
    for (const one of this.people) {
      const opened = this.#opened.get(one.member)?.has(line.message) ?? false;
      const then = resolve(one.state.dag, line.heads);
      if (!then) {
        // Sealed for a view that its sender was put back behind before telling anybody of it.
        assert.ok(this.#rolled.has(by) && !opened, "a view that nobody knows");
        continue;
      }
      const others = devicesOf(then).flatMap(({ key }) => (key === by ? [] : [key]));
      assert.deepEqual([...served].sort(), others.sort(), "sealed for exactly the devices of the view");
      const accepted = counts(one.view, line);
      marks.add(JSON.stringify([accepted, alsoRead(one.state, line)]));
      if (opened) assert.ok(served.includes(one.member), "opened by a device that it was not for");
      // Of what counts nobody who was meant misses anything, but for keys that a device put back has lost.
      else
        assert.ok(!accepted || !served.includes(one.member) || this.#rolled.size > 0, "missed by one whom it was for");
    }
    assert.ok(marks.size <= 1, "accepted and marked alike by all");
  }
}
