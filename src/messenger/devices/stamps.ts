/** The stamps of shared values, as they lie on disk. */
import { MAX_SHARED } from "../../protocol/limits.ts";
import { STAMP, type Stamp, stampKey, stampShape, valueKey } from "../remembered.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";

/** The newest of them, as many as are shared. */
export const loadStamps = async ({ store }: Session): Promise<readonly Stamp[]> => {
  const out: Stamp[] = [];
  for await (const { key, value } of store.range({ space: "profile" })) {
    const read = key.name.startsWith(STAMP) ? stampShape.from(value) : undefined;
    if (read) out.push({ name: key.name.slice(STAMP.length), ...read });
  }
  return out.sort((a, b) => b.time - a.time).slice(0, MAX_SHARED);
};

/** As if it had never been shared. */
export const forgetShared = (step: Step, name: string): void => {
  step.erase(valueKey(name));
  step.erase(stampKey(name));
};
