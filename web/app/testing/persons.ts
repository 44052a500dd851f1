/** Who is at the venue of the tests. */
import type { CaucusMember, GroupId, MessageId, PersonId, PersonView } from "../../../src/types.ts";

const hex = (text: string, length: number): string =>
  Array.from(text, (letter) => (letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0"))
    .join("")
    .padEnd(length, "0")
    .slice(0, length);

export const personId = (name: string): PersonId => hex(name, 64) as PersonId;
export const groupId = (name: string): GroupId => hex(name, 64) as GroupId;
export const messageId = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;

export const ME = personId("Ana Kovač");

type Traits = Partial<
  Pick<
    PersonView,
    "verified" | "online" | "path" | "guest" | "blocked" | "delegation" | "trust" | "app" | "vouchedBy" | "looksLike"
  >
>;

const person = (name: string, flag: string, traits: Traits = {}): PersonView => {
  const online = traits.online ?? true;
  return {
    person: personId(name),
    name,
    flag,
    delegation: "",
    verified: false,
    trust: traits.verified === true ? "verified" : "unverified",
    app: traits.guest === true ? "guest" : "unchecked",
    vouchedBy: [],
    looksLike: [],
    guest: false,
    blocked: false,
    ...traits,
    online,
    path: online ? (traits.path ?? "mesh") : "none",
    lastHeard: today(14, 12),
  };
};

const DAY = 86_400_000;

/** A clock time of today, in milliseconds; of yesterday before three in the afternoon: nothing here lies ahead. */
export const today = (hours: number, minutes: number): number => {
  const ahead = new Date().setHours(15, 0, 0, 0) > Date.now();
  return new Date().setHours(hours, minutes, 0, 0) - (ahead ? DAY : 0);
};

export const people: readonly PersonView[] = [
  person("Amina Njoroge", "KE", { verified: true, path: "direct" }),
  person("Léa Martin", "FR", { verified: true, path: "direct" }),
  person("هالة منصور", "EG", { path: "direct" }),
  person("Chen Jing", "CN", { verified: true, online: false }),
  person("Lucas Prado", "BR", { guest: true }),
  person("Mere Tuilagi", "FJ", { path: "direct" }),
  person("Diego Fuentes", "MX", { online: false }),
  person("Ingrid Dahl", "NO", { online: false }),
  person("Omar Haddad عمر حداد", "JO"),
  person("Jonas Eide", "NO", { online: false }),
  person("Priya Nair", "IN"),
  person("Σοφία Παππά", "GR"),
  person("Тимур Алиев", "KZ", { path: "direct" }),
  person("王秀英", "CN"),
  person("Red Cross observer", "", { delegation: "International Committee of the Red Cross" }),
];

export const member = (who: PersonView, more: Partial<CaucusMember> = {}): CaucusMember => ({
  person: who.person,
  name: who.name,
  flag: who.flag,
  delegation: who.delegation,
  role: "member",
  state: "joined",
  confirmed: true,
  trust: who.trust,
  verified: who.verified,
  app: who.app,
  vouchedBy: who.vouchedBy,
  online: who.online,
  guest: who.guest,
  ...more,
});

export const self: CaucusMember = {
  person: ME,
  name: "Ana Kovač",
  flag: "HR",
  delegation: "",
  role: "admin",
  state: "joined",
  confirmed: true,
  trust: "verified",
  verified: true,
  app: "unchecked",
  vouchedBy: [],
  online: true,
  guest: false,
};

export const one = (name: string): PersonView => {
  const found = people.find((who) => who.name.startsWith(name));
  if (!found) throw new Error(`Nobody is called ${name}.`);
  return found;
};
