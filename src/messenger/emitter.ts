/** Events to handlers. A handler that throws harms nobody else. */
import type { MessengerEvents } from "../types.ts";

export class Emitter {
  readonly #handlers = new Map<keyof MessengerEvents, Set<(value: never) => void>>();

  on<E extends keyof MessengerEvents>(event: E, handler: (value: MessengerEvents[E]) => void): () => void {
    const all = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, all);
    all.add(handler);
    return () => {
      all.delete(handler);
    };
  }

  emit<E extends keyof MessengerEvents>(event: E, value: MessengerEvents[E]): void {
    for (const handler of this.#handlers.get(event) ?? []) {
      try {
        (handler as (value: MessengerEvents[E]) => void)(value);
      } catch {
        // Whoever listens must not stop a step that is already on disk.
      }
    }
  }
}
