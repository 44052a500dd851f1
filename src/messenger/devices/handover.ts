/** What was said before, handed to a device that was linked, as far as its person chose; some in each slot. */
import { codec } from "../../protocol/codec.ts";
import { MAX_CONTENT } from "../../protocol/limits.ts";
import type { Own } from "../../protocol/own.ts";
import { id, list, struct, uint } from "../../protocol/codec.ts";
import { put } from "../../store/record.ts";
import type { DeviceId, GroupId } from "../../types.ts";
import { ALL_LINES } from "../api.ts";
import { noLongerMissing } from "../arrivals.ts";
import { isDue, noteFade } from "../fades.ts";
import { tell } from "../telling.ts";
import { takeChange, withEarlyChanges } from "../changing.ts";
import { noteFile } from "../files.ts";
import type { Line } from "../lines.ts";
import { counts, lineShape } from "../lines.ts";
import { notePin } from "../pins.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";

/** Bytes in one frame, in one slot, and for one device in all: everybody in the venue carries them. */
const FRAME = 56_000;
const FRAMES = 3;
const MOST = 8_000_000;

const PROMISE = "handover ";
const promise = struct({ history: uint(ALL_LINES), done: list(id<GroupId>(32), 4096) });
const lineCodec = codec(lineShape, 6 * MAX_CONTENT);
const NO_KEY = new Uint8Array(32);

interface Promised {
  readonly history: number;
  readonly done: readonly GroupId[];
}
type Lines = Extract<Own, { readonly kind: "lines" }>;

export class Handover {
  readonly #session: Session;
  readonly #promised: Map<DeviceId, Promised>;
  readonly #waiting: Lines[] = [];
  readonly #spent = new Map<DeviceId, number>();

  private constructor(session: Session, promised: Map<DeviceId, Promised>) {
    this.#session = session;
    this.#promised = promised;
  }

  static async open(session: Session): Promise<Handover> {
    const promised = new Map<DeviceId, Promised>();
    for await (const { key, value } of session.store.range({ space: "profile" })) {
      const read = key.name.startsWith(PROMISE) ? promise.from(value) : undefined;
      if (read) promised.set(key.name.slice(PROMISE.length) as DeviceId, read);
    }
    return new Handover(session, promised);
  }

  /** So many lines of each caucus are for this device. */
  promise(step: Step, device: DeviceId, history: number): void {
    this.#put(step, device, { history, done: [] });
  }

  #put(step: Step, device: DeviceId, promised: Promised): void {
    step.write(put({ space: "profile", name: `${PROMISE}${device}` }, promise.to(promised)));
    step.after(() => this.#promised.set(device, promised));
  }

  due(): boolean {
    return this.#waiting.length > 0;
  }

  /** A device has been seated in a caucus: what was promised of it waits for its turn. */
  async seated(step: Step, device: DeviceId, group: GroupId): Promise<void> {
    const promised = this.#promised.get(device);
    if (!promised || promised.history === 0 || promised.done.includes(group)) return;
    const frames = await this.#framesFor(step, device, { group, most: promised.history });
    this.#put(step, device, { ...promised, done: [...promised.done, group].slice(-4096) });
    step.after(() => this.#waiting.push(...frames));
  }

  async #framesFor(
    step: Step,
    device: DeviceId,
    { group, most }: { readonly group: GroupId; readonly most: number },
  ): Promise<readonly Lines[]> {
    const view = step.held(group)?.state.view;
    const out: Lines[] = [];
    let [lines, size] = [[] as Uint8Array[], 0];
    let spent = this.#spent.get(device) ?? 0;
    const scope = { space: "message", group } as const;
    for await (const { value } of this.#session.store.range(scope, { reverse: true, limit: most })) {
      const line = lineShape.from(value);
      if (!line || !view || !counts(view, line) || isDue(line, step.now)) continue;
      // Keys stay behind, and with them what only a key bears out.
      const { original: _signed, ...rest } = line;
      if (line.gone?.how === "forgotten") continue;
      const bytes = lineCodec.encode({ ...rest, key: NO_KEY });
      if (bytes.length > FRAME) continue;
      spent += bytes.length;
      if (spent > MOST) break;
      if (size + bytes.length > FRAME || lines.length >= 512) {
        out.push({ kind: "lines", to: device, group, lines });
        [lines, size] = [[], 0];
      }
      lines.push(bytes);
      size += bytes.length + 8;
    }
    if (lines.length > 0) out.push({ kind: "lines", to: device, group, lines });
    this.#spent.set(device, spent);
    return out;
  }

  /** What is to be said now. */
  speak(): readonly Own[] {
    return this.#waiting.splice(0, FRAMES);
  }

  /** Lines for this device; those that it has stay as they are. */
  async take(step: Step, { group, lines }: Lines): Promise<void> {
    for (const raw of lines) {
      const handed: Line | undefined = lineCodec.decode(raw);
      if (!handed || isDue(handed, step.now) || (await step.place(group, handed.message))) continue;
      const line = await withEarlyChanges(step, group, handed);
      step.putLine(group, line);
      step.putPlace(group, line.message, [line.time, line.message]);
      step.putPlace(group, `${line.chain}:${line.index}`, [line.time, line.message]);
      noLongerMissing(step, group, line);
      noteFile(step, group, line);
      notePin(step, group, line);
      noteFade(step, group, line);
      await takeChange(step, group, { line, at: line });
      for (const at of line.again) await takeChange(step, group, { line, at });
      await tell(step, group, line);
    }
  }
}
