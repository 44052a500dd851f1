/** Why nobody is there, and what else is to be known of the network. Pure: facts in, findings out; words are elsewhere. */
import { inVenue, isSelfAssigned, outward, vpns, type Interfaces } from "../net/interfaces.ts";
import type { NeighbourFacts, Surroundings, Way } from "../net/survey.ts";
import type { Status } from "./api.ts";
import type { DefaultRoute } from "./defaultRoutes.ts";

/** What was found out about this machine and its network; `undefined` where it could not be. */
export interface Facts {
  readonly interfaces: Interfaces;
  /** The ways out of the network; none is a fact, too. */
  readonly routes: readonly DefaultRoute[] | undefined;
  /** Whether a question could be asked, whether this machine heard itself ask, and how many other machines answered. */
  readonly multicast: { readonly sent: boolean; readonly looped: boolean; readonly heard: number } | undefined;
  /** A gateway that wants people to sign in first, by its own words. */
  readonly portal: string | undefined;
  /** Of the daemon on this data folder, when one runs. */
  readonly daemon: Status | undefined;
  readonly around: Surroundings | undefined;
  readonly now: number;
}

/** `good`: as it should be. `note`: to be known, and no fault. `look`: in the way, or may be. `bad`: will not work like this. */
export type Level = "good" | "note" | "look" | "bad";

/** Everything that the doctor can say, in the order in which it is worth checking. */
export type Code =
  | "clock"
  | "clock-behind"
  | "clock-ahead"
  | "clock-differs"
  | "no-address"
  | "address"
  | "self-assigned"
  | "vpn"
  | "public-address"
  | "no-gateway"
  | "portal"
  | "isolation"
  | "multicast-unsent"
  | "multicast-filtered"
  | "multicast-off"
  | "multicast"
  | "multicast-silent"
  | "firewall"
  | "not-running"
  | "not-listening"
  | "listening"
  | "paths"
  | "alone"
  | "secure"
  | "venue-differs"
  | "venue-others-differ"
  | "venue-key-missing"
  | "venue-key-some"
  | "venue-key-differs"
  | "venue-key-others"
  | "venue-key";

/** One thing that the doctor says. */
export interface Finding {
  readonly level: Level;
  /** Stable, for programs. */
  readonly code: Code;
  /** The evidence: numbers, names and addresses that stand in the words. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** This version was written after then, so a clock that says otherwise is wrong. */
const OLDEST = Date.UTC(2026, 0, 1);
const NEWEST = Date.UTC(2100, 0, 1);
const MINUTE = 60_000;
/** Clocks that differ by less harm nobody. */
const SKEWED = 2 * MINUTE;
/** What cannot be connected to, as against what does not want to be. */
const GONE: ReadonlySet<string> = new Set(["silent", "unreachable"]);

const isPrivate = (address: string): boolean =>
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/u.test(
    address,
  );
const linksOf = ({ around, daemon }: Facts): number => around?.neighbours.length ?? daemon?.peers ?? 0;
const saidOf = ({ around }: Facts) => (around?.neighbours ?? []).flatMap(({ said }) => said ?? []);
const hostsOf = (hosts: readonly string[]): string => [...new Set(hosts)].join(", ");

const clock = (facts: Facts): Finding[] => {
  const { now } = facts;
  if (now < OLDEST || now >= NEWEST)
    return [{ level: "bad", code: "clock", values: { year: String(new Date(now).getUTCFullYear()) } }];
  const ahead = saidOf(facts).map((said) => said.ahead);
  // Whoever lies about the time is outvoted; of two who differ nobody knows which is wrong.
  const [one = []] = [ahead.filter((ms) => ms >= SKEWED), ahead.filter((ms) => ms <= -SKEWED)].filter(
    (side) => side.length * 2 > ahead.length,
  );
  const middle = one.toSorted((a, b) => a - b)[Math.floor(one.length / 2)];
  if (middle === undefined) return [];
  const minutes = Math.round(Math.abs(middle) / MINUTE);
  const code = one.length === 1 ? "clock-differs" : middle > 0 ? "clock-behind" : "clock-ahead";
  return [{ level: "look", code, values: { minutes, others: one.length } }];
};

const addresses = (facts: Facts): Finding[] => {
  const { interfaces, routes } = facts;
  const venue = inVenue(interfaces);
  const alone = linksOf(facts) === 0;
  const vpn = vpns(interfaces);
  const through = routes?.some((route) => vpn.includes(route.name)) === true;
  const shown = venue.map(({ name, address }) => `${address} (${name})`).join(", ");
  const findings: Finding[] = [
    venue.length === 0
      ? { level: "bad", code: "no-address", values: {} }
      : { level: "good", code: "address", values: { addresses: shown } },
  ];
  if (venue.length > 0 && venue.every(({ address }) => isSelfAssigned(address)))
    findings.push({ level: "look", code: "self-assigned", values: {} });
  // One that leaves the neighbours alone is nobody's business.
  if (vpn.length > 0 && (alone || through))
    findings.push({ level: alone ? "look" : "note", code: "vpn", values: { names: vpn.join(", ") } });
  if (alone && venue.some(({ address }) => !isPrivate(address)))
    findings.push({ level: "note", code: "public-address", values: {} });
  return findings;
};

const gateway = ({ routes, interfaces, portal }: Facts): Finding[] => {
  if (portal !== undefined) return [{ level: "look", code: "portal", values: { gateway: portal } }];
  return routes?.length !== 0 || outward(interfaces).length === 0
    ? []
    : [{ level: "look", code: "no-gateway", values: {} }];
};

/**
 * Neighbours reach somebody on this very network, and this machine does not. Anybody can name somebody who is not there: so
 * most of those who tell of others have to tell of such.
 */
const isolation = ({ around }: Facts): Finding[] => {
  const told = (around?.told ?? []).filter(({ found }) => found !== "untried");
  const apart = told.filter(({ found }) => GONE.has(found));
  const tellers = (of: typeof told): number => new Set(of.map(({ by }) => by)).size;
  if (tellers(apart) * 2 <= tellers(told)) return [];
  const hosts = apart.map(({ host }) => host);
  const values = { hosts: hostsOf(hosts), apart: new Set(hosts).size, by: hostsOf(apart.map(({ by }) => by)) };
  return [{ level: "look", code: "isolation", values }];
};

/** Whoever is near and takes part in multicast has to be heard. */
const unheard = (neighbours: readonly NeighbourFacts[]): readonly NeighbourFacts[] => {
  const near = neighbours.filter((one) => one.near && (one.heard || one.said?.multicast === true));
  return near.some(({ heard }) => heard) ? [] : near;
};

const multicast = (facts: Facts): Finding[] => {
  const { multicast: asked, around } = facts;
  if (asked === undefined || !asked.sent || !asked.looped)
    return [{ level: linksOf(facts) === 0 ? "look" : "note", code: "multicast-unsent", values: {} }];
  if (asked.heard > 0) return [{ level: "good", code: "multicast", values: { heard: asked.heard } }];
  if (around !== undefined && !around.multicast) return [{ level: "note", code: "multicast-off", values: {} }];
  const missing = unheard(around?.neighbours ?? []);
  if (missing.length > 0) return [{ level: "look", code: "multicast-filtered", values: { others: missing.length } }];
  const heard = (around?.neighbours ?? []).filter((one) => one.heard).length;
  if (heard > 0) return [{ level: "good", code: "multicast", values: { heard } }];
  return linksOf(facts) > 0 ? [] : [{ level: "note", code: "multicast-silent", values: {} }];
};

/** Those who tried could not open a connection to this machine, and nobody else has one. */
const firewall = (facts: Facts): Finding[] => {
  const { around } = facts;
  const backs = saidOf(facts).map(({ back }) => back);
  const refused = backs.filter((back) => back !== "open" && back !== "untried").length;
  const reached = backs.includes("open") || (around?.neighbours ?? []).some(({ inbound }) => inbound);
  return refused === 0 || reached ? [] : [{ level: "look", code: "firewall", values: { others: refused } }];
};

const daemon = (facts: Facts): Finding[] => {
  const { daemon: running, around } = facts;
  if (running === undefined) return [{ level: "look", code: "not-running", values: {} }];
  const links = linksOf(facts);
  const count = (way: Way): number => (around?.neighbours ?? []).filter((one) => one.way === way).length;
  const listening: Finding =
    running.addresses.length === 0
      ? { level: "bad", code: "not-listening", values: {} }
      : { level: "good", code: "listening", values: { addresses: running.addresses.join(", ") } };
  const values = { links, tcp: count("tcp"), hub: count("hub"), webrtc: count("webrtc"), relay: count("relay") };
  const { secure } = running;
  const shown = { urls: secure?.urls.join(", ") ?? "", fingerprint: secure?.fingerprint ?? "" };
  return [
    listening,
    ...(secure === undefined ? [] : [{ level: "good", code: "secure", values: shown } as const]),
    links > 0 ? { level: "good", code: "paths", values } : { level: "note", code: "alone", values: {} },
  ];
};

/**
 * What the neighbours tell of the venue that does not fit what this daemon knows of it. Anybody can tell something else:
 * whoever is alone with it has the fault, so that no stranger sends everybody to the doctor.
 */
const venue = ({ daemon: running }: Facts): Finding[] => {
  const { standing, venue: name = "", buckets = 1, keyed } = running ?? {};
  if (standing === undefined) return [];
  const findings: Finding[] = [];
  if (standing.otherwise > 0) {
    const values = { others: standing.otherwise, venue: name, theirs: standing.buckets ?? 0, buckets };
    const alike = 1 + standing.vouched + standing.strangers - standing.otherwise;
    const outvoted = standing.otherwise >= alike;
    findings.push(
      outvoted
        ? { level: "bad", code: "venue-differs", values }
        : { level: "note", code: "venue-others-differ", values },
    );
  }
  if (keyed === false && standing.keyed > 0)
    findings.push(
      standing.keyed * 2 > standing.vouched + standing.strangers
        ? { level: "look", code: "venue-key-missing", values: { venue: name } }
        : { level: "note", code: "venue-key-some", values: { others: standing.keyed, venue: name } },
    );
  if (standing.otherKey > 0) {
    const values = { others: standing.otherKey, venue: name };
    const outvoted = standing.otherKey >= 1 + standing.vouched;
    findings.push(
      outvoted
        ? { level: "look", code: "venue-key-differs", values }
        : { level: "note", code: "venue-key-others", values },
    );
  }
  if (keyed === true && standing.vouched > 0) {
    const values = { vouched: standing.vouched, others: standing.vouched + standing.strangers };
    findings.push({ level: "good", code: "venue-key", values });
  }
  return findings;
};

/** Everything that there is to say, in the order in which it is worth checking. */
export const diagnose = (facts: Facts): Finding[] =>
  [clock, addresses, gateway, isolation, multicast, firewall, daemon, venue].flatMap((part) => part(facts));

/** Whether nothing is in the way, as far as can be seen. */
export const isWell = (findings: readonly Finding[]): boolean =>
  findings.every(({ level }) => level === "good" || level === "note");
