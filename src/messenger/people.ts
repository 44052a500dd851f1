/** The persons that this device has heard of: cards by presence, by invites and by groups. Names are what they say. */
import type { ShapeOf } from "../protocol/codec.ts";
import { bool, bytesUpTo, equalBytes, hex, struct, uint } from "../protocol/codec.ts";
import { listOf } from "../protocol/deviceHistory.ts";
import type { DeviceList } from "../protocol/devices.ts";
import type { Card } from "../protocol/identity.ts";
import { readCard } from "../protocol/identity.ts";
import { inPieces } from "../protocol/inPieces.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import { MAX_DEVICES } from "../protocol/limits.ts";
import { sha256 } from "../protocol/primitives.ts";
import type { Change } from "../store/record.ts";
import { del, put } from "../store/record.ts";
import { DeviceBook } from "./deviceBook.ts";
import { Here } from "./here.ts";
import type { Listing } from "./presenceFrame.ts";
import { readPresence, unsealPresence } from "./presenceFrame.ts";
import { holdsFor } from "./presencePace.ts";
import type { Store } from "../store/store.ts";
import type { DeviceId, GroupId, Millis, Pause, PersonId, PersonView } from "../types.ts";
import { TrustBook } from "./trustBook.ts";
import type { Venue } from "./venue.ts";

/** A caucus stays listed for so long after who listed it should have shown itself again. */
const LISTED = 450_000;
/** Two devices of a person show themselves at different times, by clocks of their own. */
const APART = 1_200_000;
/** Persons remembered; the longest unheard go first. */
const MAX_PEOPLE = 5000;

export interface Contact {
  readonly card: Card;
  readonly heardAt: Millis;
  /** The sender's own clock, so that an old frame played again makes nobody seem present. */
  readonly shownAt: Millis;
  readonly blocked: boolean;
}

const record = struct({ card: bytesUpTo(4096), heardAt: uint(), shownAt: uint(), blocked: bool });

/** The cards that are kept, for another device of the same person. */
export const readContacts = async (
  store: Store,
): Promise<readonly { readonly card: Uint8Array; readonly blocked: boolean }[]> => {
  const out: { readonly card: Uint8Array; readonly blocked: boolean }[] = [];
  for await (const { value } of store.range({ space: "contact" })) {
    const read = record.from(value);
    if (read) out.push({ card: read.card, blocked: read.blocked });
  }
  return withVerdicts(() => out.filter(({ card }) => readCard(card) !== undefined));
};

/** Who was heard, on which device. */
interface Heard {
  readonly person: PersonId;
  readonly device: DeviceId;
  readonly changes: readonly Change[];
}

export class People {
  readonly here = new Here();
  readonly trust = new TrustBook();
  readonly devices = new DeviceBook();
  /** This one, which others may tell of. */
  ownDevice: () => DeviceId | undefined = () => undefined;
  /** Others whose name looks like a person's. */
  alike: (person: PersonId) => readonly PersonId[] = () => [];
  /** Told of each card that is kept, and of each that is forgotten. */
  onCard: (person: PersonId, card: Card | undefined) => void = () => {};
  readonly #contacts = new Map<PersonId, Contact>();
  readonly #listings = new Map<GroupId, Listing & { readonly until: Millis }>();
  readonly #now: () => Millis;
  /** By hash of the known card's bytes. */
  readonly #cards = new Map<string, PersonId>();
  /** Of persons with several devices: the card that each has shown since this process began. */
  readonly #shown = new Map<PersonId, Map<DeviceId, Card>>();

  constructor(now: () => Millis) {
    this.#now = now;
  }

  async load(store: Store, pause?: Pause): Promise<void> {
    await this.trust.load(store);
    await this.devices.load(store, pause);
    const records: ShapeOf<typeof record>[] = [];
    for await (const { value } of store.range({ space: "contact" })) {
      const read = record.from(value);
      if (read) records.push(read);
    }
    const cards = await inPieces(records, (one) => readCard(one.card), pause);
    for (const [at, card] of cards.entries())
      if (card) this.#put(card.person, { ...(records[at] as ShapeOf<typeof record>), card });
  }

  /** Everybody whose card is known. */
  all(): Iterable<readonly [PersonId, Contact]> {
    return this.#contacts;
  }
  get(person: PersonId): Contact | undefined {
    return this.#contacts.get(person);
  }
  /** Cards of the devices of a person that have been heard, of one who has several. */
  shownBy(person: PersonId): readonly Card[] {
    return [...(this.#shown.get(person)?.values() ?? [])].filter((card) => !this.devices.revoked(card));
  }
  #show(card: Card): void {
    if (card.devices.devices.length < 2) return;
    const cards = this.#shown.get(card.person) ?? new Map<DeviceId, Card>();
    if (cards.size >= MAX_DEVICES && !cards.has(card.device)) return;
    this.#shown.set(card.person, cards.set(card.device, card));
  }

  /** The blocked, then those heard last, as another device of this person is given them. */
  newest(most: number): readonly { readonly card: Uint8Array; readonly blocked: boolean }[] {
    return [...this.#contacts.values()]
      .sort((a, b) => Number(b.blocked) - Number(a.blocked) || b.heardAt - a.heardAt)
      .slice(0, most)
      .map(({ card, blocked }) => ({ card: card.bytes, blocked }));
  }
  blocked(person: PersonId): boolean {
    return this.#contacts.get(person)?.blocked === true;
  }
  /**
   * Whether this card says more than what is known of its person: then it is worth a write. The list of devices goes before
   * the time, which is each device's own: whoever has moved is found on the new one, however its clock is set.
   */
  newer(card: Card): boolean {
    const known = this.#contacts.get(card.person)?.card;
    if (this.devices.revoked(card)) return false;
    if (!known || this.devices.revoked(known)) return true;
    const apart = card.devices.version - known.devices.version;
    return apart > 0 || (apart === 0 && card.issuedAt > known.issuedAt);
  }

  /** Takes a card; the changes store it. Older cards than the known one, and those of revoked devices, change nothing. */
  learn(card: Card): readonly Change[] {
    const lists = this.learnList(card.list, card.devices);
    return this.newer(card) ? [...lists, ...this.#put(card.person, { ...this.#base(card), card })] : lists;
  }

  /** Takes a device list that its person signed into account, if it says more than what is known. */
  learnList(list: Uint8Array, devices: DeviceList): readonly Change[] {
    const known = this.#contacts.get(devices.person)?.card;
    const seen = known && !equalBytes(known.list, list) ? this.trust.see(listOf({ devices, list }), known) : [];
    return [...this.devices.learnOpened(list, devices), ...seen];
  }

  block(person: PersonId): readonly Change[] {
    const known = this.#contacts.get(person);
    return known ? this.#put(person, { ...known, blocked: true }) : [];
  }

  #base(card: Card): Contact {
    return this.#contacts.get(card.person) ?? { card, heardAt: 0, shownAt: 0, blocked: false };
  }

  #put(person: PersonId, contact: Contact): readonly Change[] {
    const changes: Change[] = [];
    if (!this.#contacts.has(person) && this.#contacts.size >= MAX_PEOPLE) {
      const [oldest] = [...this.#contacts]
        .filter(([person, one]) => !one.blocked && !this.trust.get(person)?.check)
        .sort(([, a], [, b]) => a.heardAt - b.heardAt);
      if (oldest) {
        this.#contacts.delete(oldest[0]);
        changes.push(del({ space: "contact", person: oldest[0] }), ...this.trust.forget(oldest[0]));
        this.onCard(oldest[0], undefined);
        this.#cards.delete(hex(sha256(oldest[1].card.bytes)));
      }
    }
    const before = this.#contacts.get(person)?.card;
    if (before !== contact.card) {
      if (before) this.#cards.delete(hex(sha256(before.bytes)));
      this.#cards.set(hex(sha256(contact.card.bytes)), person);
      this.onCard(person, contact.card);
      if (before?.name !== contact.card.name && this.trust.get(person)?.check) this.trust.changed.add(person);
    }
    this.#contacts.set(person, contact);
    const { card, heardAt, shownAt, blocked } = contact;
    return [...changes, put({ space: "contact", person }, record.to({ card: card.bytes, heardAt, shownAt, blocked }))];
  }

  /** Heard in this run, and not gone since as far as is known. */
  online(person: PersonId): boolean {
    return this.here.online(person, this.#now());
  }

  views(self: PersonId): readonly PersonView[] {
    return [...this.#contacts.keys()]
      .filter((person) => person !== self)
      .map((person) => this.view(person) as PersonView);
  }

  view(person: PersonId): PersonView | undefined {
    const contact = this.#contacts.get(person);
    if (!contact) return undefined;
    const { name, flag, delegation, guest } = contact.card;
    const online = this.online(person);
    const path = online ? "mesh" : "none";
    const { heardAt, blocked } = contact;
    const lastHeard = heardAt > 0 ? { lastHeard: heardAt } : {};
    const check = this.trust.get(person)?.check;
    return {
      person,
      name,
      flag,
      delegation,
      ...this.trust.standing(person, { devices: this.#devices(contact.card), used: [contact.card.device], guest }),
      ...(check && { checkedAt: check.at, checkedBy: check.by, ...(check.name !== name && { knownAs: check.name }) }),
      looksLike: this.alike(person),
      online,
      path,
      blocked,
      guest,
      ...lastHeard,
    };
  }

  /** All devices that a person is known to have. */
  #devices({ person, device }: Card): readonly DeviceId[] {
    return [...(this.trust.get(person)?.history.devices ?? []), device];
  }

  listings(): readonly Listing[] {
    return [...this.#listings.values()].filter((one) => one.until > this.#now());
  }

  /**
   * A presence frame of somebody else, which the neighbour that told it heard `age` ago, or which gossip brought;
   * `undefined` when it is none, or an old one.
   */
  async hear(frame: Uint8Array, venue: Venue, age?: Millis): Promise<Heard | undefined> {
    const plain = unsealPresence(frame, venue);
    if (!plain) return undefined;
    const { body, card } = await withVerdicts(() => {
      const said = readPresence(plain);
      return { body: said, card: said && (this.#same(said.card) ?? readCard(said.card)) };
    });
    if (!body || !card || card.device !== body.device || card.device === this.ownDevice()) return undefined;
    const lists = this.learnList(card.list, card.devices);
    if (this.devices.revoked(card)) return undefined;
    this.#show(card);
    const { person, device } = card;
    const [now, known] = [this.#now(), this.#contacts.get(person)];
    const before = this.here.at(device);
    // What was heard before this run is known by person alone.
    const apart = card.devices.devices.length > 1 ? APART : 0;
    const fresh = body.at > (before ?? (known ? known.shownAt - apart : -1));
    // The last that this device heard before it began anew: it counts from then on, whoever brings it once more.
    const again = !fresh && before === undefined && body.at === known?.shownAt;
    const came = again ? Math.min(now, known?.heardAt ?? now) : now;
    const heardAt = Math.min(came, now - (age ?? 0));
    if (fresh || again || before === body.at)
      this.here.hear({ person, device, at: body.at, next: body.next, frame }, came, came - heardAt);
    // An old frame says nothing of who is here; a list in it may be news all the same.
    // What a neighbour's answer has brought before gossip did is no news here, but to those who are told by gossip.
    const goesOn = age === undefined && this.here.gossiped(device, body.at);
    if (!fresh && !again) return lists.length > 0 || goesOn ? { person, device, changes: lists } : undefined;
    const listed = heardAt + holdsFor(body.next) + LISTED;
    if (!known?.blocked) for (const one of body.listings) this.#list(one, listed);
    const newest = known && !this.newer(card) ? known.card : card;
    const shownAt = Math.max(known?.shownAt ?? 0, body.at);
    const contact = {
      card: newest,
      heardAt: Math.max(known?.heardAt ?? 0, heardAt),
      shownAt,
      blocked: known?.blocked ?? false,
    };
    return { person, device, changes: [...lists, ...this.#put(person, contact)] };
  }

  /** Most cards come again and again: their signatures need no second look. */
  #same(raw: Uint8Array): Card | undefined {
    const known = this.#cards.get(hex(sha256(raw)));
    return known && this.#contacts.get(known)?.card;
  }

  #list(one: Listing, until: Millis): void {
    if (this.#listings.size >= 500 && !this.#listings.has(one.caucus)) return;
    this.#listings.set(one.caucus, { ...one, until });
  }
}
