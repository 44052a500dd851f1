/** The same venue with more going on in the first caucus: admins, motions, pins, words on record, what was granted. */
import type { CaucusView, MessageView } from "../../../src/types.ts";
import { member, messageId, one } from "./persons.ts";
import type { Venue } from "./venue.ts";

const HOUR = 3_600_000;

export const governed = (all: Venue): Venue => {
  const [first, ...others] = all.caucuses;
  if (!first) return all;
  const { person: amina } = one("Amina");
  const { person: lea } = one("Léa");
  const { person: diego } = one("Diego");
  const until = Date.now() + HOUR;
  const caucus: CaucusView = {
    ...first,
    quantum: true,
    adminsInvite: true,
    noGuests: true,
    members: first.members.map((who) => ({
      ...who,
      ...((who.person === amina || who.person === lea) && { role: "admin" as const }),
      ...(who.person === diego && { equivocated: true as const }),
    })),
    motions: [
      { by: lea, about: amina, to: "out", until },
      { by: first.members[0]?.person ?? lea, about: diego, to: "admin", until },
    ],
    contests: [{ kept: [diego], lost: [member(one("Priya")).person] }],
  };
  const lines = all.lines.get(first.caucus) ?? [];
  const [, before, ...rest] = lines;
  if (!before) return all;
  const pin = (n: number, line: MessageView, by: string): MessageView => ({
    ...before,
    ...one(by),
    message: messageId(90_000 + n),
    sender: one(by).person,
    sentAt: line.sentAt + n,
    kind: "pin",
    text: "pinned",
    reply: line.message,
  });
  const amended = rest.map((line): MessageView => {
    if (line.text.startsWith("The chair takes")) return { ...line, alsoRead: [one("Omar").person] };
    if (line.text.startsWith("I will ask")) return { ...line, onRecord: true };
    return line;
  });
  const answer = amended.find((line) => line.text.startsWith("We can live"));
  const pins = [pin(1, before, "Amina"), ...(answer ? [pin(2, answer, "Léa")] : [])];
  const earlier = lines.slice(0, 2).map((line): MessageView => ({ ...line, granted: true }));
  return {
    ...all,
    caucuses: [caucus, ...others],
    lines: new Map(all.lines).set(
      first.caucus,
      [...earlier, ...amended, ...pins].toSorted((a, b) => a.sentAt - b.sentAt),
    ),
  };
};
