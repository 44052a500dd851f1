/**
 * Seats of this person's devices in their caucuses. A device that is in says so, one that is not asks it for a seat and
 * proves its own consent, the first seats it (operation 10) and hands over the operations. Who leaves, leaves with all
 * devices.
 */
import { id, struct } from "../../protocol/codec.ts";
import { Dag } from "../../protocol/dag.ts";
import type { GroupState, Seat } from "../../protocol/group.ts";
import { act, addOps, fromOps, isMember, newSeat } from "../../protocol/group.ts";
import type { Card } from "../../protocol/identity.ts";
import { MAX_OPS, MAX_OWN_PLACES } from "../../protocol/limits.ts";
import { deviceProved, proveDevice } from "../../protocol/membership.ts";
import type { Own, OwnPlace } from "../../protocol/own.ts";
import { admitAll, readProved } from "../../protocol/proving.ts";
import { chunked } from "../../protocol/sending.ts";
import { put } from "../../store/record.ts";
import type { GroupId, MemberId, Millis } from "../../types.ts";
import { caucusView } from "../caucuses.ts";
import { leaveGroup } from "../changes.ts";
import { freshChain } from "../chains.ts";
import { isOwnGroup } from "../own.ts";
import { seatShape } from "../parts.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";

type OfKind<K extends Own["kind"]> = Extract<Own, { readonly kind: K }>;

/** Between two announcements, and between two requests for one seat: so long at first, doubled up to the longest. */
const FIRST_WAIT: Millis = 20_000;
const LONGEST_WAIT: Millis = 3_600_000;
const PATIENCE: Millis = 4 * FIRST_WAIT;
/** Operations of one group are handed over so often. */
const HAND_AGAIN: Millis = 60_000;

interface Wanted {
  readonly author: MemberId;
  readonly seat: Seat;
  readonly next: Millis;
  readonly wait: Millis;
}

const PREFIX = "seat ";
const recordKey = (group: GroupId) => ({ space: "profile", name: `${PREFIX}${group}` }) as const;
const record = struct({ author: id<MemberId>(32), seat: seatShape });

const placeOf = ({ group, seat }: GroupState): OwnPlace => ({ group, member: seat.member });

/** This device has left, and the other has not heard of it yet: its seat is the one of then. */
const hasLeft = ({ view, seat }: GroupState, member: MemberId): boolean =>
  view.gone.get(seat.member)?.how === "left" && (view.members.has(member) || view.gone.has(member));

export class Places {
  readonly #session: Session;
  readonly #wanted = new Map<GroupId, Wanted>();
  /** Groups whose operations go to a device that has been seated, and when they went last. */
  readonly #hand = new Set<GroupId>();
  readonly #handed = new Map<GroupId, Millis>();
  readonly #parts = new Map<GroupId, { readonly parts: number; readonly ops: Map<number, readonly Uint8Array[]> }>();
  #announce: { readonly next: Millis; readonly wait: Millis } = { next: -Infinity, wait: FIRST_WAIT };

  private constructor(session: Session) {
    this.#session = session;
  }

  static async open(session: Session): Promise<Places> {
    const places = new Places(session);
    for await (const { key, value } of session.store.range({ space: "profile" })) {
      const read = key.name.startsWith(PREFIX) ? record.from(value) : undefined;
      if (read)
        places.#wanted.set(key.name.slice(PREFIX.length) as GroupId, { ...read, next: -Infinity, wait: FIRST_WAIT });
    }
    return places;
  }

  /** Caucuses that this device is in. */
  mine(): readonly OwnPlace[] {
    const out: OwnPlace[] = [];
    for (const [group, { state }] of this.#session.groups)
      if (!isOwnGroup(this.#session, group) && isMember(state)) out.push(placeOf(state));
    return out.slice(0, MAX_OWN_PLACES);
  }

  /** Caucuses that this device is in and another one of the list is not. */
  #lacking(siblings: readonly Card[]): readonly GroupState[] {
    const out: GroupState[] = [];
    for (const [group, { state }] of this.#session.groups) {
      if (isOwnGroup(this.#session, group) || !isMember(state)) continue;
      const seated = new Set([...state.view.members.values()].map(({ card }) => card.device));
      if (siblings.some(({ device }) => !seated.has(device))) out.push(state);
    }
    return out;
  }

  /** Caucuses that another device of this person has left since this one came in. */
  #left(): readonly GroupId[] {
    const out: GroupId[] = [];
    for (const [group, { state }] of this.#session.groups) {
      const mine = state.view.members.get(state.seat.member);
      if (isOwnGroup(this.#session, group) || !mine) continue;
      const before = state.dag.closure([mine.by]) ?? new Set<number>();
      const since = state.dag.all().some(({ op }, at) => {
        const goes = op.body.kind === "leave" && !before.has(at) && op.author !== state.seat.member;
        return goes && state.view.gone.get(op.author)?.person === mine.person;
      });
      if (since) out.push(group);
    }
    return out;
  }

  due(now: Millis, siblings: readonly Card[]): boolean {
    if (this.#hand.size > 0 || this.#left().length > 0) return true;
    if ([...this.#wanted.values()].some(({ next }) => next <= now)) return true;
    return this.#announce.next <= now && this.#lacking(siblings).length > 0;
  }

  /** Somebody has come, or a caucus has: it is said soon. */
  hurry(): void {
    this.#announce = { next: -Infinity, wait: FIRST_WAIT };
  }

  /** What is to be said now. */
  async speak(step: Step, siblings: readonly Card[]): Promise<readonly Own[]> {
    for (const group of this.#left()) await leaveGroup(step, group);
    const out: Own[] = [];
    const lacking = this.#lacking(siblings);
    if (this.#announce.next <= step.now && lacking.length > 0) {
      const { wait } = this.#announce;
      this.#announce = { next: step.now + wait, wait: Math.min(LONGEST_WAIT, wait * 2) };
      out.push({ kind: "places", places: lacking.map(placeOf).slice(0, MAX_OWN_PLACES) });
    }
    for (const [group, wanted] of this.#wanted) {
      if (wanted.next > step.now) continue;
      const { author, seat, wait } = wanted;
      this.#wanted.set(group, { ...wanted, next: step.now + wait, wait: Math.min(LONGEST_WAIT, wait * 2) });
      const { number, key } = seat.prekeys[0] as { number: number; key: Uint8Array };
      const proof = proveDevice(seat.secret, group, author);
      out.push({ kind: "ask", group, author, member: seat.member, prekey: { number, key }, proof });
    }
    for (const group of this.#hand) {
      this.#hand.delete(group);
      const state = step.held(group)?.state;
      if (!state || !isMember(state)) continue;
      const lists = chunked(state.dag.all()).slice(0, 64);
      for (const [part, ops] of lists.entries()) out.push({ kind: "seated", group, ops, part, parts: lists.length });
    }
    return out;
  }

  /** Another device says where it is: this one asks to come in where it is not. */
  takePlaces(step: Step, places: readonly OwnPlace[]): void {
    const { session } = step;
    // What is asked for by this frame counts only once it is on disk.
    let room = MAX_OWN_PLACES - this.#wanted.size;
    for (const { group, member } of places) {
      const held = step.held(group);
      if (isOwnGroup(session, group) || (held && isMember(held.state))) continue;
      if (held && hasLeft(held.state, member)) continue;
      const known = this.#wanted.get(group);
      // Whoever was asked first has some time to answer.
      if (known && (known.author === member || known.wait <= PATIENCE)) continue;
      if (!known && room-- <= 0) continue;
      const seat = known?.seat ?? newSeat(step.context.random);
      step.write(put(recordKey(group), record.to({ author: member, seat })));
      step.after(() => this.#wanted.set(group, { author: member, seat, next: -Infinity, wait: FIRST_WAIT }));
    }
  }

  /** Another device asks to come in where this one is. */
  async takeAsk(step: Step, from: Card, ask: OfKind<"ask">): Promise<boolean> {
    const { group, author, member, prekey, proof } = ask;
    const state = step.held(group)?.state;
    if (!state || isOwnGroup(step.session, group) || author !== state.seat.member || !isMember(state)) return false;
    if (!deviceProved(proof, member, group, author)) return false;
    if (!state.view.members.has(member)) {
      // One seat a device: of two requests the first counts.
      if ([...state.view.members.values()].some(({ card }) => card.device === from.device)) return false;
      const done = act(state, { kind: "device", member, card: from.bytes, prekey, proof }, step.now);
      if (!done) return false;
      step.hold(done.state);
      await freshChain(step, group);
      step.after(() => this.#session.events.emit("caucus", caucusView(this.#session, group) as never));
    } else if (step.now - (this.#handed.get(group) ?? -Infinity) < HAND_AGAIN) return false;
    step.after(() => {
      this.#handed.set(group, step.now);
      this.#hand.add(group);
    });
    return true;
  }

  /** The operations of a caucus that this device was seated in. */
  async takeSeated(step: Step, { group, ops, part, parts }: OfKind<"seated">): Promise<void> {
    const wanted = this.#wanted.get(group);
    const before = step.held(group);
    if (!wanted || (before && isMember(before.state))) return;
    const known = this.#parts.get(group);
    const all = known?.parts === parts ? known : { parts, ops: new Map<number, readonly Uint8Array[]>() };
    all.ops.set(part, ops);
    this.#parts.set(group, all);
    const whole = Array.from({ length: parts }, (_, i) => all.ops.get(i));
    if (whole.some((one) => one === undefined)) return;
    this.#parts.delete(group);
    const raw = whole.flat().slice(0, MAX_OPS) as readonly Uint8Array[];
    const dag = new Dag();
    const signed = before
      ? await readProved(raw, { dag: before.state.dag, pause: step.context.pause })
      : await admitAll(dag, raw, step.context.pause);
    const base = before ? addOps({ ...before.state, seat: wanted.seat }, signed).state : fromOps(dag, wanted.seat);
    if (base?.group !== group || !isMember(base)) return;
    const { send: _ended, ...state } = base;
    await step.session.groupTags.prepare(state, step.now, step.context.pause);
    step.hold({ ...state, acked: new Map() });
    for (const { card } of state.view.members.values()) step.write(...step.session.people.learn(card));
    step.erase(recordKey(group));
    step.after(() => {
      this.#wanted.delete(group);
      const view = caucusView(this.#session, group);
      if (view) this.#session.events.emit("caucus", view);
    });
    await freshChain(step, group);
  }
}
