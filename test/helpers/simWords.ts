/** Words that lie on a simulated disk. */
import type { Store } from "../../src/store/store.ts";
import type { GroupId } from "../../src/types.ts";

/** In which spaces of the disk these words lie in a group's records. */
export const wordsOnDisk = async (store: Store, group: GroupId, words: string): Promise<readonly string[]> => {
  const out: string[] = [];
  const holds = (value: unknown): boolean =>
    value instanceof Uint8Array
      ? Buffer.from(value).includes(words)
      : typeof value === "string"
        ? value.includes(words)
        : value instanceof Map
          ? [...value].some(holds)
          : value !== null && typeof value === "object" && Object.values(value).some(holds);
  for (const space of ["message", "outbox", "part", "tool", "place"] as const)
    for await (const { value } of store.range({ space, group })) if (holds(value)) out.push(space);
  return out;
};
