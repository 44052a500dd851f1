/** What this device sees of its network at one moment, and what its neighbours say of it: the facts for the doctor. */
import type { Clock, Millis } from "../types.ts";
import { hostOf, isWebRtc, isWebRtcDirect, type AddressKey } from "./addresses.ts";
import type { Entry } from "./connections.ts";
import type { Discovery } from "./discovery.ts";
import { portOf, type Tried } from "./knocks.ts";
import type { Look, Said } from "./look.ts";
import type { Machine } from "./machine.ts";
import { delay } from "./systemClock.ts";

/** How frames get to a neighbour: by TCP, by the WebSocket of a hub, by WebRTC with a page, or through a relay. */
export type Way = "tcp" | "hub" | "webrtc" | "relay";

/** Somebody to whom there is a link. */
export interface NeighbourFacts {
  readonly address: string;
  readonly way: Way;
  /** It opened the link. */
  readonly inbound: boolean;
  /** On one of this machine's own networks. */
  readonly near: boolean;
  /** Its multicast came here. */
  readonly heard: boolean;
  /** What it said when it was asked. */
  readonly said?: Said;
}

/** Somebody whom a neighbour reaches, on one of this machine's own networks; once for each neighbour that told. */
export interface ToldFacts {
  readonly host: string;
  /** The host of the neighbour that told. */
  readonly by: string;
  /** What came of trying to reach them from here. */
  readonly found: Tried;
}

/** Everything. */
export interface Surroundings {
  readonly neighbours: readonly NeighbourFacts[];
  readonly told: readonly ToldFacts[];
  /** This device asks and answers by multicast. */
  readonly multicast: boolean;
}

/** What a survey works on. */
export interface SurveyParts {
  readonly clock: Clock;
  readonly look: Look;
  readonly machine: Machine;
  readonly discovery: Discovery | undefined;
  /** The best connection to each usable neighbour. */
  readonly entries: readonly Entry[];
  /** Whether somebody answers for a neighbour. */
  readonly isVouched: (peer: string) => boolean;
}

const MAX_ASKED = 4;
const MAX_TOLD = 4;
/** A question may be lost, and answers take a moment. */
const QUESTIONS: readonly Millis[] = [0, 700];
const LISTEN: Millis = 1000;

/** The way that an address shows. */
export const wayOf = (address: string): Way => {
  if (isWebRtc(address) || isWebRtcDirect(address)) return "webrtc";
  if (address.includes("/p2p-circuit")) return "relay";
  return address.includes("/ws") ? "hub" : "tcp";
};

const hostOfEntry = ({ connection }: Entry): string => hostOf(connection.remoteAddr.toString());

/** The first of each host: whoever is there several times over has one voice. */
const onePerHost = (entries: readonly Entry[]): readonly Entry[] => {
  const hosts = new Set<string>();
  return entries.filter((entry) => {
    const known = hosts.size;
    return hosts.add(hostOfEntry(entry)).size > known;
  });
};

/** Who is asked. Whoever is can make up a network that keeps its guests apart: a stranger is only where there is nobody else. */
const witnesses = ({ entries, isVouched }: SurveyParts): readonly Entry[] => {
  const all = entries.filter(({ looks }) => looks);
  const vouched = all.filter(({ peer }) => isVouched(peer));
  return onePerHost(vouched.length > 0 ? vouched : all).slice(0, MAX_ASKED);
};

/** Looks around; takes a few seconds, and never rejects. */
export const survey = async (parts: SurveyParts): Promise<Surroundings> => {
  const { clock, look, machine, discovery, entries } = parts;
  const asking = Promise.all(witnesses(parts).map(async (entry) => [entry, await look.ask(entry)] as const));
  for (const pause of QUESTIONS) {
    await delay(clock, pause);
    discovery?.ask();
  }
  await delay(clock, LISTEN);
  const said = new Map(await asking);
  const neighbours = entries.map((entry): NeighbourFacts => {
    const words = said.get(entry);
    return {
      address: entry.connection.remoteAddr.toString(),
      way: wayOf(entry.connection.remoteAddr.toString()),
      inbound: entry.connection.direction === "inbound",
      near: machine.isNear(hostOfEntry(entry)),
      heard: discovery?.heard(entry.peer) ?? false,
      ...(words === undefined ? {} : { said: words }),
    };
  });
  const told = await tryTold(parts, said);
  return { neighbours, told, multicast: discovery !== undefined };
};

/** Knocks at those of whom a neighbour told, twice where nothing comes back. Each that told is heard, however many it names. */
const tryTold = async (
  { machine, entries }: SurveyParts,
  said: ReadonlyMap<Entry, Said | undefined>,
): Promise<ToldFacts[]> => {
  const own = new Set(machine.networks().map((one) => one.split(" ")[1]));
  const linked = new Set(entries.map(hostOfEntry));
  const isElsewhere = (key: AddressKey): boolean => machine.isNear(hostOf(key)) && !own.has(hostOf(key));
  const tellers = [...said].map(([teller, words]) => ({
    by: hostOfEntry(teller),
    keys: (words?.others ?? []).filter(isElsewhere),
  }));
  const places = new Map<string, AddressKey>();
  for (let turn = 0; tellers.some(({ keys }) => turn < keys.length); turn++)
    for (const key of tellers.flatMap(({ keys }) => keys[turn] ?? []))
      if (places.size < MAX_TOLD && !places.has(hostOf(key))) places.set(hostOf(key), key);
  const tried = await Promise.all(
    [...places].map(async ([host, key]): Promise<readonly [string, Tried]> => {
      if (linked.has(host)) return [host, "open"];
      const knock = (): Promise<Tried> => machine.knock(host, portOf(key) ?? 0);
      const found = await knock();
      return [host, found === "silent" || found === "unreachable" ? await knock() : found];
    }),
  );
  return tried.flatMap(([host, found]) =>
    tellers.filter(({ keys }) => keys.some((key) => hostOf(key) === host)).map(({ by }) => ({ host, by, found })),
  );
};
