/**
 * What a person types to name a person, a caucus or a message: a whole id, the unique beginning of one (four digits or
 * more), or the exact name in any case. Where that is not one thing, the error says what there is. Never guesses.
 */
import { usage } from "../errors.ts";
import type {
  CaucusView,
  CodeView,
  DeviceId,
  DeviceView,
  GroupId,
  MessageId,
  PersonId,
  PersonView,
  WaitingView,
} from "../types.ts";
import type { ApiClient } from "./client.ts";
import { plainLine } from "./terminal.ts";

const SHOWN = 8;
const SHORT = 8;
const ID_PREFIX = /^[0-9a-f]{4,}$/u;

interface Candidate<T extends string> {
  readonly id: T;
  readonly name: string;
}

const fold = (name: string): string => plainLine(name).normalize("NFKC").toLowerCase();

const listed = (candidates: readonly Candidate<string>[]): string => {
  const shown = candidates.slice(0, SHOWN).map(({ id, name }) => `“${plainLine(name)}” (${id.slice(0, SHORT)})`);
  const rest = candidates.length - shown.length;
  return shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
};

/** Those that the argument may mean: one by its whole id, else all by the beginning of an id or by name. */
const matches = <C extends Candidate<string>>(argument: string, candidates: readonly C[]): C[] => {
  const typed = argument.toLowerCase();
  const whole = candidates.find(({ id }) => id === typed);
  if (whole !== undefined) return [whole];
  const prefix = ID_PREFIX.test(typed);
  const name = fold(argument);
  return candidates.filter((one) => (prefix && one.id.startsWith(typed)) || (name !== "" && fold(one.name) === name));
};

const one = <C extends Candidate<string>>(kind: string, argument: string, from: readonly C[]): C => {
  const found = matches(argument, from);
  const typed = plainLine(argument);
  if (found.length > 1) throw usage("ambiguous", `“${typed}” can mean ${listed(found)}: type more of the id`);
  if (found[0] === undefined)
    throw usage(
      `unknown-${kind}`,
      from.length === 0
        ? `no ${kind} “${typed}”: there is none yet`
        : `no ${kind} “${typed}”; there is ${listed(from)}`,
    );
  return found[0];
};

/** A caucus's name as people see it: of a direct conversation, the other's. */
export const caucusName = (caucus: CaucusView, self: PersonId): string =>
  caucus.direct ? (caucus.members.find(({ person }) => person !== self)?.name ?? caucus.name) : caucus.name;

const people = (known: readonly PersonView[], caucuses: readonly CaucusView[]): Candidate<PersonId>[] => {
  const found = new Map(known.map(({ person, name }) => [person, { id: person, name }]));
  for (const { members } of caucuses)
    for (const { person, name } of members) if (!found.has(person)) found.set(person, { id: person, name });
  return [...found.values()];
};

interface CaucusCandidate extends Candidate<GroupId> {
  readonly view: CaucusView;
}

const caucusCandidates = async (client: ApiClient): Promise<{ self: PersonId; candidates: CaucusCandidate[] }> => {
  const [{ person: self }, caucuses] = await Promise.all([client.status(), client.caucuses()]);
  return { self, candidates: caucuses.map((view) => ({ id: view.caucus, name: caucusName(view, self), view })) };
};

/** Of several with one name, the one that is still alive. */
const alive = (argument: string, candidates: readonly CaucusCandidate[]): readonly CaucusCandidate[] => {
  const found = matches(argument, candidates);
  const going = found.filter(({ view }) => view.state !== "gone");
  return found.length > 1 && going.length === 1 ? going : candidates;
};

/** The person that an argument names. */
export const pickPerson = async (client: ApiClient, argument: string): Promise<PersonId> => {
  const [known, caucuses] = await Promise.all([client.people(), client.caucuses()]);
  return one("person", argument, people(known, caucuses)).id;
};

/** The caucus that an argument names. */
export const pickCaucus = async (client: ApiClient, argument: string): Promise<CaucusView> => {
  const { candidates } = await caucusCandidates(client);
  return one("caucus", argument, alive(argument, candidates)).view;
};

/** The invitation that an argument names. */
export const pickInvitation = async (client: ApiClient, argument: string): Promise<GroupId> => {
  const invitations = await client.invitations();
  return one(
    "invitation",
    argument,
    invitations.map(({ caucus, name }) => ({ id: caucus, name })),
  ).id;
};

/** The code to join with: what was typed, or that of the open caucus which it names. */
export const pickCode = async (client: ApiClient, argument: string): Promise<string> => {
  // A code is never taken for a name, whatever somebody calls a caucus.
  if (/^couloir:|^https?:/iu.test(argument)) return argument;
  const listed = (await client.listed()).map(({ caucus, name, code }) => ({ id: caucus, name, code }));
  return matches(argument, listed).length === 0 ? argument : one("open caucus", argument, listed).code;
};

/** An open code of a caucus: what others join with, its id, or the beginning of one. */
export const pickInvite = async (client: ApiClient, caucus: GroupId, argument: string): Promise<CodeView> => {
  const codes = await client.codes(caucus);
  const bare = argument.trim().slice(argument.trim().lastIndexOf("#") + 1);
  const whole = codes.find(({ code }) => code !== undefined && code === bare);
  if (whole !== undefined) return whole;
  // Of another device's code nobody else knows what it is: by its id alone.
  if (/^couloir:/iu.test(bare))
    throw usage(
      "unknown-code",
      "no open code that was made here is that one; name it by its id, as invite ls shows it",
    );
  return one(
    "code",
    argument,
    codes.map((view) => ({ id: view.invite as string, name: "", view })),
  ).view;
};

/** Somebody who waits to be let in. */
export const pickWaiting = async (client: ApiClient, caucus: GroupId, argument: string): Promise<WaitingView> =>
  one(
    "person who waits",
    argument,
    (await client.waiting(caucus)).map((view) => ({ id: view.person as string, name: view.name, view })),
  ).view;

/** Where a message goes: a caucus, or the direct conversation with a person. */
export const pickTarget = async (client: ApiClient, argument: string): Promise<GroupId> => {
  const [{ self, candidates }, known] = await Promise.all([caucusCandidates(client), client.people()]);
  // A person and the conversation with that person are one target, so a conversation goes by its id only.
  const typed = argument.toLowerCase();
  const byId = ({ id, view }: CaucusCandidate): boolean => view.direct && ID_PREFIX.test(typed) && id.startsWith(typed);
  const groups = [
    ...alive(
      argument,
      candidates.filter(({ view }) => !view.direct),
    ),
    ...candidates.filter(byId),
  ];
  const others = people(
    known,
    candidates.map(({ view }) => view),
  ).filter(({ id }) => id !== self);
  const target = one("caucus or person", argument, [
    ...groups.map(({ id, name }) => ({ id: id as string, name, kind: "caucus" as const })),
    ...others.map(({ id, name }) => ({ id: id as string, name, kind: "person" as const })),
  ]);
  return target.kind === "caucus" ? (target.id as GroupId) : client.direct(target.id as PersonId);
};

/** The message that an argument names: its id, or a beginning that no other message of the caucus has. */
export const pickMessage = async (client: ApiClient, caucus: GroupId, argument: string): Promise<MessageId> => {
  const typed = argument.toLowerCase();
  if (!/^[0-9a-f]{4,32}$/u.test(typed))
    throw usage(
      "bad-message",
      `“${plainLine(argument)}” is no message id: take four or more of its hex digits, as history shows them`,
    );
  if (typed.length === 32) return (await client.message(caucus, typed as MessageId)).message;
  const found: { readonly id: MessageId; readonly name: string }[] = [];
  for await (const { message, name, text } of client.history(caucus))
    if (message.startsWith(typed)) found.push({ id: message, name: `${name}: ${plainLine(text).slice(0, 30)}` });
  if (found.length > 1) throw usage("ambiguous", `“${typed}” can mean ${listed(found)}: type more of the id`);
  if (found[0] === undefined) throw usage("unknown-message", `no message of this caucus begins with ${typed}`);
  return found[0].id;
};

/** One of this person's devices, revoked or not. */
export const pickDevice = async (client: ApiClient, argument: string): Promise<DeviceView> => {
  const devices = (await client.devices()).map((view) => ({ id: view.device as DeviceId, name: view.name, view }));
  return one("device", argument, devices).view;
};
