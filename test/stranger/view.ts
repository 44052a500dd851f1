/** The view of a group: who is in, by what invites others may come, SPEC.md §7 ("does"). */
import { readCard, readDevices, type Card, type Prekey } from "./identity.ts";
import { isKind, type Operation, type OperationOf, type Policy, type Role } from "./operations.ts";

/** A member: one device of a person. */
export interface Seat {
  readonly member: string;
  readonly person: string;
  readonly card: Card;
  readonly prekey: Prekey;
  readonly role: Role;
  /** The seat that began its line of DEVICEs. */
  readonly line: string;
}

/** One that was opened. `closed` are the operations that withdrew it, `taken` the keys that have a place by it. */
export interface Invite {
  readonly operation: OperationOf<"invite">;
  readonly card: Card | null;
  readonly closed: readonly Operation[];
  readonly taken: ReadonlySet<string>;
  readonly admitted: ReadonlySet<string>;
}

interface Motion {
  readonly id: string;
  readonly seat: string;
  readonly by: string;
  readonly line: string;
  readonly to: "out" | Role;
  readonly at: number;
}

/** How somebody went: by the earliest and the latest of what dismissed them, and how far their chains count. */
export interface Gone {
  readonly how: "removed" | "left";
  readonly since: number;
  readonly at: number;
  readonly cut: ReadonlyMap<string, number>;
}

const RETAIN = 80 * 3_600_000;
const MOTION_LIFE = 72 * 3_600_000;
const cards = new WeakMap<Uint8Array, Card>();

/** A card of an operation that was read. @throws Refused if it is not good. */
export const cardOf = (bytes: Uint8Array): Card => {
  const card = cards.get(bytes) ?? readCard(bytes);
  cards.set(bytes, card);
  return card;
};

export const isOpen = ({ operation, closed, taken }: Invite): boolean =>
  closed.length === 0 && taken.size < operation.body.uses;

/** How an operation changes a view; a copy, for views are kept. */
export class View {
  policy: Policy | undefined;
  readonly seats: Map<string, Seat>;
  /** Everybody who ever was in. */
  readonly ever: Map<string, Seat>;
  readonly invites: Map<string, Invite>;
  readonly gone: Map<string, Gone>;
  motions: readonly Motion[];
  /** Motions that were seconded, or ended. */
  readonly spent = new Set<string>();
  /** Seats that left, or that an UNSEAT of another line dismissed. */
  readonly away = new Set<string>();
  /** Person and device, of devices that were revoked here, and what did so first. */
  readonly revoked: Map<string, Operation>;

  constructor(from?: View) {
    this.policy = from?.policy;
    this.seats = new Map(from?.seats);
    this.ever = new Map(from?.ever);
    this.invites = new Map(from?.invites);
    this.gone = new Map(from?.gone);
    this.motions = from?.motions ?? [];
    this.revoked = new Map(from?.revoked);
  }

  /** Whether a member acts as an admin: everybody does while there is none. */
  acts(member: string): boolean {
    const seat = this.seats.get(member);
    return seat !== undefined && (seat.role === "admin" || !this.#hasAdmin());
  }

  /** The persons who act as admins. */
  admins(): ReadonlySet<string> {
    return new Set([...this.seats.values()].filter(({ member }) => this.acts(member)).map(({ person }) => person));
  }

  personOf(member: string): string | undefined {
    return this.seats.get(member)?.person;
  }

  isRevoked({ person, device }: Card): boolean {
    return this.revoked.has(`${person} ${device}`);
  }

  openCards(): readonly Card[] {
    return [...this.invites.values()].filter(isOpen).flatMap(({ card }) => card ?? []);
  }

  /** The motions of other persons for what the operation does to a line. */
  secondsFor(op: Operation, line: string, to: "out" | Role): readonly string[] {
    const own = this.personOf(op.author);
    const stands = (each: Motion): boolean => each.line === line && each.to === to && each.by !== own;
    const standing = this.motions.filter((each) => stands(each) && op.at - each.at <= MOTION_LIFE);
    return standing.filter(({ seat }) => this.acts(seat)).map(({ id }) => id);
  }

  secondsOf(op: Operation, { lines, to }: { lines: Iterable<string>; to: "out" | Role }): readonly string[] {
    return [...lines].flatMap((line) => this.secondsFor(op, line, to));
  }

  isInLine(line: string): boolean {
    return [...this.seats.values()].some((seat) => seat.line === line);
  }

  /** A key has a place by an invite. */
  take(invite: string, member: string): void {
    this.#change(invite, ({ taken }) => ({ taken: new Set([...taken, member]) }));
  }

  apply(op: Operation): void {
    if (isKind(op, "create")) {
      this.policy = op.body.policy;
      this.#seat(op.author, op.body, { role: "admin", line: op.author });
    } else if (isKind(op, "invite")) {
      const card = op.body.card === null ? null : cardOf(op.body.card);
      const by = card === null ? undefined : this.revoked.get(`${card.person} ${card.device}`);
      const closed = by === undefined ? [] : [by];
      this.invites.set(op.id, { operation: op, card, closed, taken: new Set(), admitted: new Set() });
    } else if (isKind(op, "admit")) {
      const pair = `${op.body.member} ${op.body.person}`;
      this.#change(op.body.invite, ({ admitted }) => ({ admitted: new Set([...admitted, pair]) }));
    } else if (isKind(op, "leave")) {
      if (this.seats.has(op.author)) this.away.add(op.author);
      this.#dismiss(op, [op.author]);
    } else if (isKind(op, "revoke")) this.#close(op, (id) => id === op.body.invite);
    else if (isKind(op, "remove", "unseat")) this.#remove(op);
    else if (isKind(op, "role")) this.give(op);
    else if (isKind(op, "policy")) {
      this.policy = op.body.policy;
      const refused = (card: Card | null): boolean => op.body.policy.guests === "refuse" && card?.guest === true;
      this.#close(op, (_, { card }) => refused(card));
    } else if (isKind(op, "device")) {
      const { role, line } = this.ever.get(op.author)!;
      this.#seat(op.body.member, op.body, { role, line });
    } else if (isKind(op, "motion")) this.#move(op);
  }

  /** Seats who comes in, in that role. */
  join(op: OperationOf<"join">, role: Role): void {
    this.take(op.body.invite, op.author);
    this.#seat(op.author, op.body, { role, line: op.author });
  }

  /** Gives a role to a seat; where it weighed, to all of a line, also to who left. */
  give({ author, body: { member, role } }: OperationOf<"role">, whom?: Seat): void {
    const { line } = whom ?? this.ever.get(member)!;
    // What took nothing where it was signed takes nothing from another line.
    const none = whom === undefined && role === "member" && this.seats.get(author)?.line !== line;
    for (const seat of none ? [] : this.ever.values()) {
      if (seat.member !== member && !(whom && seat.line === line)) continue;
      this.ever.set(seat.member, { ...seat, role });
      if (this.seats.has(seat.member)) this.seats.set(seat.member, { ...seat, role });
    }
    this.motions = this.motions.filter((each) => each.line !== line || each.to !== role);
  }

  hasDevice(device: string): boolean {
    return this.seats.values().some(({ card }) => card.device === device);
  }

  #hasAdmin(): boolean {
    return this.seats.values().some(({ role }) => role === "admin");
  }

  #seat(
    member: string,
    { card: bytes, prekey }: { card: Uint8Array; prekey: Prekey },
    how: Pick<Seat, "role" | "line">,
  ): void {
    const card = cardOf(bytes);
    const seat = { member, person: card.person, card, prekey, ...how };
    this.seats.set(member, seat);
    this.ever.set(member, seat);
  }

  #change(id: string, how: (invite: Invite) => Partial<Invite>): void {
    const invite = this.invites.get(id);
    if (invite !== undefined) this.invites.set(id, { ...invite, ...how(invite) });
  }

  #close(op: Operation, which: (id: string, invite: Invite) => boolean): void {
    for (const [id, invite] of this.invites) {
      if (which(id, invite)) this.#change(id, ({ closed }) => ({ closed: [...closed, op] }));
    }
  }

  #dismiss(op: OperationOf<"remove"> | OperationOf<"leave"> | OperationOf<"unseat">, members: readonly string[]): void {
    const how = isKind(op, "leave") ? "left" : "removed";
    for (const member of members.filter((each) => this.ever.has(each))) {
      this.seats.delete(member);
      const before = this.gone.get(member);
      const cut = new Map(before?.cut);
      for (const { chain, count } of op.body.cut) cut.set(chain, Math.max(count, cut.get(chain) ?? 0));
      const [since, at] = [Math.min(op.at, before?.since ?? op.at), Math.max(op.at, before?.at ?? op.at)];
      this.gone.set(member, { how, since, at, cut });
    }
    this.motions = this.motions.filter(({ line }) => this.isInLine(line));
  }

  #remove(op: OperationOf<"remove"> | OperationOf<"unseat">): void {
    const { members } = op.body;
    const line = this.ever.get(op.author)?.line;
    if (isKind(op, "unseat"))
      for (const each of members) if (this.seats.has(each) && this.seats.get(each)?.line !== line) this.away.add(each);
    this.#dismiss(op, members);
    this.#close(op, (_, { operation }) => members.includes(operation.author));
    if (isKind(op, "remove")) this.#close(op, (id) => op.body.invites.includes(id));
    else {
      for (const each of revokedBy(op)) if (!this.revoked.has(each)) this.revoked.set(each, op);
      this.#close(op, (_, { card }) => card !== null && this.isRevoked(card));
    }
  }

  #move({ id, author, at, body: { line, to } }: OperationOf<"motion">): void {
    const by = this.personOf(author)!;
    const isSame = (each: Motion): boolean => each.seat === author && each.line === line && each.to === to;
    if (this.motions.some((each) => isSame(each) && each.at > at)) return;
    this.motions = [...this.motions.filter((each) => !isSame(each)), { id, seat: author, by, line, to, at }];
  }
}

/** Person and device, of devices that an UNSEAT revokes. */
export const revokedBy = ({ body }: OperationOf<"unseat">): readonly string[] => {
  const { person, revoked } = readDevices(body.devices).body;
  return (revoked ?? []).map((device) => `${person} ${device}`);
};

/** Whether what somebody said counts, who is gone or not (§8, Cut). */
export const counts = (gone: Gone | undefined, said: { chain: string; index: number; time: number }): boolean => {
  if (gone === undefined) return true;
  const count = gone.cut.get(said.chain);
  return count === undefined ? said.time < gone.at - RETAIN : said.index < count;
};
