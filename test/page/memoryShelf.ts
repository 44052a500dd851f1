import type { Shelf } from "../../web/peer/environment.ts";

/** A browser's storage, in a map, for at most so many characters at once. */
export const memoryShelf = (kept = new Map<string, string>(), room: () => number = () => Infinity): Shelf => ({
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => {
    const others = [...kept].reduce((sum, [other, { length }]) => sum + (other === name ? 0 : length), 0);
    if (others + value.length > room()) throw new Error("no room");
    kept.set(name, value);
  },
  removeItem: (name) => void kept.delete(name),
});
