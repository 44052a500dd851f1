/** The reactions of a conversation that have come by: they stay when the lines around them are let go. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { MessageId, MessageView } from "../../src/types.ts";
import { inOrder } from "./reading.ts";

const MAX_MARKS = 5_000;

export class Marks {
  readonly #byId = new Map<MessageId, MessageView>();
  readonly #lines = signal<readonly MessageView[]>([]);

  /** In order. The same list as long as none came or changed. */
  get lines(): ReadonlySignal<readonly MessageView[]> {
    return this.#lines;
  }

  /** Takes the reactions among these lines. */
  take(lines: readonly MessageView[]): void {
    let changed = false;
    for (const line of lines) {
      const known = this.#byId.get(line.message);
      if (line.kind !== "reaction" || (known?.state === line.state && known.sentAt === line.sentAt)) continue;
      this.#byId.set(line.message, line);
      changed = true;
      const [oldest] = this.#byId.keys();
      if (this.#byId.size > MAX_MARKS && oldest !== undefined) this.#byId.delete(oldest);
    }
    if (changed) this.#tell();
  }

  /** One is no more. */
  drop(message: MessageId): void {
    if (this.#byId.delete(message)) this.#tell();
  }

  #tell(): void {
    this.#lines.value = [...this.#byId.values()].sort(inOrder);
  }
}
