/** Why nobody is there, in plain words, and what to do next. Pure: facts in, findings out. */
import type { Status } from "./api.ts";
import { inVenue, isSelfAssigned, isVpn, outward, type InterfaceAddress, type Interfaces } from "./interfaces.ts";

/** What was found out about this machine and its network; `undefined` where it could not be. */
export interface Facts {
  readonly interfaces: Interfaces;
  readonly gateway: boolean | undefined;
  /** Other machines that answered by multicast; this machine's own daemons do not count. */
  readonly multicast: { readonly sent: boolean; readonly heard: number } | undefined;
  /** Of the daemon on this data folder, when one runs. */
  readonly daemon: Status | undefined;
  readonly now: number;
}

/** `good`: as it should be. `look`: may be the reason. `bad`: will not work like this. */
export type Level = "good" | "look" | "bad";

/** One thing that the doctor says. */
export interface Finding {
  readonly level: Level;
  /** Stable, for programs. */
  readonly code: string;
  readonly text: string;
}

/** This version was written after then, so a clock that says otherwise is wrong. */
const OLDEST = Date.UTC(2026, 0, 1);
const NEWEST = Date.UTC(2100, 0, 1);
const isPrivate = (address: string): boolean =>
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/u.test(
    address,
  );

const list = (addresses: readonly InterfaceAddress[]): string =>
  addresses.map(({ name, address }) => `${address} (${name})`).join(", ");

const addressFindings = (facts: Facts): Finding[] => {
  const venue = inVenue(facts.interfaces);
  const vpn = Object.keys(facts.interfaces).filter(isVpn);
  const findings: Finding[] = [];
  if (venue.length === 0)
    findings.push({
      level: "bad",
      code: "no-address",
      text: "This computer is on no network. Join the venue's Wi-Fi, or plug in a cable.",
    });
  else findings.push({ level: "good", code: "address", text: `On the network as ${list(venue)}.` });
  if (venue.length > 0 && venue.every(({ address }) => isSelfAssigned(address)))
    findings.push({
      level: "look",
      code: "self-assigned",
      text: "The network gave this computer no address, so it made one up. Only others in the same position can be reached; join the Wi-Fi again.",
    });
  if (vpn.length > 0)
    findings.push({
      level: "look",
      code: "vpn",
      text: `A VPN seems to be on (${vpn.join(", ")}). Many keep a computer from its neighbours: switch it off, or allow the local network in it.`,
    });
  if (venue.some(({ address }) => !isPrivate(address)))
    findings.push({
      level: "look",
      code: "public-address",
      text: "This network hands out public addresses. Such networks often keep their guests apart.",
    });
  return findings;
};

const gatewayFindings = ({ gateway, interfaces }: Facts): Finding[] =>
  gateway !== false || outward(interfaces).length === 0
    ? []
    : [
        {
          level: "look",
          code: "no-gateway",
          text: "The network has no way out to other networks (no gateway). Daemons work, but browsers cannot find each other without one.",
        },
      ];

const clockFindings = ({ now }: Facts): Finding[] =>
  now >= OLDEST && now < NEWEST
    ? []
    : [
        {
          level: "bad",
          code: "clock",
          text: `This computer believes that it is ${new Date(now).getUTCFullYear()}. Set its clock: messages that seem too old or too new are dropped.`,
        },
      ];

const multicastFindings = ({ multicast, daemon }: Facts): Finding[] => {
  if (multicast === undefined || !multicast.sent)
    return [
      {
        level: "look",
        code: "multicast-unsent",
        text: "Could not ask around by multicast from here; a firewall may forbid it. Others can still be reached by address: couloir up --peer ADDRESS.",
      },
    ];
  if (multicast.heard > 0)
    return [
      {
        level: "good",
        code: "multicast",
        text: `Multicast works here: ${multicast.heard === 1 ? "one other device" : `${multicast.heard} other devices`} answered.`,
      },
    ];
  const elsewhere = daemon !== undefined && daemon.peers > 0;
  return [
    {
      level: "look",
      code: "multicast-silent",
      text: elsewhere
        ? "Nobody answered by multicast, but others were reached another way; that is enough."
        : "Nobody answered by multicast. Either no one else is here, or this Wi-Fi filters it or keeps its guests apart: try another network name, a cable, a phone's hotspot, or couloir up --peer ADDRESS with an address from somebody's couloir status.",
    },
  ];
};

const daemonFindings = ({ daemon }: Facts): Finding[] => {
  if (daemon === undefined)
    return [
      {
        level: "look",
        code: "not-running",
        text: "No daemon is running on this data folder. Start one with: couloir up",
      },
    ];
  const { peers, addresses } = daemon;
  const listening: Finding[] =
    addresses.length === 0
      ? [
          {
            level: "bad",
            code: "not-listening",
            text: "The daemon listens on no address, so nobody can reach it. Stop it and start it again once this computer is on a network.",
          },
        ]
      : [{ level: "good", code: "listening", text: `Others can reach this daemon at ${addresses.join(", ")}.` }];
  const company: Finding =
    peers > 0
      ? { level: "good", code: "peers", text: `${peers === 1 ? "One other is" : `${peers} others are`} in reach.` }
      : {
          level: "look",
          code: "alone",
          text: "Nobody is in reach. What you write is saved and goes out when somebody is. If others are here, check that all have the same --venue and that no firewall stops Couloir.",
        };
  return [...listening, company];
};

const venueFindings = ({ daemon }: Facts): Finding[] => {
  const { standing, venue, buckets, keyed } = daemon ?? {};
  if (standing === undefined) return [];
  const findings: Finding[] = [];
  if (standing.otherwise > 0)
    findings.push({
      level: "bad",
      code: "venue-differs",
      text: `${standing.otherwise} of those in reach have the venue “${venue}” in ${standing.buckets} parts, and this daemon in ${buckets}: what is said in some caucuses does not pass between you. Take the code from a hub (couloir venue there) and start with: couloir up --venue CODE`,
    });
  if (keyed === false && standing.keyed > 0)
    findings.push({
      level: "look",
      code: "venue-key-missing",
      text: `The venue “${venue}” has a key and this daemon does not: with all other strangers it gets a tenth of the others' attention. Take the code from a hub (couloir venue there): couloir venue join CODE`,
    });
  if (standing.otherKey > 0)
    findings.push({
      level: "look",
      code: "venue-key-differs",
      text: `${standing.otherKey} of those in reach have another key of the venue “${venue}”: you count as strangers for each other. Take the code from a hub (couloir venue there): couloir venue join CODE`,
    });
  if (keyed === true && standing.vouched > 0)
    findings.push({
      level: "good",
      code: "venue-key",
      text: `${standing.vouched} of ${standing.vouched + standing.strangers} in reach have proved the venue's key.`,
    });
  return findings;
};

/** Everything that there is to say, in the order in which it is worth checking. */
export const diagnose = (facts: Facts): Finding[] => [
  ...clockFindings(facts),
  ...addressFindings(facts),
  ...gatewayFindings(facts),
  ...multicastFindings(facts),
  ...daemonFindings(facts),
  ...venueFindings(facts),
];
