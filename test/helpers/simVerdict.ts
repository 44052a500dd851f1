/** The end of a simulated run: what people read is held against what the auditor saw. */
import assert from "node:assert/strict";
import type { GroupId, MessageView } from "../../src/types.ts";
import { type Auditor, entries, type Moment, type Note, type Witness } from "./simAuditor.ts";

interface Readings {
  readonly caucus: GroupId;
  /** Text lines of each person that is up. */
  readonly lines: ReadonlyMap<Witness, readonly MessageView[]>;
  /** The same as texts. */
  readonly texts: ReadonlyMap<Witness, readonly string[]>;
}

const short = (caucus: GroupId): string => caucus.slice(0, 6);

/** All that is wrong, in words; nothing when all is well. Everybody who is up has had the time to catch up. */
export const findFaults = async (auditor: Auditor): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const caucus of auditor.caucuses) {
    const lines = new Map<Witness, readonly MessageView[]>();
    for (const person of auditor.people.filter(({ up }) => up)) {
      const known = person.messenger.caucuses().some((one) => one.caucus === caucus);
      lines.set(
        person,
        known ? (await person.lines(caucus)).filter(({ kind, granted }) => kind === "text" && !granted) : [],
      );
    }
    const texts = new Map([...lines].map(([person, own]) => [person, own.map(({ text }) => text)] as const));
    const readings: Readings = { caucus, lines, texts };
    for (const check of [once, order, members, own, reach, never, afterRemoval, agreement, receipts, accusations]) {
      faults.push(...check(auditor, readings).map((fault) => `${check.name}: ${short(caucus)}: ${fault}`));
    }
  }
  return faults;
};

/** Throws unless all is well. */
export const audit = async (auditor: Auditor): Promise<void> => {
  const faults = await findFaults(auditor);
  assert.equal(faults.length, 0, `\n${faults.join("\n")}`);
};

/** Nobody reads a text twice. */
const once = (_: Auditor, { texts }: Readings): string[] =>
  [...texts].flatMap(([person, own]) =>
    own.filter((text, at) => own.indexOf(text) !== at).map((text) => `${person.name} reads "${text}" twice`),
  );

/** What two people both have stands in the same order with both. */
const order = (_: Auditor, { texts }: Readings): string[] => {
  const faults: string[] = [];
  const all = [...texts];
  for (const [at, [left, own]] of all.entries()) {
    for (const [right, theirs] of all.slice(at + 1)) {
      const mine = own.filter((text) => theirs.includes(text));
      const other = theirs.filter((text) => own.includes(text));
      const bad = mine.findIndex((text, index) => text !== other[index]);
      if (bad >= 0) faults.push(`${left.name} has "${mine[bad]}" where ${right.name} has "${other[bad]}"`);
    }
  }
  return faults;
};

/** All who are in it see the same people in it, themselves among them. */
const members = (auditor: Auditor, { caucus }: Readings): string[] => {
  const seen = insiders(auditor, caucus).map((person) => ({
    person,
    // Names are not compared: a card may come later than a membership.
    list: (person.messenger.caucuses().find((one) => one.caucus === caucus)?.members ?? [])
      .map((one) => `${nameOf(auditor, one.person)}:${one.state}:${one.role}`)
      .toSorted(),
  }));
  const first = seen[0];
  if (first === undefined) return [];
  const faults = seen
    .filter(({ list }) => list.join() !== first.list.join())
    .map(({ person, list }) => `${person.name} sees ${list.join()} and ${first.person.name} ${first.list.join()}`);
  const strangers = seen.filter(({ person, list }) => !list.some((one) => one.startsWith(`${person.name}:joined`)));
  return [...faults, ...strangers.map(({ person }) => `${person.name} is in it and not on their own list`)];
};

/** What was saved is never lost, and goes out while there is somebody to read it. */
const own = (auditor: Auditor, { caucus, lines }: Readings): string[] => {
  const faults: string[] = [];
  for (const note of notesOf(auditor, caucus)) {
    const theirs = lines.get(note.author);
    // A removal may say that the last words of the removed do not count, also with themselves.
    if (note.message === undefined || theirs === undefined || contested(auditor, note)) continue;
    const line = theirs.find(({ text }) => text === note.text);
    if (line === undefined) faults.push(`${note.author.name} has lost their own "${note.text}"`);
    else if (
      line.state === "saved" &&
      insiders(auditor, caucus).length > 1 &&
      isInside(note.author, caucus) &&
      !before(auditor, note)
    )
      faults.push(`${note.author.name} still has "${note.text}" unsent`);
  }
  return faults;
};

/** What was sealed to somebody who is still in it has reached them. */
const reach = (auditor: Auditor, { caucus, texts }: Readings): string[] => {
  const faults: string[] = [];
  for (const note of notesOf(auditor, caucus).filter((one) => !contested(auditor, one))) {
    for (const [person, theirs] of texts) {
      if (!bound(auditor, note, person) || theirs.includes(note.text)) continue;
      faults.push(`${person.name} lacks "${note.text}" of ${note.author.name}`);
    }
  }
  return faults;
};

/** What was not sealed to somebody is not with them. */
const never = (auditor: Auditor, { caucus, texts }: Readings): string[] => {
  const faults: string[] = [];
  for (const note of notesOf(auditor, caucus)) {
    for (const [person, theirs] of texts) {
      if (person === note.author || !theirs.includes(note.text)) continue;
      if (note.sealed === undefined ? isInside(person, caucus) : note.sealed.to.has(person.id)) continue;
      faults.push(`${person.name} reads "${note.text}", which ${note.author.name} did not send to them`);
    }
  }
  return faults;
};

/** Who has removed somebody seals nothing more to them, whatever the rest of the venue knows. */
const afterRemoval = (auditor: Auditor, { caucus, texts }: Readings): string[] => {
  const faults: string[] = [];
  for (const { by, whom, at, caucus: where } of auditor.removals.filter((one) => one.caucus === caucus)) {
    if (auditor.removals.some((one) => one.caucus === where && one.whom === by)) continue;
    const back = auditor.admissions.find((one) => one.caucus === where && one.whom === whom && one.at > at);
    const between = notesOf(auditor, caucus).filter(
      ({ author, sealed }) =>
        author === by && sealed !== undefined && sealed.at > at && sealed.at < (back?.at ?? Infinity),
    );
    for (const { text } of between.filter((note) => texts.get(whom)?.includes(note.text))) {
      faults.push(`${whom.name} reads "${text}", said by ${by.name} after removing them`);
    }
  }
  return faults;
};

/** Whether a removed person's last words count is the same for everybody. */
const agreement = (auditor: Auditor, { caucus, texts }: Readings): string[] => {
  const faults: string[] = [];
  for (const note of notesOf(auditor, caucus).filter((one) => contested(auditor, one))) {
    const judges = [...texts].filter(([person]) => bound(auditor, note, person));
    const with_ = judges.filter(([, theirs]) => theirs.includes(note.text)).map(([person]) => person.name);
    if (with_.length === 0 || with_.length === judges.length) continue;
    faults.push(`of ${judges.map(([{ name }]) => name).join()} only ${with_.join()} count "${note.text}"`);
  }
  return faults;
};

/** Nobody is said to have what they have not. */
const receipts = (auditor: Auditor, { caucus, lines, texts }: Readings): string[] => {
  const faults: string[] = [];
  if (auditor.people.some(({ up }) => !up)) return faults;
  for (const note of notesOf(auditor, caucus)) {
    const line = lines.get(note.author)?.find(({ text }) => text === note.text);
    const holders = [...texts].filter(
      ([person, theirs]) => person !== note.author && theirs.includes(note.text),
    ).length;
    if (line !== undefined && line.reached > holders)
      faults.push(`"${note.text}" is said to have reached ${line.reached}; ${holders} have it`);
  }
  return faults;
};

/** Of an honest device nobody has a proof that it is none. */
const accusations = (auditor: Auditor, { caucus }: Readings): string[] =>
  auditor.people
    .filter(({ up }) => up)
    .flatMap((person) => {
      const { members = [] } = person.messenger.caucuses().find((one) => one.caucus === caucus) ?? {};
      return members.filter(({ equivocated }) => equivocated).map(({ name }) => `${person.name} accuses ${name}`);
    });

const nameOf = (auditor: Auditor, id: string): string => auditor.people.find((one) => one.id === id)?.name ?? id;

const notesOf = (auditor: Auditor, caucus: GroupId): readonly Note[] =>
  auditor.notes.filter((note) => note.caucus === caucus);

const isInside = (person: Witness, caucus: GroupId): boolean =>
  person.up && person.messenger.caucuses().some((one) => one.caucus === caucus && one.state === "joined");

const insiders = (auditor: Auditor, caucus: GroupId): readonly Witness[] =>
  auditor.people.filter((person) => isInside(person, caucus));

/** Whether its author has come in anew since: what was not out by then is left to them to say again. */
const before = (auditor: Auditor, note: Note): boolean =>
  auditor.admissions.some(({ caucus, whom, at }) => caucus === note.caucus && whom === note.author && at > note.at);

/** Whether a removal of its author overtook the message: the rules may then say that it does not count. */
const contested = (auditor: Auditor, { author, caucus, text, sealed }: Note): boolean => {
  const until = sealed?.at ?? Infinity;
  const gone = auditor.sights(author, caucus).filter(({ state }) => state === "gone");
  const removals = auditor.removals.filter((one) => one.caucus === caucus && one.whom === author);
  const overtaken = removals.some((one) => !one.had.has(text) && !gone.some(({ at }) => at >= one.at && at < until));
  // Out without being removed: what let them in was void.
  const voided = gone.some(({ at }) => at > until) && !removals.some(({ had }) => had.has(text));
  return overtaken || voided;
};

/** Whether the message has to be with this person: sealed to them, and they have not been out of it since. */
const bound = (auditor: Auditor, { caucus, sealed }: Note, person: Witness): boolean => {
  const own = person.up ? person.messenger.caucuses().find((one) => one.caucus === caucus) : undefined;
  const times = sealed?.to.get(person.id);
  if (sealed === undefined || times === undefined || !isInside(person, caucus) || entries(own, person.id) > times)
    return false;
  const sights = auditor.sights(person, caucus);
  const back = sights.findLast(({ state }) => state === "joined");
  const out = sights.some(({ state }) => state === "gone");
  // Removed by then and not let in again, though neither its author nor they had heard: they may read it or not.
  const returned = (at: Moment): boolean =>
    auditor.admissions.some((one) => one.caucus === caucus && one.whom === person && one.at > at && one.at < sealed.at);
  const removed = auditor.removals.some(
    (one) => one.caucus === caucus && one.whom === person && (one.at >= sealed.at || !returned(one.at)),
  );
  return !removed && (!out || (back !== undefined && back.at <= sealed.at));
};
