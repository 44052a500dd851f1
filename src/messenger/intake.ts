/** The one way in: every frame, whether gossip or catch-up brought it, enters here. */
import type { Verdict } from "../net/link.ts";
import type { Trust } from "../net/shares.ts";
import type { Header } from "../protocol/envelope.ts";
import { isEnvelope, readHeader } from "../protocol/envelope.ts";
import type { Topic } from "../types.ts";
import { heardAnswer, takeHail } from "./answers.ts";
import { takeAnswer } from "./asks.ts";
import type { MailRef } from "./mailbox.ts";
import { mailRef } from "./mailbox.ts";
import { takePresence } from "./presenceIntake.ts";
import { openInGroup } from "./receive.ts";
import type { Opener, Session } from "./session.ts";
import { Strangers } from "./strangers.ts";
import type { MemberId } from "../types.ts";

/** Frames of one step: enough that a catch-up costs few synced writes, few enough that people's own steps get in between. */
const BATCH = 64;

/** Opens a frame at the place that its tag names. */
export const openPlace: Opener = async (step, place, frame) => {
  switch (place.kind) {
    case "hail":
      return takeHail(step, place.group, place, frame);
    case "answer":
      return takeAnswer(step, place.asked as MemberId, place.key, frame);
    case "answered":
      return heardAnswer(step.session, place.ask);
    case "link":
      return step.session.links?.take(step, place, frame);
    case "message":
    case "meta":
    case "pair":
    case "pointed":
      return openInGroup(step, place, frame);
  }
};

/** Stands for a link where a person has brought a file. */
export const FROM_FILE = "file";

interface Waiting {
  readonly ref: MailRef;
  readonly header: Header;
  readonly frame: Uint8Array;
  readonly from: string;
  readonly rank: Trust;
  readonly done: (verdict: Verdict) => void;
}

export class Intake {
  readonly #session: Session;
  readonly #waiting: Waiting[] = [];
  readonly #underWay = new Set<string>();
  readonly #strangers: Strangers;
  #draining = false;

  constructor(session: Session) {
    this.#session = session;
    this.#strangers = new Strangers(session);
  }

  /** Resolves after the frame is on disk (or is nothing to keep). */
  take(topic: Topic, frame: Uint8Array, from: string): Promise<Verdict> {
    const { venue, clock, mailbox, closed } = this.#session;
    if (closed) return Promise.resolve("ignore");
    if (topic === venue.presence)
      return takePresence(this.#session, [{ frame }]).then(([verdict]) => verdict ?? "ignore");
    if (!venue.carried.includes(topic)) return Promise.resolve("ignore");
    const header = readHeader(frame, clock.now());
    if (!header) return Promise.resolve(isEnvelope(frame) ? "ignore" : "reject");
    const ref = mailRef(topic, header.slot, frame);
    if (mailbox.has(ref) || this.#underWay.has(ref.envelope)) return Promise.resolve("ignore");
    this.#underWay.add(ref.envelope);
    return new Promise((done) => {
      // The link may be gone by the time that it is this frame's turn.
      this.#waiting.push({ ref, header, frame, from, rank: this.#trust(from), done });
      if (!this.#draining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      const verdict = await this.#open(batch);
      for (const { ref, done } of batch) {
        this.#underWay.delete(ref.envelope);
        done(verdict);
      }
    }
    this.#draining = false;
  }

  #trust(from: string): Trust {
    // A link that knows of no strangers, and a file that a person has brought.
    return from === FROM_FILE ? "vouched" : (this.#session.link.trust?.(from) ?? "vouched");
  }

  /** One step for the batch; where that fails, one for each, so that a single frame cannot hold up others. */
  async #open(batch: readonly Waiting[]): Promise<Verdict> {
    try {
      await this.#session.step(async (step) => {
        for (const { ref, header, frame, from, rank } of batch) {
          step.keep(ref.topic, frame, { rank, source: from });
          if (header.kind === "hello") await this.#strangers.meet(step, { ref, frame });
          else await step.arrive(header.tag, frame);
          await step.follow();
        }
      });
      return "accept";
    } catch {
      if (batch.length > 1) for (const one of batch) await this.#open([one]);
      return "ignore";
    }
  }
}
