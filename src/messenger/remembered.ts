/**
 * Small things of a program's own (drafts, language, mute), sealed like everything on this device. Those that are shared have
 * a stamp beside them, by which this person's devices agree on the newest.
 */
import { usage } from "../errors.ts";
import { bool, id, struct, uint, utf8 } from "../protocol/codec.ts";
import { MAX_SHARED_BYTES } from "../protocol/limits.ts";
import { del, put } from "../store/record.ts";
import type { DeviceId } from "../types.ts";
import type { RememberOptions } from "./api.ts";
import { ownDevice } from "./own.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Bytes of JSON under one name, and of the name. */
const MAX_VALUE = 65_536;
const MAX_NAME = 128;
/** Names that the messenger itself shares. */
const RESERVED = "couloir/";
/** The name under which a person's own words are shared. */
export const PROFILE_WORDS = "couloir/profile";
/** With a person behind it: this one's person has blocked them. */
export const BLOCKED = "couloir/blocked/";
export const STAMP = "shared ";

export const stampShape = struct({ time: uint(), device: id<DeviceId>(32), gone: bool });

/** When a shared value was last changed, and on which device. */
export interface Stamp {
  readonly name: string;
  readonly time: number;
  readonly device: DeviceId;
  /** It was forgotten. */
  readonly gone: boolean;
}

export const valueKey = (name: string) => ({ space: "profile", name: `remembered ${name}` }) as const;
export const stampKey = (name: string) => ({ space: "profile", name: `${STAMP}${name}` }) as const;

const checkName = (name: string): void => {
  if (name === "" || !name.isWellFormed() || utf8(name).length > MAX_NAME || name.startsWith(RESERVED))
    throw usage(
      "bad-name",
      `what is remembered has a name of at most ${MAX_NAME} bytes, not beginning with ${RESERVED}`,
    );
};

/** Its JSON as it lies here; `undefined` when it was forgotten. */
export const sharedJson = async ({ store }: Session, name: string): Promise<string | undefined> => {
  const json = await store.get(valueKey(name));
  return typeof json === "string" ? json : undefined;
};

/** Writes a shared value with its stamp. */
export const putShared = (step: Step, { name, time, device }: Omit<Stamp, "gone">, json: string | undefined): void => {
  if (json === undefined) step.erase(valueKey(name));
  else step.write(put(valueKey(name), json));
  step.write(put(stampKey(name), stampShape.to({ time, device, gone: json === undefined })));
};

/** Changes a shared value here; the other devices hear of it in a moment. */
export const share = async (step: Step, name: string, json: string | undefined): Promise<void> => {
  const { session } = step;
  const before = stampShape.from(await session.store.get(stampKey(name)));
  const time = Math.max(step.now, (before?.time ?? 0) + 1);
  putShared(step, { name, time, device: ownDevice(session.self) }, json);
  step.after(() => session.own?.changed(name));
};

/** Entries are changed one after the other. */
const turns = new WeakMap<Session, Promise<unknown>>();

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const rememberEntry = (session: Session, name: string, entry: string, value: unknown): Promise<void> => {
  const turn = (turns.get(session) ?? Promise.resolve()).then(async () => {
    const now = await remembered(session, name);
    const all = new Map<string, unknown>(isObject(now) ? Object.entries(now) : []);
    if (value === undefined) all.delete(entry);
    else all.set(entry, value);
    await remember(session, name, all.size > 0 ? Object.fromEntries(all) : undefined);
  });
  turns.set(
    session,
    turn.catch(() => undefined),
  );
  session.track(turn);
  return turn;
};

export const remember = async (
  session: Session,
  name: string,
  value: unknown,
  { shared = false, entry }: RememberOptions = {},
): Promise<void> => {
  checkName(name);
  if (entry !== undefined) {
    if (shared) throw usage("bad-name", "what is shared has no entries of its own");
    return rememberEntry(session, name, entry, value);
  }
  const json = value === undefined ? undefined : JSON.stringify(value)?.toWellFormed();
  const most = shared ? MAX_SHARED_BYTES : MAX_VALUE;
  if (json !== undefined && utf8(json).length > most)
    throw usage("too-much", `at most ${most} bytes of JSON are remembered under one name`);
  if (shared) return session.step((step) => share(step, name, json));
  // Not behind the steps, which may take long: this may be the last that a page does before it goes.
  const kept = session.store.commit([json === undefined ? del(valueKey(name)) : put(valueKey(name), json)]);
  session.track(kept);
  return kept;
};

/** `undefined` when nothing is. */
export const remembered = async (session: Session, name: string): Promise<unknown> => {
  checkName(name);
  const json = await sharedJson(session, name);
  try {
    return json === undefined ? undefined : (JSON.parse(json) as unknown);
  } catch {
    return undefined;
  }
};
