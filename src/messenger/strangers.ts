/**
 * First contacts: the one kind of frame that is opened by trial, against each of this device's prekeys. That costs, so
 * it has a budget; what is over it waits, and nothing is lost but by a flood that fills the waiting room.
 */
import type { Welcome } from "../protocol/control.ts";
import { welcomes } from "../protocol/control.ts";
import { openHello } from "../protocol/envelope.ts";
import { Budget } from "./budget.ts";
import { beInvited } from "./invitations.ts";
import type { MailRef } from "./mailbox.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Frames tried at once, and in a minute. */
const BURST = 60;
const WAITING_ROOM = 4096;

/** Puts the parts of welcomes together; so many at once, the oldest goes first. */
export class Parts {
  readonly #open = new Map<string, Map<number, Welcome>>();

  /** The whole welcome, once its last part is here. */
  add(welcome: Welcome): Welcome | undefined {
    if (welcome.parts <= 1) return welcome;
    const name = `${welcome.group}${welcome.from}${welcome.invite}`;
    const parts = this.#open.get(name) ?? new Map<number, Welcome>();
    parts.set(welcome.part, welcome);
    this.#open.set(name, parts);
    if (this.#open.size > 16) this.#open.delete(this.#open.keys().next().value as string);
    const all = Array.from({ length: welcome.parts }, (_, i) => parts.get(i));
    if (all.some((one) => one === undefined)) return undefined;
    this.#open.delete(name);
    return { ...welcome, ops: all.flatMap((one) => (one as Welcome).ops) };
  }
}

export class Strangers {
  readonly #session: Session;
  readonly #budget = new Budget(BURST, 60_000);
  readonly #parts = new Parts();
  readonly #waiting: MailRef[] = [];
  #planned = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Tries a frame now, or lets it wait its turn. */
  async meet(step: Step, { ref, frame }: { readonly ref: MailRef; readonly frame: Uint8Array }): Promise<void> {
    if (this.#budget.take(step.now)) return this.#try(step, frame);
    if (this.#waiting.length >= WAITING_ROOM) return;
    this.#waiting.push(ref);
    step.after(() => this.#plan());
  }

  #plan(): void {
    if (this.#planned || this.#waiting.length === 0 || this.#session.closed) return;
    this.#planned = true;
    this.#session.clock.after(60_000 / BURST, () => {
      this.#planned = false;
      if (this.#session.closed) return;
      this.#session.track(
        this.#session
          .step((step) => this.#next(step))
          .catch(() => undefined)
          .then(() => this.#plan()),
      );
    });
  }

  async #next(step: Step): Promise<void> {
    const ref = this.#budget.take(step.now) ? this.#waiting.shift() : undefined;
    const frame = ref && (await this.#session.mailbox.frame(ref));
    if (frame) await this.#try(step, frame);
  }

  async #try(step: Step, frame: Uint8Array): Promise<void> {
    for (const prekey of this.#session.self.prekeys) {
      const plain = await openHello(prekey.secret, frame);
      if (!plain) continue;
      const part = welcomes.decode(plain);
      const welcome = part && this.#parts.add(part);
      if (welcome) await beInvited(step, welcome);
      return;
    }
  }
}
