/** Small things of a program's own (drafts, language, mute), sealed like everything on this device. */
import { usage } from "../errors.ts";
import { utf8 } from "../protocol/codec.ts";
import { put } from "../store/record.ts";
import type { Session } from "./session.ts";

/** Bytes of JSON under one name, and of the name. */
const MAX_VALUE = 65_536;
const MAX_NAME = 128;

const keyOf = (name: string) => {
  if (name === "" || !name.isWellFormed() || utf8(name).length > MAX_NAME)
    throw usage("bad-name", `what is remembered has a name of at most ${MAX_NAME} bytes`);
  return { space: "profile", name: `remembered ${name}` } as const;
};

export const remember = async (session: Session, name: string, value: unknown): Promise<void> => {
  const key = keyOf(name);
  const json = value === undefined ? undefined : JSON.stringify(value);
  if (json !== undefined && utf8(json).length > MAX_VALUE)
    throw usage("too-much", `at most ${MAX_VALUE} bytes of JSON are remembered under one name`);
  await session.step(async (step) => {
    if (json === undefined) step.erase(key);
    else step.write(put(key, json.toWellFormed()));
  });
};

/** `undefined` when nothing is. */
export const remembered = async (session: Session, name: string): Promise<unknown> => {
  const json = await session.store.get(keyOf(name));
  if (typeof json !== "string") return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
};
