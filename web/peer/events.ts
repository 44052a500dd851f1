/** Events to handlers. One that throws harms nobody else. */
import type { EventName } from "./methods.ts";

type Name = EventName | "missed" | "gone";

/** See above. */
export class Events {
  readonly #handlers = new Map<Name, Set<(value: unknown) => void>>();

  on(event: Name, handler: (value: unknown) => void): () => void {
    const all = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, all);
    // So that one handler given twice is told twice, and each is let go by itself.
    const own = (value: unknown): void => handler(value);
    all.add(own);
    return () => {
      all.delete(own);
    };
  }

  emit(event: Name, value: unknown): void {
    for (const handler of this.#handlers.get(event) ?? []) {
      try {
        handler(value);
      } catch {
        // Whoever listens must not stop what has happened already.
      }
    }
  }
}
