/**
 * Takes messages off this device that do not stay. One timer, for the next of them; what became due while nothing ran goes
 * before anything is shown. SPEC.md §9, §13.
 */
import { show } from "../content/message.ts";
import type { Shape } from "../protocol/codec.ts";
import { list, text } from "../protocol/codec.ts";
import { HOUR, LASTS, MAX_PLACES, RETAIN } from "../protocol/limits.ts";
import type { KeyOf } from "../store/keys.ts";
import { del, put } from "../store/record.ts";
import type { GroupId, MessageId, Millis } from "../types.ts";
import { changeOf } from "./changeBook.ts";
import { early, eraseWords, noteErased, ownedBy } from "./changing.ts";
import { leaveFile } from "./erasing.ts";
import type { Line } from "./lines.ts";
import { findNewest } from "./newest.ts";
import { emitCaucus } from "./offices.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { tellChanged } from "./telling.ts";
import { dropUnsent } from "./unsent.ts";

/** Messages that go in one step. */
const AT_ONCE = 200;
/** Nothing goes later than that from now, unless the clock was set back meanwhile. */
const LATEST: Millis = 1000 * LASTS.most;
/** Clocks of hosts wait no longer than some weeks. */
const LONGEST: Millis = 24 * HOUR;

/** Of a message that went: the names of its places. Of one that is to go there are none. */
const marks: Shape<readonly string[]> = list(text(80), MAX_PLACES + 3);

export class Fading {
  readonly #session: Session;
  #next = Infinity;
  #cancel: () => void = () => {};

  constructor(session: Session) {
    this.#session = session;
  }

  /** Something goes then. */
  soon(at: Millis): void {
    const { clock, closed } = this.#session;
    if (closed || at >= this.#next) return;
    this.#cancel();
    this.#next = at;
    this.#cancel = clock.after(Math.min(LONGEST, Math.max(0, at - clock.now())), () => {
      this.#next = Infinity;
      if (!this.#session.closed) this.#session.track(this.sweep().catch(() => undefined));
    });
  }

  stop(): void {
    this.#cancel();
  }

  /** Takes off this device what is due, tells of it, and waits for the next. */
  async sweep(): Promise<void> {
    const { clock, groups, options } = this.#session;
    for (const group of groups.keys()) {
      const last = await this.#end(group, true);
      if (last === undefined) continue;
      const gone: MessageId[] = [];
      const wrong = last > clock.now() + LATEST;
      if (wrong || ((await this.#end(group)) ?? last) <= clock.now())
        while (await this.#some(group, gone)) await options.pause?.();
      if (gone.length > 0) await tellGone(this.#session, group, gone);
      this.soon((await this.#end(group)) ?? Infinity);
    }
  }

  /** When the first or the last of a group is due. */
  async #end(group: GroupId, reverse = false): Promise<Millis | undefined> {
    for await (const { key } of this.#session.store.range({ space: "fade", group }, { limit: 1, reverse }))
      return key.time;
    return undefined;
  }

  /** So many in one step; whether there may be more. */
  #some(group: GroupId, gone: MessageId[]): Promise<boolean> {
    const { store } = this.#session;
    const scope = { space: "fade", group } as const;
    return this.#session.step(async (step) => {
      const { now } = step;
      const latest = now + LATEST;
      for await (const { key, value } of store.range(scope, { gt: { time: latest }, limit: AT_ONCE }))
        step.write(del(key), put({ ...key, time: latest }, value));
      let count = 0;
      for await (const { key, value } of store.range(scope, { lte: { time: now }, limit: AT_ONCE })) {
        count++;
        step.erase(key);
        const went = marks.from(value);
        if (went) forgetMarks(step, key, went);
        else if (await letGo(step, key)) gone.push(key.message);
      }
      return count >= AT_ONCE;
    });
  }
}

type At = KeyOf<"fade">;

/** New words that go before what they changed: that says again what it said before them. */
const leaveWords = async (step: Step, group: GroupId, line: Line): Promise<void> => {
  const change = changeOf(line);
  if (change?.kind !== "revise") return;
  const target = { group, to: change.to };
  for (const known of await step.changes(target)) {
    const rest = known.changes.filter(({ message }) => message !== line.message);
    if (rest.length < known.changes.length) step.putChanges(target, { ...known, changes: rest });
  }
  tellChanged(step, group, change.to);
};

/** Takes a message off this device: its words, its file, its key, what waits to be sent of it, what changed and pinned it. */
const takeAway = async (step: Step, group: GroupId, line: Line): Promise<void> => {
  const owned = ownedBy(step, group, line);
  // Whatever seat this device has by now.
  await dropUnsent(step, group, line.message);
  await leaveWords(step, group, line);
  await eraseWords(step, owned);
  for (const { chain, author, changes } of await step.changes(owned))
    if (changes.every(({ how }) => how === "withdraw")) step.putChanges(owned, { chain, author, changes: [] });
  noteErased(step, group, line);
  const { file } = show(line.content);
  if (file) leaveFile(step, file, line.message);
  step.dropLine(group, line);
  const { state, marks } = step.held(group) as Held;
  const pins = marks.pins.filter((one) => one.message !== line.message);
  if (pins.length < marks.pins.length) step.hold(state, { ...marks, pins });
};

/** The marks of its places stay for as long as it could come again. */
const letGo = async (step: Step, { group, message }: At): Promise<boolean> => {
  const place = await step.place(group, message);
  const line = place && (await step.line(group, place));
  if (!line) return false;
  await takeAway(step, group, line);
  const names = [message, early(message), ...[line, ...line.again].map((one) => `${one.chain}:${one.index}`)];
  step.write(put({ space: "fade", group, message, time: step.now + RETAIN }, marks.to(names)));
  return true;
};

/** What the next message may name as the one before it keeps its mark: else it would show as missing. */
const forgetMarks = (step: Step, { group, message }: At, names: readonly string[]): void => {
  if (step.held(group)?.state.tips.some((tip) => tip.message === message))
    step.write(put({ space: "fade", group, message, time: step.now + RETAIN }, marks.to(names)));
  else for (const name of names) step.erase({ space: "place", group, message: name as MessageId });
};

const tellGone = async (session: Session, group: GroupId, messages: readonly MessageId[]): Promise<void> => {
  const held = session.groups.get(group);
  const newest = session.newest.get(group);
  if (held && newest && messages.includes(newest.line.message)) {
    const before = await findNewest(session, held);
    if (before) session.newest.set(group, before);
    else session.newest.delete(group);
  }
  for (const message of messages) session.events.emit("erased", { caucus: group, message });
  emitCaucus(session, group);
};
