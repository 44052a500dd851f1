/**
 * Which tab is the peer. One leads: it has the lease, the store and the network. The others follow: they ask it. When it
 * closes, crashes or freezes, another one takes the lease (see `browserHome.ts`), and whatever the old one still believes,
 * it can write nothing: so all that is decided here by messages and timers may be wrong for a while and harms nobody.
 *
 * Web Locks, where a page has them, only tell sooner that a leader has gone.
 */
import type { Millis } from "../../src/types.ts";
import type { Leading, TabsOptions } from "./seat.ts";
import type { Packet } from "./wire.ts";

/** How long a tab waits for somebody to say that they lead, and how often it asks whoever does. */
const ASK_FOR: Millis = 800;
const ASK_EVERY: Millis = 2000;
/** A leader that says nothing for so long is frozen or gone. */
const SILENT: Millis = 7000;
/** A leader that nobody looks at is slowed down by its browser: a tab in view asks for its place. */
const OUT_OF_VIEW: Millis = 20_000;

type State<L> =
  | { readonly kind: "seeks" }
  | { readonly kind: "takes" }
  | { readonly kind: "opens"; readonly lease: number }
  | { readonly kind: "leads"; readonly lease: number; readonly work: L }
  | { readonly kind: "follows"; readonly leader: string; readonly lease: number; heard: Millis; hidden: Millis }
  | { readonly kind: "leaves" }
  | { readonly kind: "closed" };

/** This tab among the others. */
export class Tabs<L extends Leading> {
  readonly #options: TabsOptions<L>;
  readonly #gone = new AbortController();
  #state: State<L> = { kind: "seeks" };
  #cancel: () => void = () => {};
  #ticked: Millis;
  /** Another tab took this one's lease. */
  #outdone = false;

  constructor(options: TabsOptions<L>) {
    this.#options = options;
    this.#ticked = options.clock.now();
  }

  /** Looks for who leads, and leads if nobody does; at once where it is known that nobody does (`alone`). */
  start(alone = false): void {
    if (alone) void this.#take();
    else this.#seek();
    const { locks, home } = this.#options;
    if (locks === undefined) return;
    const held = (): Promise<void> => {
      // Nobody else is alive, or whoever leads does so without the lock.
      if (this.#state.kind === "seeks") void this.#take();
      else if (this.#state.kind === "follows") this.#seek();
      return new Promise((resolve) => this.#gone.signal.addEventListener("abort", () => resolve()));
    };
    locks.request(`couloir/${home.profile}`, { signal: this.#gone.signal }, held).catch(() => undefined);
  }

  /** Gives the seat up, in order, and takes no other. */
  async close(): Promise<void> {
    const { kind } = this.#state;
    if (kind === "closed") return;
    await this.#stand({ kind: "closed" });
    this.#cancel();
    if (kind === "leads" || kind === "opens") this.#say("bye");
    this.#gone.abort();
  }

  /** Begins its work anew, with what it has learned. */
  again(): void {
    if (this.#state.kind !== "leads") return;
    void this.#stand({ kind: "leaves" }).then(() => {
      this.#say("bye", this.#options.wire.self);
      this.#seek();
      return this.#take();
    });
  }

  /** The page is about to go, at once: whoever follows need not wait. The lease that it leaves behind, if it had one. */
  farewell(): number | undefined {
    const state = this.#state;
    if (state.kind !== "leads" && state.kind !== "opens") return undefined;
    this.#say("bye");
    return state.lease;
  }

  /** The page is awake again: looks whether the seat is still this tab's. */
  async wake(): Promise<void> {
    const state = this.#state;
    if (state.kind === "leads" || state.kind === "opens") {
      const lease = await this.#options.home.lease().catch(() => undefined);
      if (lease !== state.lease && this.#state === state) await this.#lost(state.lease);
      else this.#announce();
    } else if (state.kind === "follows") this.#tick();
    else if (state.kind === "seeks") this.#seek();
  }

  /** Takes a packet that concerns the seats; says whether it was one. */
  take(packet: Packet): boolean {
    switch (packet.kind) {
      case "who":
        this.#announce(packet.from);
        return true;
      case "lead":
        this.#hear(packet);
        return true;
      case "bye":
        if (this.#state.kind !== "follows" || this.#state.leader !== packet.from) return true;
        // Whoever is to have it takes it; the rest waits to hear of that.
        if (packet.value === undefined || packet.value === this.#options.wire.self) void this.#take();
        else this.#seek();
        return true;
      case "yield":
        if (this.#state.kind === "leads" && this.#options.hiddenSince() !== undefined)
          void this.#stand({ kind: "leaves" }).then(() => {
            this.#say("bye", packet.from);
            this.#seek();
          });
        return true;
      default:
        return false;
    }
  }

  #say(kind: string, value?: unknown, to = ""): void {
    this.#options.wire.send({ to, kind, ...(value === undefined ? {} : { value }) });
  }

  #announce(to = ""): void {
    const state = this.#state;
    if (state.kind !== "leads" && state.kind !== "opens") return;
    const since = this.#options.hiddenSince();
    const hidden = since === undefined ? 0 : this.#options.clock.now() - since;
    this.#say("lead", { lease: state.lease, hidden }, to);
  }

  #hear({ from, value }: Packet): void {
    const { lease, hidden } = (value ?? {}) as { lease?: unknown; hidden?: unknown };
    if (typeof lease !== "number" || typeof hidden !== "number") return;
    const state = this.#state;
    const heard = this.#options.clock.now();
    switch (state.kind) {
      case "seeks":
        this.#follow({ kind: "follows", leader: from, lease, heard, hidden });
        return;
      case "follows":
        if (from === state.leader) Object.assign(state, { heard, hidden });
        else if (lease > state.lease) this.#follow({ kind: "follows", leader: from, lease, heard, hidden });
        return;
      case "leads":
      case "opens":
        if (lease > state.lease) void this.#lost(state.lease);
        // It slept, and does not know.
        else this.#announce(from);
        return;
      case "takes":
      case "leaves":
      case "closed":
        return;
      default:
        state satisfies never;
    }
  }

  #follow(state: Extract<State<L>, { kind: "follows" }>): void {
    const before = this.#state;
    this.#state = state;
    this.#outdone = false;
    if (before.kind === "follows") this.#options.rpc.lose(before.leader);
    this.#options.onSeat({ kind: "follows", leader: state.leader });
    this.#ticked = state.heard;
    this.#later(ASK_EVERY, () => this.#tick());
  }

  /** Asks the leader for a sign of life, and gives it up when there is none. */
  #tick(): void {
    const state = this.#state;
    if (state.kind !== "follows") return;
    const { clock, hiddenSince } = this.#options;
    const now = clock.now();
    // This tab itself slept: the silence was its own.
    if (now - this.#ticked > 2 * ASK_EVERY) state.heard = now;
    this.#ticked = now;
    if (now - state.heard > SILENT) {
      void this.#take();
      return;
    }
    const outOfView = state.hidden > OUT_OF_VIEW && hiddenSince() === undefined;
    this.#say(outOfView ? "yield" : "who", undefined, state.leader);
    this.#later(ASK_EVERY, () => this.#tick());
  }

  #seek(): void {
    const before = this.#state;
    if (before.kind === "closed") return;
    this.#state = { kind: "seeks" };
    if (before.kind === "follows") this.#options.rpc.lose(before.leader);
    if (before.kind !== "seeks") this.#options.onSeat(undefined);
    this.#say("who");
    this.#later(ASK_FOR, () => {
      // Whoever took the lease cannot be heard: the tab in view has it, or the two would take it from each other for ever.
      if (!this.#outdone || this.#options.hiddenSince() === undefined) void this.#take();
    });
  }

  /** Takes the lease and begins to lead, unless somebody else was quicker. */
  async #take(): Promise<void> {
    const before = this.#state;
    if (before.kind !== "seeks" && before.kind !== "follows") return;
    this.#cancel();
    const taking: State<L> = { kind: "takes" };
    this.#state = taking;
    if (before.kind === "follows") {
      this.#options.rpc.lose(before.leader);
      this.#options.onSeat(undefined);
    }
    const { home, lead, onSeat, onFailed } = this.#options;
    let opening: State<L> = taking;
    try {
      const lease = await home.takeLease(await home.lease());
      if (this.#state !== taking) return;
      if (lease === undefined) return this.#seek();
      this.#state = opening = { kind: "opens", lease };
      this.#announce();
      const work = await lead(lease, () => void this.#lost(lease));
      if (this.#state !== opening) {
        await work.close();
        return;
      }
      this.#state = { kind: "leads", lease, work };
      this.#announce();
      onSeat({ kind: "leads", work });
    } catch (error) {
      if (this.#state !== opening) return;
      this.#say("bye");
      this.#state = { kind: "closed" };
      this.#gone.abort();
      onFailed(error);
    }
  }

  /** Another tab has the lease. */
  async #lost(lease: number): Promise<void> {
    const state = this.#state;
    if ((state.kind !== "leads" && state.kind !== "opens") || state.lease !== lease) return;
    await this.#stand({ kind: "leaves" });
    this.#outdone = true;
    this.#seek();
  }

  /** Ends what this tab does in its seat. */
  async #stand(next: State<L>): Promise<void> {
    const before = this.#state;
    this.#state = next;
    this.#cancel();
    if (before.kind === "follows") this.#options.rpc.lose(before.leader);
    if (before.kind === "leads" || before.kind === "follows") this.#options.onSeat(undefined);
    if (before.kind === "leads") await before.work.close();
  }

  #later(ms: Millis, work: () => void): void {
    this.#cancel();
    this.#cancel = this.#options.clock.after(ms, work);
  }
}
