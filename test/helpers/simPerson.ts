/** A person in a simulated venue: what they do with their messenger, in the product's words. */
import type { GrantOptions, InviteOptions, JoinResult, MessengerApi } from "../../src/messenger/api.ts";
import { exportIdentity, type KeyLock, openIdentity } from "../../src/messenger/identityFile.ts";
import { plantIdentity } from "../../src/messenger/identityPlanting.ts";
import { exchangeShape } from "../../src/protocol/exchange.ts";
import { sha256 } from "../../src/protocol/primitives.ts";
import type { VenueDescriptor } from "../../src/protocol/venue.ts";
import type { Store } from "../../src/store/store.ts";
import { unwrapKey, wrapKey } from "../../src/store/keyBox.ts";
import { del, put } from "../../src/store/record.ts";
import type { GroupId, MessageView, PersonId } from "../../src/types.ts";
import type { Auditor, Witness } from "./simAuditor.ts";
import { SimDisk } from "./simDisk.ts";
import { type Program, openDisk, startProgram } from "./simProgram.ts";
import type { SimNetwork } from "./simNetwork.ts";
import type { SimRandom } from "./simRandom.ts";

/** How a person is set up. */
export interface PersonOptions {
  readonly name: string;
  readonly network: SimNetwork;
  readonly random: SimRandom;
  readonly auditor: Auditor;
  /** Their clock is off by so much. */
  readonly skew?: number;
  /** Answers invitations by hand; else every one is accepted. */
  readonly asks?: boolean;
  /** Their app comes over plain http. */
  readonly guest?: boolean;
  /** Their app is one that makes no exchanges against a later quantum computer. */
  readonly old?: boolean;
  /** Their app is a page, which hears not all buckets. */
  readonly page?: boolean;
  /** The venue as they know it from the beginning. */
  readonly venue?: VenueDescriptor | undefined;
  /** Bytes of mail that their device keeps. */
  readonly carry?: number | undefined;
}

/** Where a program dies: before or after its so many-th write from now has reached the disk. */
export interface CrashPoint {
  readonly writes: number;
  readonly landed: boolean;
}

/** A lock that costs no second. */
const cheap: KeyLock = {
  wrap: (key, passphrase) => wrapKey(key, passphrase, { cost: { memoryKiB: 8, passes: 1, lanes: 1 } }),
  unwrap: unwrapKey,
};

/** What a messenger does on its own accord takes at most so long before a person gives up on it. */
const PATIENCE_MS = 600_000;

export class SimPerson implements Witness {
  readonly name: string;
  readonly #options: PersonOptions;
  #disk = new SimDisk();
  #program: Program | undefined;
  #starts = 0;
  #id: PersonId | undefined;

  constructor(options: PersonOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Who they are, once they have ever been up. */
  get id(): PersonId {
    if (this.#id === undefined) throw new Error(`${this.name} has never been up`);
    return this.#id;
  }

  /** Whether their program runs. */
  get up(): boolean {
    return this.#program !== undefined;
  }

  /** Their messenger. */
  get messenger(): MessengerApi {
    return this.#running.messenger;
  }

  get #running(): Program {
    if (this.#program === undefined) throw new Error(`${this.name}'s messenger is not up`);
    return this.#program;
  }

  /** Opens the messenger on what is on disk. */
  async starts(): Promise<void> {
    if (this.#program !== undefined) return;
    const {
      name,
      network,
      random,
      auditor,
      skew = 0,
      asks = false,
      guest = false,
      old = false,
      page = false,
      venue,
      carry,
    } = this.#options;
    const label = `${name} ${(this.#starts += 1)}`;
    this.#program = await network.clock.wait(
      startProgram({
        name,
        network,
        skew,
        asks,
        guest,
        old,
        page,
        venue,
        carry,
        random: random.fork(label),
        disk: this.#disk,
      }),
      PATIENCE_MS,
    );
    const { messenger } = this.#program;
    this.#id = messenger.person;
    auditor.observe(this, messenger);
    if (messenger.profile().name === "") await this.does(messenger.setProfile({ name, flag: "", delegation: "" }));
  }

  /** How many records lie in a space of their disk, by its number. */
  async keeps(space: number): Promise<number> {
    const range = { gte: Uint8Array.of(space), lt: Uint8Array.of(space + 1) };
    return (await this.does(this.#disk.keys(range).all())).length;
  }

  /** Their identity, to move to another device. */
  async backsUp(passphrase: string): Promise<Uint8Array> {
    const random = this.#options.random.fork("backup").bytes;
    return this.does(exportIdentity(this.#running.store, passphrase, { random, lock: cheap }));
  }

  /** Begins, before they have ever been up, as the person in a file. */
  async takesOver(file: Uint8Array, passphrase: string): Promise<void> {
    const { name, random } = this.#options;
    const store = await openDisk(name, this.#disk, random.fork("planting"));
    const moved = await openIdentity(file, passphrase, { random: random.fork("moved").bytes, lock: cheap });
    await plantIdentity(store, moved, random.fork("seats").bytes);
    this.#disk = await this.#disk.copy();
  }

  /** All that is on their disk now, for whoever copies it. */
  async copiesDisk(): Promise<Store> {
    const copy = await this.#running.disk.copy();
    return openDisk(this.name, copy, this.#options.random.fork(`copy ${this.#starts}`));
  }

  /** Ends the program, changes what is on its disk by other hands, and leaves it so. */
  async sleepsChanged(change: (store: Store) => Promise<void>): Promise<void> {
    await this.stops();
    await change(await openDisk(this.name, this.#disk, this.#options.random.fork("other hands")));
    this.#disk = await this.#disk.copy();
  }

  /** Runs on from the disk of another moment: a snapshot of the machine was restored. */
  async rollsBack(work: () => Promise<void>): Promise<void> {
    const before = await this.#running.disk.copy();
    await work();
    await this.crashes();
    this.#disk = before;
    await this.starts();
  }

  /** Closes the messenger in good order. */
  async stops(): Promise<void> {
    const program = this.#running;
    await this.does(program.messenger.close());
    await this.#buries(program);
  }

  /** Loses the messenger on the spot: nothing is closed, nothing more is written. */
  async crashes(): Promise<void> {
    await this.#buries(this.#running);
  }

  /** Does something and dies at a write on the way; false when the work was done before that write came. */
  async crashesDuring(point: CrashPoint, work: (messenger: MessengerApi) => Promise<unknown>): Promise<boolean> {
    const program = this.#running;
    let state: "working" | "done" | "dead" = "working";
    program.disk.arm({
      ...point,
      blown: () => {
        state = "dead";
        program.kill();
      },
    });
    const over = (): void => {
      if (state === "working") state = "done";
    };
    work(program.messenger).then(over, over);
    await this.#options.network.clock.until(() => state !== "working", PATIENCE_MS);
    program.disk.disarm();
    // The crash may have come in what follows the answer.
    const dead = (state as string) === "dead";
    if (dead) await this.#buries(program);
    return dead;
  }

  /** Ends the program, in good order or not, and opens it again on the same store. */
  async restarts(how: { readonly crash?: boolean } = {}): Promise<void> {
    if (this.up) await (how.crash === true ? this.crashes() : this.stops());
    await this.starts();
  }

  /** Their radio is off; the messenger runs on. */
  goesOffline(): void {
    this.#options.network.radio(this.name, false);
  }

  /** Their radio is on again. */
  comesOnline(): void {
    this.#options.network.radio(this.name, true);
  }

  /**
   * Loses, while their messenger is closed, what they share with others against a later quantum computer. `stale`: has
   * secrets instead that the others do not know, as from an old copy of the folder.
   */
  async losesExchanges(how: "gone" | "stale"): Promise<void> {
    const { name, random } = this.#options;
    const store = await openDisk(name, this.#disk, random.fork(`loss ${(this.#starts += 1)}`));
    for await (const { key, value } of store.range({ space: "profile" })) {
      const exchange = key.name.startsWith("exchange ") ? exchangeShape.from(value) : undefined;
      const secrets = exchange?.secrets.map(({ id, secret }) => ({
        id: sha256(id).slice(0, 8),
        secret: sha256(secret),
      }));
      if (how === "stale" && exchange && secrets)
        await store.commit([put(key, exchangeShape.to({ ...exchange, secrets }))]);
      else if (how === "gone" && /^(exchange |kem key$)/u.test(key.name)) await store.commit([del(key)]);
    }
    this.#disk = await this.#disk.copy();
  }

  /** Makes a caucus. */
  async creates(
    name: string,
    others: readonly SimPerson[] = [],
    options: { readonly open?: boolean } = {},
  ): Promise<GroupId> {
    const caucus = await this.does(
      this.messenger.createCaucus(name, { ...options, with: others.map((person) => person.id) }),
    );
    this.#options.auditor.created(caucus, this);
    return caucus;
  }

  /** The caucus of two with somebody. */
  async writesTo(other: SimPerson): Promise<GroupId> {
    const caucus = await this.does(this.messenger.direct(other.id));
    this.#options.auditor.caucuses.add(caucus);
    return caucus;
  }

  /** Sends a text. */
  async says(caucus: GroupId, text: string): Promise<MessageView> {
    this.#options.auditor.saying(this, caucus, text);
    const message = await this.does(this.messenger.send(caucus, text));
    this.#options.auditor.said(this, message);
    return message;
  }

  /** Adds somebody whose card is known. */
  async adds(caucus: GroupId, other: SimPerson, grant: GrantOptions = {}): Promise<void> {
    this.#options.auditor.added(caucus, other);
    await this.does(this.messenger.add(caucus, other.id, grant));
  }

  /** Removes somebody; or moves it only, where that takes a second admin. */
  async removes(caucus: GroupId, other: SimPerson): Promise<void> {
    await this.#options.auditor.removing(this, caucus);
    const { members } = await this.does(this.messenger.remove(caucus, other.id));
    if (!members.some(({ person }) => person === other.id)) this.#options.auditor.removed(this, caucus, other);
  }

  /** Leaves a caucus. */
  async leaves(caucus: GroupId): Promise<void> {
    await this.#options.auditor.leaving(this, caucus);
    await this.does(this.messenger.leave(caucus));
  }

  /** Makes an invite code. */
  async invites(caucus: GroupId, options: InviteOptions = {}): Promise<string> {
    return (await this.does(this.messenger.invite(caucus, options))).code;
  }

  /** Follows an invite code. */
  async joins(code: string, wait = 60_000): Promise<JoinResult> {
    return this.does(this.messenger.join(code, wait));
  }

  /** Says yes to an invitation. */
  async accepts(caucus: GroupId): Promise<JoinResult> {
    return this.does(this.messenger.accept(caucus));
  }

  /** Says no to an invitation, in silence. */
  async declines(caucus: GroupId): Promise<void> {
    await this.does(this.messenger.decline(caucus));
  }

  /** Their history of a caucus, as lines. */
  async lines(caucus: GroupId): Promise<readonly MessageView[]> {
    return this.does(Array.fromAsync(this.messenger.history(caucus)));
  }

  /** The texts that they read in a caucus, in order. */
  async reads(caucus: GroupId): Promise<readonly string[]> {
    const lines = await this.lines(caucus);
    return lines.filter(({ kind }) => kind === "text").map(({ text }) => text);
  }

  /** Who is in a caucus as they see it, by name, in alphabetical order; nobody when they do not know it. */
  members(caucus: GroupId): readonly string[] {
    const view = this.messenger.caucuses().find((one) => one.caucus === caucus);
    return (view?.members ?? []).map(({ name }) => name).toSorted();
  }

  /** Waits in virtual time for something that their messenger does. */
  async does<T>(work: Promise<T>): Promise<T> {
    return this.#options.network.clock.wait(work, PATIENCE_MS);
  }

  async #buries(program: Program): Promise<void> {
    program.kill();
    this.#program = undefined;
    this.#disk = await program.disk.copy();
  }
}
