/** The lists of devices that this device has seen, of every person who has more than a first one. */
import type { Card } from "../protocol/identity.ts";
import type { DeviceList, KnownDevices } from "../protocol/devices.ts";
import { deviceLists, learnList } from "../protocol/devices.ts";
import type { ShapeOf } from "../protocol/codec.ts";
import { bytesUpTo, id, list, struct } from "../protocol/codec.ts";
import { inPieces } from "../protocol/inPieces.ts";
import { MAX_LIST_BYTES } from "../protocol/limits.ts";
import type { Change } from "../store/record.ts";
import { put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { DeviceId, Pause, PersonId } from "../types.ts";

/** Persons whose lists are remembered; strangers make persons for nothing, so the first come stay. */
const MAX_PERSONS = 5000;
const PREFIX = "devices ";

const record = struct({ list: bytesUpTo(MAX_LIST_BYTES), revoked: list(id<DeviceId>(32), 64) });

export class DeviceBook {
  readonly #known = new Map<PersonId, KnownDevices>();
  /** Persons whose lists contradict each other: told once. */
  readonly #forked = new Set<PersonId>();
  /** Told of such a person. */
  onFork: (person: PersonId) => void = () => {};

  async load(store: Store, pause?: Pause): Promise<void> {
    const records: ShapeOf<typeof record>[] = [];
    for await (const { key, value } of store.range({ space: "profile" })) {
      const read = key.name.startsWith(PREFIX) ? record.from(value) : undefined;
      if (read) records.push(read);
    }
    const bodies = await inPieces(records, ({ list }) => deviceLists.open(list)?.body, pause);
    for (const [at, body] of bodies.entries()) {
      const { list, revoked } = records[at] as ShapeOf<typeof record>;
      if (body) this.#known.set(body.person, { list, body, revoked: new Set(revoked) });
    }
  }

  get(person: PersonId): KnownDevices | undefined {
    return this.#known.get(person);
  }
  revoked({ person, device }: Pick<Card, "person" | "device">): boolean {
    return this.#known.get(person)?.revoked.has(device) === true;
  }

  /** Whether two lists that were seen since this process began contradict each other. */
  forked(person: PersonId): boolean {
    return this.#forked.has(person);
  }

  /** Takes a list of this person; the changes store it. */
  learn(person: PersonId, raw: Uint8Array): readonly Change[] {
    const body = deviceLists.open(raw)?.body;
    return body?.person === person ? this.#take(raw, body) : [];
  }

  /**
   * The same of a list that came with a card or an operation, and was opened there. A first one that nothing is known beside
   * says nothing that the card does not.
   */
  learnOpened(raw: Uint8Array, body: DeviceList): readonly Change[] {
    return body.version > 1 || this.#known.has(body.person) ? this.#take(raw, body) : [];
  }

  #take(raw: Uint8Array, body: DeviceList): readonly Change[] {
    const { person } = body;
    const before = this.#known.get(person);
    if (!before && this.#known.size >= MAX_PERSONS) return [];
    const learned = learnList(before, raw, body);
    if (!learned) return [];
    if (learned.fork && !this.#forked.has(person)) {
      this.#forked.add(person);
      this.onFork(person);
    }
    if (!learned.news) return [];
    const { known } = learned;
    this.#known.set(person, known);
    const value = record.to({ list: known.list, revoked: [...known.revoked] });
    return [put({ space: "profile", name: `${PREFIX}${person}` }, value)];
  }
}
