/**
 * What admins do beside each other, told line by line: `17 Bo makes Cy admin on 12 16`. Each has a number, which its id follows
 * from, and names those that it rests on. A seat is called by its person and, where it is not the first, by something more.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { HOUR } from "../../src/protocol/limits.ts";
import type { View } from "../../src/protocol/resolve.ts";
import { resolve } from "../../src/protocol/resolve.ts";
import type { DeviceId, MemberId, OpId, PersonId } from "../../src/types.ts";
import type { Seat } from "./bareBodies.ts";
import { cardOf, deviceBy, inviteOf, joinOf, listOf, unseatBy } from "./bareBodies.ts";
import type { Bare } from "./bareGraph.ts";
import { BareGraph, POLICY } from "./bareGraph.ts";
import { NOW } from "./room.ts";

const idOf = <T extends string>(kind: string, of: string): T =>
  Buffer.from(sha256(new TextEncoder().encode(`${kind} ${of}`))).toString("hex") as T;
const opOf = (number: string): OpId => idOf("told", number);
const keyOf = (seat: string): MemberId => idOf("seat", seat);
const deviceOf = (seat: string): DeviceId => idOf("device", seat);
const personOf = (seat: string): PersonId => idOf("person", seat.split(" ")[0] as string);
/** `device`: of which other seat its card is, if it is not its own. */
const seatOf = (name: string, device = name): Seat => ({
  key: keyOf(name),
  name,
  card: cardOf(personOf(name), deviceOf(device)),
});

/** Four admins, the later ones made by two; Cy and Dee have a second device, and Bo came once more by himself; Eve and Fay are members. */
const BEFORE = `1 Ana invites member 100 on 0
  2 Bo joins 1 on 1
  3 Cy joins 1 on 2
  4 Dee joins 1 on 3
  5 Eve joins 1 on 4
  6 Fay joins 1 on 5
  7 Ana makes Bo admin on 6
  8 Bo moves Cy admin on 7
  9 Ana makes Cy admin on 8
  10 Cy seats Cy 2 on 9
  11 Ana moves Dee admin on 10
  12 Bo makes Dee admin on 11
  13 Dee seats Dee 2 on 12
  14 Bo b joins 1 on 13`.split("\n");

const LINE = /^(\d+) ([A-Z]\w*(?: [a-z\d])?) (\w+)(?: (.*?))? on ([\d ]+?)(?: at (\d+))?$/;
const lastWord = (said: string): readonly [string, string] => {
  const at = said.lastIndexOf(" ");
  return [said.slice(0, at), said.slice(at + 1)];
};

const bareOf = (who: string, verb: string, said: string): Bare => {
  const by = keyOf(who);
  const [first, last] = lastWord(said);
  const [name, as] = said.split(" as ") as [string, string?];
  const seats = said.split(", ");
  switch (verb) {
    case "invites":
      return { by, body: inviteOf(first as "admin" | "member", Number(last)) };
    case "calls":
      return { by, body: inviteOf("member", 1), card: seatOf(said).card };
    case "joins": {
      const [way, card] = said.split(" as ") as [string, string?];
      return joinOf(seatOf(who, card), opOf(way));
    }
    case "makes":
      return { by, body: { kind: "role", member: keyOf(first), role: last as "admin" | "member" } };
    case "moves":
      return { by, body: { kind: "motion", line: keyOf(first), to: last as "out" | "admin" | "member" } };
    case "seats":
      return deviceBy(by, seatOf(name, as));
    case "rekeys":
      return { by, body: { kind: "rekey" } };
    case "leaves":
      return { by, body: { kind: "leave", cut: [] } };
    case "removes": {
      const members = seats.map(keyOf).sort();
      return { by, body: { kind: "remove", person: personOf(seats[0] as string), members, invites: [], cut: [] } };
    }
    case "bars":
      return { by, body: { kind: "remove", person: personOf(said), members: [], invites: [], cut: [] } };
    case "revokes": {
      const [lost, device = seats[0]] = said.split(" as ") as [string, string?];
      return unseatBy(by, lost.split(", ").map(keyOf), listOf(personOf(who), deviceOf(device as string)));
    }
    case "withdraws":
      return { by, body: { kind: "revoke", invite: opOf(said) } };
    case "lets":
      return { by, body: { kind: "policy", policy: { ...POLICY, invite: said as "admins" | "members" } } };
    default:
      throw new Error(`no verb: ${verb}`);
  }
};

class Told extends BareGraph {
  readonly names = new Map<string, string>([[keyOf("Ana"), "Ana"]]);
  readonly #numbers: string[];

  constructor() {
    const numbers = ["0"];
    super((n) => opOf(numbers[n] as string), { by: keyOf("Ana"), card: seatOf("Ana").card });
    this.#numbers = numbers;
  }

  /** @throws Error for a line that is none, or that its author may not sign */
  tells(line: string): void {
    const [, number, who, verb, said = "", on, hours = "0"] = LINE.exec(line.trim()) ?? [];
    if (!number || !who || !verb || !on) throw new Error(`no line: ${line}`);
    this.#numbers.push(number);
    const seated = verb === "seats" ? (said.split(" as ")[0] as string) : who;
    for (const name of [who, seated]) this.names.set(keyOf(name), name);
    const parents = this.parentsOf(on.split(" ").map((one) => this.#numbers.indexOf(one)));
    const signed = this.sign(bareOf(who, verb, said), { parents, at: NOW + Number(hours) * HOUR });
    if (!signed) throw new Error(`not admitted: ${line}`);
  }
  numberOf(id: OpId): string {
    return this.#numbers.find((one) => opOf(one) === id) as string;
  }
}

/**
 * What a story comes to after what was before, or the first lines of that: who is in, an admin with a star; what motions wait; what invitations by card
 * are withdrawn; whose devices are revoked.
 */
export const outcome = (story: string, until = BEFORE.length): string => {
  const told = new Told();
  for (const line of [...BEFORE.slice(0, until), ...story.split("\n")]) told.tells(line);
  const view = resolve(told.dag) as View;
  const members = [...view.members.values()].map(
    ({ member, role }) => `${told.names.get(member)}${role === "admin" ? "*" : ""}`,
  );
  const motions = [...view.motions.keys()].map((id) => told.numberOf(id));
  const revoked = [...told.names.values()].filter((name) => view.revoked.has(`${personOf(name)}/${deviceOf(name)}`));
  const withdrawn = [...view.withdrawn.keys()].map((id) => told.numberOf(id));
  return [
    members.sort().join(", "),
    ...(motions.length > 0 ? [`moved: ${motions.sort().join(", ")}`] : []),
    ...(withdrawn.length > 0 ? [`withdrawn: ${withdrawn.sort().join(", ")}`] : []),
    ...(revoked.length > 0 ? [`revoked: ${revoked.sort().join(", ")}`] : []),
  ].join("; ");
};
