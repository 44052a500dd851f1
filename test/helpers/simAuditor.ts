/**
 * Watches a simulated venue from outside: who said what, to whom it was sealed, who was removed when. It uses nothing
 * of the messengers but their public face, and `simVerdict.ts` compares its notes with what people read in the end.
 */
import type { MessengerApi } from "../../src/messenger/api.ts";
import type { CaucusView, GroupId, MessageId, MessageView, PersonId } from "../../src/types.ts";

/** How often somebody has come in, as far as a device knows. */
export const entries = (view: CaucusView | undefined, whom: PersonId): number =>
  (view?.comings ?? []).filter(({ person, kind }) => person === whom && ["opened", "added", "came"].includes(kind))
    .length;

/** A person as the auditor needs to know them. */
export interface Witness {
  readonly name: string;
  readonly id: PersonId;
  /** Whether their messenger runs. */
  readonly up: boolean;
  readonly messenger: MessengerApi;
  /** Their history of a caucus. */
  lines(caucus: GroupId): Promise<readonly MessageView[]>;
}

/** A moment of the run: later ones are greater, also within a millisecond. */
export type Moment = number;

/** One text that somebody said; texts are unlike each other within a run. */
export interface Note {
  readonly text: string;
  readonly author: Witness;
  readonly caucus: GroupId;
  readonly at: Moment;
  /** Set when the messenger has answered that it is saved. */
  message?: MessageId;
  /**
   * When it was last sealed, and to whom the author's caucus belonged then: how often each had come in by what the author
   * knew, for whom is let in anew reads nothing that was sealed to their seat of before. Final once it is out.
   */
  sealed?: { readonly at: Moment; readonly to: ReadonlyMap<PersonId, number> };
  out?: boolean;
}

/** Somebody removed somebody. */
export interface Removal {
  readonly caucus: GroupId;
  readonly by: Witness;
  readonly whom: Witness;
  readonly at: Moment;
  /** The texts that the remover had at that moment. */
  readonly had: ReadonlySet<string>;
}

/** Somebody made the caucus or was added to it. */
export interface Admission {
  readonly caucus: GroupId;
  readonly whom: Witness;
  readonly at: Moment;
}

/** What a person saw of their own place in a caucus, whenever it changed. */
export interface Sight {
  readonly at: Moment;
  readonly state: CaucusView["state"];
}

const ofCaucus = (messenger: MessengerApi, caucus: GroupId): CaucusView | undefined =>
  messenger.caucuses().find((one) => one.caucus === caucus);

export class Auditor {
  readonly people: Witness[] = [];
  readonly caucuses = new Set<GroupId>();
  readonly notes: Note[] = [];
  readonly removals: Removal[] = [];
  readonly admissions: Admission[] = [];
  #moments: Moment = 0;
  readonly #sights = new Map<string, Sight[]>();
  readonly #removing = new Map<Witness, ReadonlySet<string>>();

  /** Watches a messenger that has just been opened. */
  observe(person: Witness, messenger: MessengerApi): void {
    if (!this.people.includes(person)) this.people.push(person);
    for (const view of messenger.caucuses()) this.#see(person, view);
    messenger.on("caucus", (view) => this.#see(person, view));
    messenger.on("message", (line) => this.#follow(messenger, line));
    messenger.on("receipt", (line) => this.#follow(messenger, line));
  }

  /** A caucus was made. */
  created(caucus: GroupId, by: Witness): void {
    this.caucuses.add(caucus);
    this.added(caucus, by);
  }

  /** Somebody is about to be let in. */
  added(caucus: GroupId, whom: Witness): void {
    this.caucuses.add(caucus);
    this.admissions.push({ caucus, whom, at: this.#now() });
  }

  /** Somebody is about to say something. */
  saying(author: Witness, caucus: GroupId, text: string): void {
    if (this.notes.some((note) => note.text === text)) throw new Error(`"${text}" was said before`);
    this.caucuses.add(caucus);
    this.notes.push({ text, author, caucus, at: this.#now() });
  }

  /** The messenger has answered that it is saved. */
  said(author: Witness, line: MessageView): void {
    const note = this.notes.find((one) => one.author === author && one.text === line.text);
    if (note === undefined) return;
    note.message = line.message;
    this.#follow(author.messenger, line);
  }

  /** Somebody is about to remove somebody: what the remover has by now counts. */
  async removing(by: Witness, caucus: GroupId): Promise<void> {
    this.#removing.set(by, new Set((await by.lines(caucus)).map(({ text }) => text)));
  }

  /** Somebody has removed somebody. */
  removed(by: Witness, caucus: GroupId, whom: Witness): void {
    this.removals.push({ caucus, by, whom, at: this.#now(), had: this.#removing.get(by) ?? new Set() });
  }

  /** Somebody is about to leave: what they have sent by now counts. */
  async leaving(person: Witness, caucus: GroupId): Promise<void> {
    const sent = (await person.lines(caucus)).filter(({ state }) => state !== "saved").map(({ text }) => text);
    this.removals.push({ caucus, by: person, whom: person, at: this.#now(), had: new Set(sent) });
  }

  /** What this person has seen of their own place in a caucus, oldest first. */
  sights(person: Witness, caucus: GroupId): readonly Sight[] {
    return this.#sights.get(`${person.name} ${caucus}`) ?? [];
  }

  #now(): Moment {
    return (this.#moments += 1);
  }

  #see(person: Witness, { caucus, state }: CaucusView): void {
    const key = `${person.name} ${caucus}`;
    const seen = this.#sights.get(key) ?? [];
    this.#sights.set(key, seen);
    if (seen.at(-1)?.state !== state) seen.push({ at: this.#now(), state });
  }

  /**
   * Notes to whom a text is sealed. Between its sealing and the news that it is out the membership may change; so the
   * last sight before it is out counts, which is that of the sealing: until then a text has no other news.
   */
  #follow(messenger: MessengerApi, line: MessageView): void {
    if (line.sender !== messenger.person || line.state === "received") return;
    const note = this.notes.find((one) => one.text === line.text && one.author.id === line.sender);
    if (note === undefined || note.out === true) return;
    if (line.state === "sent") note.out = true;
    if (line.state === "sent" && note.sealed !== undefined) return;
    const view = ofCaucus(messenger, line.caucus);
    const to = (view?.members ?? []).filter(({ state, person }) => state !== "asked" && person !== line.sender);
    // Who is invited comes in yet.
    const times = to.map(
      ({ person, state }) => [person, entries(view, person) + (state === "joined" ? 0 : 1)] as const,
    );
    note.sealed = { at: this.#now(), to: new Map(times) };
  }
}
