/**
 * Calls that ring on this device: from when they come until they are answered, quieted here, or too late. Whether one rings
 * at all the messenger says; whoever calls and calls is looked at one call after the other.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { GroupId, MessageId, PersonId } from "../../../src/types.ts";
import type { CallView } from "../../../src/types/tools.ts";
import type { Controller } from "../controller.ts";

/** Calls of one person that wait to be looked at: of more in a moment no later one rings, and nobody else's is kept waiting. */
const EACH = 2;

interface Found {
  readonly caucus: GroupId;
  readonly message: MessageId;
  readonly by: PersonId;
}

export class Ringer {
  readonly #app: Controller;
  readonly #calls = signal<ReadonlyMap<MessageId, CallView>>(new Map());
  readonly #quiet = new Set<MessageId>();
  readonly #waiting = new Map<MessageId, Found>();
  readonly #timers = new Map<MessageId, ReturnType<typeof setTimeout>>();
  readonly #stops: (() => void)[];
  #looking = false;
  #stopped = false;
  /** The one to show: what still rings before what somebody has taken meanwhile, the oldest first. */
  readonly shown: ReadonlySignal<CallView | undefined>;

  constructor(app: Controller) {
    this.#app = app;
    const { api } = app.backend;
    this.shown = computed(() => {
      const calls = [...this.#calls.value.values()].toSorted((a, b) => a.at - b.at);
      return calls.find(({ rings }) => rings) ?? calls[0];
    });
    this.#stops = [
      api.on("message", ({ kind, caucus, message, sender }) => {
        if (kind === "call" && sender !== app.me) this.#look({ caucus, message, by: sender });
      }),
      api.on("tool", ({ caucus, message }) => {
        const shown = this.#calls.peek().get(message);
        if (shown) this.#look({ caucus, message, by: shown.by.person });
      }),
      app.backend.onMissed(() => void this.begin()),
    ];
    void this.begin();
  }

  /** Those that ring already; and those that rang, if they still do. */
  async begin(): Promise<void> {
    try {
      for (const { caucus, message, by } of [
        ...this.#calls.peek().values(),
        ...(await this.#app.backend.api.ringing()),
      ])
        this.#look({ caucus, message, by: by.person });
    } catch {
      // Whoever has the messenger is away: it is asked again when it is back.
    }
  }

  /** Not here any more; nobody else is told. */
  quiet(message: MessageId): void {
    this.#quiet.add(message);
    this.#take(message, undefined);
  }

  stop(): void {
    this.#stopped = true;
    for (const stop of this.#stops.splice(0)) stop();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #look(found: Found): void {
    const theirs = [...this.#waiting.values()].filter(({ by }) => by === found.by);
    if (theirs.length < EACH || this.#calls.peek().has(found.message)) this.#waiting.set(found.message, found);
    if (!this.#looking) void this.#lookAtAll();
  }

  async #lookAtAll(): Promise<void> {
    this.#looking = true;
    for (const [message, found] of this.#waiting) {
      this.#waiting.delete(message);
      try {
        const view = await this.#app.backend.api.tool(found.caucus, message);
        if (view.tool === "call" && !this.#stopped) this.#take(message, view);
      } catch {
        // It cannot be read now: a call that nobody can read does not ring.
      }
    }
    this.#looking = false;
  }

  /** What was muted stays so; what rang and is taken is shown as taken, until it would have been too late. */
  #take(message: MessageId, view: CallView | undefined): void {
    const calls = new Map(this.#calls.peek());
    const rang = calls.delete(message);
    clearTimeout(this.#timers.get(message));
    this.#timers.delete(message);
    const muted = view && this.#app.preferences.alert(view.caucus) === "none";
    const left = view ? view.until - Date.now() : 0;
    if (view && left > 0 && !this.#quiet.has(message) && ((view.rings && !muted) || (rang && view.taken))) {
      calls.set(message, view);
      this.#timers.set(
        message,
        setTimeout(() => this.#take(message, undefined), left),
      );
    }
    this.#calls.value = calls;
  }
}
