/** Values that this person's devices share: told when they change, compared now and then, the newest wins everywhere. */
import { utf8 } from "../../protocol/codec.ts";
import type { Own, SharedEntry, SharedStamp } from "../../protocol/own.ts";
import { compareStamps, newer, stampOf } from "../../protocol/own.ts";
import { hex } from "../../protocol/codec.ts";
import { MAX_SHARED } from "../../protocol/limits.ts";
import type { DeviceId, Millis, PersonId, Profile } from "../../types.ts";

import { BLOCKED, PROFILE_WORDS, putShared, sharedJson, type Stamp } from "../remembered.ts";
import { checkProfile, putProfile } from "../selfRecord.ts";
import type { Session } from "../session.ts";
import { CHECKED, MISMATCHED } from "../sharedChecks.ts";
import type { Step } from "../step.ts";
import { takeCheck, takeMismatch } from "./checks.ts";
import { DEVICE_WORDS, deviceViews, tellDevices } from "./ownList.ts";
import { loadStamps } from "./stamps.ts";

/** Bytes of values in one frame. */
const FRAME = 56_000;
/** A value from so far ahead of this device's clock is not taken: it could never be changed again. */
const AHEAD: Millis = 24 * 3_600_000;
/** How often devices compare what they have, at least. */
const COMPARE_EVERY: Millis = 6 * 3_600_000;

const stampEntry = ({ name, time, device }: Stamp): SharedEntry => ({ name, time, device });

export class Shared {
  readonly #session: Session;
  readonly #stamps: Map<string, Stamp>;
  /** Names whose values the others may lack. */
  readonly #unsaid = new Set<string>();
  #compared = -Infinity;
  #compare = true;

  private constructor(session: Session, stamps: readonly Stamp[]) {
    this.#session = session;
    this.#stamps = new Map(stamps.map((one) => [one.name, one]));
  }

  static async open(session: Session): Promise<Shared> {
    const shared = new Shared(session, await loadStamps(session));
    for (const { name } of shared.#stamps.values())
      if (name.startsWith(DEVICE_WORDS)) shared.#describe(name, await sharedJson(session, name));
    return shared;
  }

  due(now: Millis): boolean {
    return this.#compare || this.#unsaid.size > 0 || now - this.#compared > COMPARE_EVERY;
  }

  /** Changed here: read again what it is. */
  async changed(name: string): Promise<void> {
    const all = await loadStamps(this.#session);
    const stamp = all.find((one) => one.name === name);
    if (!stamp) return;
    this.#stamps.set(name, stamp);
    this.#unsaid.add(name);
    if (!name.startsWith(DEVICE_WORDS)) return;
    this.#describe(name, await sharedJson(this.#session, name));
    this.#session.events.emit("devices", deviceViews(this.#session));
  }

  /** Somebody may have been away for long: what is there is compared. */
  compare(): void {
    this.#compare = true;
  }

  /** What is to be said now, in frames. */
  async speak(now: Millis): Promise<readonly Own[]> {
    const out: Own[] = [];
    if (this.#compare || now - this.#compared > COMPARE_EVERY) {
      this.#compare = false;
      this.#compared = now;
      const stamps = [...this.#stamps.values()].map((one) => stampOf(stampEntry(one)));
      out.push({ kind: "have", stamps: stamps.slice(-MAX_SHARED) });
    }
    let entries: SharedEntry[] = [];
    let size = 0;
    for (const name of this.#unsaid) {
      const stamp = this.#stamps.get(name) as Stamp;
      const value = await sharedJson(this.#session, name);
      const bytes = utf8(value ?? "").length + 200;
      if (size + bytes > FRAME || entries.length >= 256) break;
      this.#unsaid.delete(name);
      size += bytes;
      entries = [...entries, { ...stampEntry(stamp), ...(value !== undefined && { value }) }];
    }
    if (entries.length > 0) out.push({ kind: "values", entries });
    return out;
  }

  /** How new another device's values are: it is told what is newer here, and told what it has to tell. */
  takeHave(stamps: readonly SharedStamp[]): void {
    const theirs = new Map(stamps.map((one) => [hex(one.name), one]));
    let lacking = false;
    for (const stamp of this.#stamps.values()) {
      const mine = stampOf(stampEntry(stamp));
      const other = theirs.get(hex(mine.name));
      theirs.delete(hex(mine.name));
      const order = other ? compareStamps(mine, other) : 1;
      if (order > 0) this.#unsaid.add(stamp.name);
      if (order < 0) lacking = true;
    }
    if (lacking || theirs.size > 0) this.#compare = true;
  }

  /** Another device's values. */
  takeValues(step: Step, entries: readonly SharedEntry[]): void {
    for (const entry of entries) {
      const { name, time, device, value } = entry;
      const known = this.#stamps.get(name);
      if (time > step.now + AHEAD || (!known && this.#stamps.size >= MAX_SHARED)) continue;
      if (!newer(entry, known && stampEntry(known))) continue;
      const stamp = { name, time, device, gone: value === undefined };
      putShared(step, stamp, value);
      step.after(() => {
        this.#stamps.set(name, stamp);
        this.#unsaid.delete(name);
      });
      this.#apply(step, entry);
    }
  }

  #apply(step: Step, { name, device, value: json }: SharedEntry): void {
    const { session } = step;
    if (name === PROFILE_WORDS) return this.#takeProfile(step, parsed(json));
    if (name.startsWith(DEVICE_WORDS)) {
      step.after(() => this.#describe(name, json));
      return tellDevices(step);
    }
    if (name.startsWith(CHECKED)) return takeCheck(step, name.slice(CHECKED.length) as PersonId, json);
    if (name.startsWith(MISMATCHED))
      return takeMismatch(step, { person: name.slice(MISMATCHED.length) as PersonId, json, from: device });
    if (name.startsWith(BLOCKED)) return this.#block(step, name.slice(BLOCKED.length) as PersonId);
    if (!name.startsWith("couloir/")) step.after(() => session.events.emit("remembered", { name }));
  }

  #block(step: Step, person: PersonId): void {
    const { people, events } = step.session;
    step.write(...people.block(person));
    const view = people.view(person);
    if (view) step.after(() => events.emit("person", view));
  }

  #takeProfile(step: Step, value: unknown): void {
    const { name, flag, delegation } = (value ?? {}) as Partial<Record<keyof Profile, unknown>>;
    if (typeof name !== "string" || typeof flag !== "string" || typeof delegation !== "string") return;
    const profile = { name, flag, delegation };
    try {
      checkProfile(profile);
    } catch {
      return;
    }
    const { session } = step;
    step.write(putProfile(profile));
    step.after(() => {
      session.changeSelf(session.self, profile);
      session.onSelf();
    });
  }

  #describe(name: string, json: string | undefined): void {
    const { name: called, main } = (parsed(json) ?? {}) as { readonly name?: unknown; readonly main?: unknown };
    const words = { name: typeof called === "string" ? called.slice(0, 128) : "", main: main === true };
    this.#session.deviceWords.set(name.slice(DEVICE_WORDS.length) as DeviceId, words);
  }
}

const parsed = (json: string | undefined): unknown => {
  try {
    return json === undefined ? undefined : (JSON.parse(json) as unknown);
  } catch {
    return undefined;
  }
};
