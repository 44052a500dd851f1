/** When a message goes that does not stay: as its author signed it, as a device keeps it, and as this person's own will. */
import { contents, fades } from "../content/message.ts";
import { dueBy, goesAt, type Signed } from "../protocol/lasts.ts";
import { LASTS } from "../protocol/limits.ts";
import { put } from "../store/record.ts";
import type { GroupId, Millis } from "../types.ts";
import type { Line } from "./lines.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";

type About = Pick<Line, "content" | "lasts" | "time" | "original">;

/** What a message says of how long it lasts, if it is one that does not stay. */
const signedIn = ({ content, lasts, time, original }: About): Signed | undefined =>
  lasts !== undefined && original && fades(content) ? { time, lasts, slot: original.slot } : undefined;

/** When a line goes that came just now. */
export const goesIn = (line: About, now: Millis): Millis | undefined => {
  const signed = signedIn(line);
  return signed && goesAt(signed, now);
};

/** Whether a line is due by what its author signed, however late it came here. */
export const isPast = (line: About, now: Millis): boolean => {
  const signed = signedIn(line);
  return signed !== undefined && dueBy(signed, now) <= now;
};

/** Whether a line goes now: what is due is not shown, however late its timer is. */
export const isDue = ({ goes }: Pick<Line, "goes">, now: Millis): boolean => goes !== undefined && goes <= now;

/** Puts down when a line goes, if it does. */
export const noteFade = (step: Step, group: GroupId, { goes, message }: Pick<Line, "goes" | "message">): void => {
  if (goes === undefined) return;
  step.write(put({ space: "fade", group, time: goes, message }, null));
  step.after(() => step.session.fading.soon(goes));
};

/**
 * How many seconds a message of this device's own lasts that is sealed now: as the caucus has agreed; a word about another
 * message as long as that one.
 */
export const lastsNow = async (step: Step, { state }: Held, content: Uint8Array): Promise<number | undefined> => {
  if (!fades(content)) return undefined;
  const { lasts } = state.view.policy;
  const said = contents.decode(content);
  if (!said || !("to" in said)) return lasts;
  const place = await step.place(state.group, said.to);
  const about = place && (await step.line(state.group, place));
  if (!about) return lasts && LASTS.least;
  if (about.goes === undefined) return undefined;
  return Math.min(LASTS.most, Math.max(LASTS.least, Math.ceil((about.goes - step.now) / 1000)));
};
