/** Takes presence frames in, whether gossip or a neighbour's answer brought them. */
import type { Verdict } from "../net/link.ts";
import { isEnvelope, readHeader } from "../protocol/envelope.ts";
import type { Millis } from "../types.ts";
import { adoptList } from "./own.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** A frame, and how long ago the neighbour that told it heard it; absent where gossip brought it. */
export interface Brought {
  readonly frame: Uint8Array;
  readonly age?: Millis;
}

const take = async (step: Step, { frame, age }: Brought): Promise<Verdict> => {
  const { people, venue, events, clock, own, person } = step.session;
  if (!readHeader(frame, clock.now())) return isEnvelope(frame) ? "ignore" : "reject";
  const heard = await people.hear(frame, venue, age);
  if (!heard) return "ignore";
  step.write(...heard.changes);
  if (heard.person === person) {
    own?.heard(heard.device);
    await adoptList(step);
  }
  const view = people.view(heard.person);
  if (view && heard.person !== person) step.after(() => events.emit("person", view));
  return "accept";
};

/** In one step: a verdict for each. Never rejects. */
export const takePresence = (session: Session, brought: readonly Brought[]): Promise<readonly Verdict[]> =>
  session
    .step(async (step) => {
      const verdicts: Verdict[] = [];
      for (const one of brought) {
        await session.options.pause?.();
        verdicts.push(await take(step, one));
      }
      return verdicts;
    })
    .catch(() => brought.map((): Verdict => "ignore"));
