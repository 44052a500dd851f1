/** Says once, in plain words, what the neighbours tell of the venue that does not fit what this device knows of it. */
import type { Session } from "./session.ts";

/** What is said, and by which code. */
export const venueNews = (session: Session): void => {
  const { door, events, saidOfVenue: said, link } = session;
  const standing = link.status().venue;
  if (standing === undefined) return;
  const { name, buckets, key } = door.known;
  const say = (code: string, text: string): void => {
    if (said.has(code)) return;
    said.add(code);
    events.emit("notice", { level: "warn", code, text });
  };
  if (standing.otherwise > 0)
    say(
      "venue-differs",
      `Others here have the venue “${name}” in ${standing.buckets} parts, and this device in ${buckets}: what is said in some caucuses does not pass between you. Take the venue's code from its hub.`,
    );
  if (key === undefined && standing.keyed > 0)
    say(
      "venue-key-missing",
      `The venue “${name}” has a key, and this device does not: it shares a small part of the others' attention with all strangers. Scan the QR code of a hub, or take the venue's code from somebody.`,
    );
  if (standing.otherKey > 0)
    say(
      "venue-key-differs",
      `Others here have another key of the venue “${name}”: you count as strangers for each other. Take the venue's code from its hub.`,
    );
};
