/** What the screens derive from the messenger's views: titles, order, who is here, whose code stands on a placard. */
import type { CaucusMember, CaucusView, MessageView, PersonId, PersonView, Profile } from "../../src/types.ts";
import { plainName } from "./text.ts";

/** The letters on a placard: the country's two, or up to three of an organisation's capitals. */
export const codeOf = (who: Pick<Profile, "flag" | "delegation">): string => {
  if (/^[A-Z]{2}$/.test(who.flag)) return who.flag;
  const words = plainName(who.delegation)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const short = words.length > 1 ? words.map((word) => Array.from(word)[0]).join("") : (words[0] ?? "");
  return Array.from(short.toUpperCase()).slice(0, 3).join("") || "—";
};

/** Members that can read what is written: those who joined, without this person. */
export const readersOf = (caucus: CaucusView, me: PersonId): readonly CaucusMember[] =>
  caucus.members.filter((member) => member.state === "joined" && member.person !== me);

/** The other one of a caucus of two. */
export const partnerOf = (caucus: CaucusView, me: PersonId): CaucusMember | undefined =>
  caucus.direct ? caucus.members.find((member) => member.person !== me) : undefined;

/** A caucus's name to show; the other one's where it is a conversation of two. May be empty. */
export const titleOf = (caucus: CaucusView, me: PersonId): string =>
  plainName(partnerOf(caucus, me)?.name ?? caucus.name);

/** Newest first; caucuses where nothing was said come by name after those. */
export const byRecency = (caucuses: readonly CaucusView[], compare: (a: string, b: string) => number): CaucusView[] =>
  caucuses.toSorted((a, b) => (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0) || compare(a.name, b.name));

/** How others are reached, for the strip. */
export interface Reach {
  readonly people: number;
  readonly path: "both" | "hub" | "direct" | "mesh" | "alone" | "none";
}

/**
 * By the links that there are: which of them brought a person's presence says little. `mesh`: more people than direct
 * links, and no hub. `alone`: there is a link, and nobody at its other end yet. `none`: there is no link, whoever was
 * here a moment ago.
 */
export const reachOf = (
  people: readonly PersonView[],
  links: { readonly peers: number; readonly viaHub: number; readonly direct: number },
): Reach => {
  if (links.peers === 0) return { people: 0, path: "none" };
  const here = people.filter((person) => person.online).length;
  if (here === 0) return { people: 0, path: "alone" };
  if (links.viaHub > 0) return { people: here, path: links.direct > 0 ? "both" : "hub" };
  return { people: here, path: here > links.direct ? "mesh" : "direct" };
};

/** One mark under a message and those who made it, in the order they did. */
export interface Reaction {
  readonly emoji: string;
  readonly people: readonly PersonId[];
}

/**
 * Reactions by message. Each person has at most one on a message, the latest; an empty one takes it back. What is not
 * one short emoji is left out: a reaction is no place for prose.
 */
export const reactionsOf = (lines: readonly MessageView[]): ReadonlyMap<string, readonly Reaction[]> => {
  const latest = new Map<string, Map<PersonId, string>>();
  for (const line of lines) {
    if (line.kind !== "reaction" || !line.reply) continue;
    const marks = latest.get(line.reply) ?? new Map<PersonId, string>();
    marks.delete(line.sender);
    if (isEmoji(line.text)) marks.set(line.sender, line.text);
    latest.set(line.reply, marks);
  }
  const result = new Map<string, readonly Reaction[]>();
  for (const [message, marks] of latest) {
    const grouped = Map.groupBy(marks, ([, emoji]) => emoji);
    if (grouped.size === 0) continue;
    result.set(
      message,
      [...grouped].map(([emoji, group]) => ({ emoji, people: group.map(([person]) => person) })),
    );
  }
  return result;
};

/** One emoji, with its variation, skin tone and joined parts. */
export const isEmoji = (text: string): boolean => text.length <= 32 && /^\p{RGI_Emoji}$/v.test(text);

/** How far an own line has come, for its receipt. */
export type Progress = "waiting" | "saved" | "sent" | "reached" | "read";

export const progressOf = (line: MessageView, inReach: boolean): Progress => {
  if (line.read > 0) return "read";
  if (line.reached > 0) return "reached";
  if (line.state === "sent") return "sent";
  return inReach ? "saved" : "waiting";
};

/** The order of a record: what is sealed by time and id, then what is still only saved here. */
export const inOrder = (a: MessageView, b: MessageView): number => {
  const late = Number(a.state === "saved") - Number(b.state === "saved");
  return late || a.sentAt - b.sentAt || (a.message < b.message ? -1 : Number(a.message > b.message));
};
