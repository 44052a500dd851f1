/** One step's draft: what it changed, and what is to happen once that is on disk. */
import { hex } from "../protocol/codec.ts";
import type { Exchange } from "../protocol/exchange.ts";
import type { GroupState } from "../protocol/group.ts";
import type { Context } from "../protocol/sending.ts";
import { readHeader } from "../protocol/envelope.ts";
import { mayBeTool } from "../content/message.ts";
import type { ChainChanges } from "../content/changes.ts";
import type { Change } from "../store/record.ts";
import { del, put } from "../store/record.ts";
import type { RecordKey } from "../store/keys.ts";
import type { ChainId, FileId, GroupId, MessageId, Millis, Tag, Topic } from "../types.ts";
import { changesRecord, onDisk, type Reader, type Target } from "./changeBook.ts";
import { hybridsOf } from "./exchangeBook.ts";
import type { FileEntry } from "./fileBook.ts";
import { putEntry } from "./fileBook.ts";
import type { Line } from "./lines.ts";
import { lineShape } from "./lines.ts";
import type { MailClass, MailRef } from "./mailbox.ts";
import { Mailbox, mailRef } from "./mailbox.ts";
import type { Held } from "./parts.ts";
import { changesOf, noMarks } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Place } from "./tagBook.ts";
import { tellWays } from "./waiting.ts";

/** From whom a frame is kept, and what for. */
export interface Keeping {
  readonly rank: MailClass;
  readonly source: string;
}
const OWN: Keeping = { rank: "own", source: "" };

/** Tags that nobody else can know before what they are for has passed; others are seen again and again. */
const IN_GROUPS: ReadonlySet<Place["kind"]> = new Set(["message", "meta", "pair", "pointed"]);

/** What puts a line on disk, and where it lies among the words of tools if it is one. */
export const lineChanges = (group: GroupId, line: Line): readonly Change[] => {
  const { time, message, content, person } = line;
  const at = { group, time, message };
  const written = put({ space: "message", ...at }, lineShape.to(line));
  return mayBeTool(content) ? [written, put({ space: "tool", ...at }, person)] : [written];
};

const nameOf = ({ group, to }: Target): string => group + to;

/** Where a message lies in its group's order. */
export type LinePlace = readonly [time: Millis, message: MessageId];

export class Step implements Reader {
  readonly session: Session;
  readonly context: Context;
  readonly #groups = new Map<GroupId, Held>();
  readonly #changes: Change[] = [];
  readonly #frames: { readonly topic: Topic; readonly frame: Uint8Array }[] = [];
  readonly #after: (() => void)[] = [];
  readonly #late = new Map<string, () => Promise<void>>();
  /** Frames of this step: a later one may make sense of an earlier one. */
  readonly #unplaced = new Map<Tag, Uint8Array[]>();
  readonly #fresh: Tag[] = [];
  /** Mail that this step keeps, and tags under which something was for this device. */
  readonly #kept: (Keeping & { readonly ref: MailRef; readonly tag: Tag; readonly frame: Uint8Array })[] = [];
  readonly #claimed = new Set<Tag>();
  /** What this step wrote and a later part of it reads. */
  readonly #lines = new Map<string, Line | undefined>();
  readonly #places = new Map<string, LinePlace>();
  /** By the message that is changed, then by chain. On disk once, however many come in a step. */
  readonly #changed = new Map<string, { readonly target: Target; readonly chains: Map<ChainId, ChainChanges> }>();
  readonly #heads = new Map<ChainId, Uint8Array>();
  readonly #files = new Map<FileId, FileEntry>();
  readonly #exchanges = new Map<string, Exchange>();

  constructor(session: Session) {
    this.session = session;
    this.context = {
      self: session.self,
      now: session.clock.now(),
      random: session.options.random,
      ...(session.options.pause && { pause: session.options.pause }),
      ...(session.exchanges.kem && { hybrids: hybridsOf((agreement) => this.exchange(agreement)) }),
    };
  }

  get now(): Millis {
    return this.context.now;
  }

  held(group: GroupId): Held | undefined {
    return this.#groups.get(group) ?? this.session.groups.get(group);
  }

  /** Puts a group's new state into the draft, and waits for what it now can open. */
  hold(state: GroupState, marks?: Held["marks"]): void {
    const before = this.held(state.group);
    this.#groups.set(state.group, { state, marks: marks ?? before?.marks ?? noMarks });
    this.expect(this.session.groupTags.update(before?.state, state, this.now));
  }

  /** Tags that have just begun to mean something. */
  expect(tags: readonly Tag[]): void {
    this.#fresh.push(...tags);
  }

  write(...changes: readonly Change[]): void {
    this.#changes.push(...changes);
  }
  erase(key: RecordKey): void {
    this.#changes.push(del(key));
  }
  /** To be done once all is on disk: events above all. */
  after(fn: () => void): void {
    this.#after.push(fn);
  }

  /** To be worked out once, when all else of the step is: under each name what was asked first. */
  late(name: string, fn: () => Promise<void>): void {
    if (!this.#late.has(name)) this.#late.set(name, fn);
  }

  /** Keeps a frame for others; it counts once it is on disk. */
  keep(topic: Topic, frame: Uint8Array, keeping: Keeping = OWN): void {
    const header = readHeader(frame, this.now);
    if (header) this.#kept.push({ ...keeping, ref: mailRef(topic, header.slot, frame), tag: header.tag, frame });
  }

  #putMail(): void {
    const { mailbox } = this.session;
    for (const { ref, frame, tag, source, rank: told } of this.#kept) {
      const rank = this.#claimed.has(tag) ? "own" : told;
      this.write(Mailbox.stored(ref, frame, rank));
      this.after(() => mailbox.keep(ref, { tag, size: frame.length, source, rank }));
    }
    for (const tag of this.#claimed) this.after(() => mailbox.claim(tag));
    if (mailbox.over()) this.write(...mailbox.evict());
  }

  /** Keeps frames of this device's own and hands them to the neighbours after the commit. */
  publish(topic: Topic, frames: readonly Uint8Array[]): void {
    for (const frame of frames) {
      this.keep(topic, frame);
      this.#frames.push({ topic, frame });
    }
  }

  /** A frame that came in: opened now, or as soon as something in this step makes sense of it. */
  async arrive(tag: Tag, frame: Uint8Array): Promise<void> {
    this.#unplaced.set(tag, [...(this.#unplaced.get(tag) ?? []), frame]);
    await this.#open(tag, frame);
  }

  /** Opens what waited for the tags that this step made known, until there is nothing more. */
  async follow(): Promise<void> {
    for (let tags = this.#fresh.splice(0); tags.length > 0; tags = this.#fresh.splice(0)) {
      this.write(...this.session.mailbox.revive(tags));
      const frames = [
        ...(await this.session.mailbox.waiting(tags)),
        ...tags.flatMap((tag) => (this.#unplaced.get(tag) ?? []).map((frame) => ({ tag, frame }))),
      ];
      for (const { tag, frame } of frames) {
        await this.#open(tag, frame);
      }
    }
  }

  async #open(tag: Tag, frame: Uint8Array): Promise<void> {
    for (const place of this.session.tags.get(tag)) {
      if (IN_GROUPS.has(place.kind)) this.#claimed.add(tag);
      await this.session.open(this, place, frame);
    }
  }

  async line(group: GroupId, [time, message]: LinePlace): Promise<Line | undefined> {
    const name = `${group}${message}`;
    if (this.#lines.has(name)) return this.#lines.get(name);
    return onDisk(this.session).line(group, [time, message]);
  }
  putLine(group: GroupId, line: Line): void {
    this.#lines.set(`${group}${line.message}`, line);
    this.write(...lineChanges(group, line));
    // Perhaps it was a word of a tool.
    if (line.gone) this.erase({ space: "tool", group, time: line.time, message: line.message });
  }
  /** Nothing is left of a line but its places. */
  dropLine(group: GroupId, line: Line): void {
    this.#lines.set(`${group}${line.message}`, undefined);
    this.moveLine(group, line);
  }
  /** A line lies at another time now. */
  moveLine(group: GroupId, { time, message }: Pick<Line, "time" | "message">): void {
    this.erase({ space: "message", group, time, message });
    this.erase({ space: "tool", group, time, message });
  }

  /** Lines of a group that this step has put there. */
  linesOf(group: GroupId): readonly Line[] {
    return [...this.#lines].flatMap(([name, line]) => (line && name.startsWith(group) ? [line] : []));
  }

  /** Where a message lies, by its id or by `chain:index`. */
  async place(group: GroupId, name: string): Promise<LinePlace | undefined> {
    const own = this.#places.get(`${group}${name}`);
    return own ?? onDisk(this.session).place(group, name);
  }
  putPlace(group: GroupId, name: string, place: LinePlace): void {
    this.#places.set(`${group}${name}`, place);
    this.write(put({ space: "place", group, message: name as MessageId }, [...place]));
  }

  async changesOn(target: Target, chain: ChainId): Promise<ChainChanges | undefined> {
    return this.#changed.get(nameOf(target))?.chains.get(chain) ?? onDisk(this.session).changesOn(target, chain);
  }
  async changes(target: Target): Promise<readonly ChainChanges[]> {
    const stored = (await onDisk(this.session).changes(target)).map((one) => [one.chain, one] as const);
    return [...new Map([...stored, ...(this.#changed.get(nameOf(target))?.chains ?? [])]).values()];
  }
  putChanges(target: Target, changes: ChainChanges): void {
    const name = nameOf(target);
    const known = this.#changed.get(name) ?? { target, chains: new Map() };
    known.chains.set(changes.chain, changes);
    this.#changed.set(name, known);
  }

  /** The head of a chain of which a message is here. */
  async head(group: GroupId, chain: ChainId): Promise<Uint8Array | undefined> {
    return this.#heads.get(chain) ?? this.session.store.get({ space: "head", group, chain });
  }
  putHead(group: GroupId, chain: ChainId, head: Uint8Array): void {
    this.#heads.set(chain, head);
    this.write(put({ space: "head", group, chain }, head));
  }

  file(file: FileId): FileEntry | undefined {
    return this.#files.get(file) ?? this.session.files.get(file);
  }
  putFile(entry: FileEntry): void {
    if (this.file(entry.file) !== entry) this.#files.set(entry.file, entry);
  }
  /** What this step has put there of a file is not written. */
  dropFile(file: FileId): void {
    this.#files.delete(file);
  }

  /** By the other device's agreement key. */
  exchange(agreement: Uint8Array): Exchange | undefined {
    return this.#exchanges.get(hex(agreement)) ?? this.session.exchanges.get(agreement);
  }
  putExchange(exchange: Exchange): void {
    this.#exchanges.set(hex(exchange.agreement), exchange);
  }

  touched(): readonly GroupId[] {
    return [...this.#groups.keys()];
  }

  async commit(): Promise<void> {
    const { session } = this;
    for (const fn of this.#late.values()) await fn();
    this.#putMail();
    for (const [group, held] of this.#groups)
      this.write(...changesOf(session.groups.get(group), held, session.stored(group)));
    for (const entry of this.#files.values()) this.write(putEntry(entry));
    for (const { target, chains } of this.#changed.values())
      for (const changes of chains.values()) this.write(changesRecord(target, changes));
    const exchanges = [...this.#exchanges.values()];
    if (exchanges.length > 0) this.write(...session.exchanges.changes(exchanges));
    if (this.#changes.length > 0) await session.store.commit(this.#changes);
    const views = new Map([...this.#groups.keys()].map((group) => [group, session.groups.get(group)?.state.view]));
    for (const [group, held] of this.#groups) session.hold(group, held);
    for (const entry of this.#files.values()) session.files.put(entry);
    if (exchanges.length > 0) {
      session.exchanges.put(exchanges);
      this.after(() => session.onExchange());
    }
    for (const fn of this.#after) fn();
    for (const [group, before] of views) tellWays(session, group, before);
    session.verification.here?.tellTrust(session);
    for (const { topic, frame } of this.#frames) session.track(session.link.publish(topic, frame).catch(() => 0));
  }
}
