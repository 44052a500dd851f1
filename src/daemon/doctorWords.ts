/** What the doctor found, in plain words: what is so and how that shows, and the next thing to do. */
import type { Code, Finding } from "./doctor.ts";
import { SECURE_WORDS } from "./hub/secureWords.ts";

/** The words of a finding. */
export interface Words {
  readonly text: string;
  readonly next?: string;
}

type Values = Finding["values"];

const counted = (value: string | number | undefined, one: string, many: string): string =>
  value === 1 ? one : many.replace("%", String(value));

const WAYS = [
  ["tcp", "straight"],
  ["hub", "by a hub’s WebSocket"],
  ["webrtc", "by WebRTC"],
  ["relay", "through a relay"],
] as const;

const paths = (values: Values): string => {
  const ways = WAYS.flatMap(([way, words]) => (Number(values[way]) > 0 ? [`${values[way]} ${words}`] : []));
  const how = ways.length === 0 ? "" : `: ${ways.join(", ")}`;
  return `${counted(values["links"], "One other is", "% others are")} in reach${how}.`;
};

const minutesOf = ({ minutes }: Values): string => counted(minutes, "one minute", "% minutes");

const SET_CLOCK = "Set its clock: messages that seem too old or too new are dropped.";

const JOIN_VENUE = "Take the code from a hub (couloir venue there): couloir venue join CODE";

const some = ({ others }: Values): string => counted(others, "One of those in reach has", "% of those in reach have");

const otherParts = (values: Values): string =>
  `${some(values)} the venue “${values["venue"]}” in ${counted(values["theirs"], "one part", "% parts")}, and this daemon in ${values["buckets"]}: what is said in some caucuses does not pass between you.`;

const otherKey = (values: Values): string =>
  `${some(values)} another key of the venue “${values["venue"]}”: you count as strangers for each other.`;

const WORDS: Readonly<Record<Code, (values: Values) => Words>> = {
  clock: ({ year }) => ({ text: `This computer believes that it is ${year}.`, next: SET_CLOCK }),
  "clock-behind": (values) => ({
    text: `This computer’s clock is ${minutesOf(values)} behind those of ${values["others"]} others.`,
    next: SET_CLOCK,
  }),
  "clock-ahead": (values) => ({
    text: `This computer’s clock is ${minutesOf(values)} ahead of those of ${values["others"]} others.`,
    next: SET_CLOCK,
  }),
  "clock-differs": (values) => ({
    text: `This computer’s clock and that of the one neighbour who was asked are ${minutesOf(values)} apart.`,
    next: "Compare both with a watch, and set the wrong one: messages that seem too old or too new are dropped.",
  }),
  "no-address": () => ({
    text: "This computer is on no network.",
    next: "Join the venue’s Wi-Fi, or plug in a cable.",
  }),
  address: ({ addresses }) => ({ text: `On the network as ${addresses}.` }),
  "self-assigned": () => ({
    text: "The network gave this computer no address, so it made one up. Only others in the same position can be reached.",
    next: "Leave the Wi-Fi and join it again.",
  }),
  vpn: ({ names }) => ({
    text: `A VPN seems to be on (${names}). Many keep a computer from its neighbours.`,
    next: "Where somebody is missing, switch it off, or allow the local network in it.",
  }),
  "public-address": () => ({
    text: "This network hands out public addresses. Such networks often keep their guests apart.",
  }),
  "no-gateway": () => ({
    text: "The network has no way out to other networks (no gateway). Daemons work; browsers cannot find each other without one.",
    next: "Give the access point any gateway address, or let the browsers use a hub.",
  }),
  portal: ({ gateway }) => ({
    text: `The network’s gateway (${gateway}) sends whoever asks to a page for signing in, as this computer’s request for one showed.`,
    next: "Open a browser and sign in to this Wi-Fi first.",
  }),
  isolation: ({ hosts, apart, by }) => ({
    text: `This network keeps its guests apart: ${hosts} ${apart === 1 ? "does" : "do"} not answer this computer, and ${apart === 1 ? "answers" : "answer"} ${by}. What you write goes through ${by}.`,
    next: "Nothing, while that computer is here. So that it is not the only way: have a second one on a cable, or ask whoever runs the Wi-Fi to let its guests reach each other.",
  }),
  "multicast-unsent": () => ({
    text: "This computer could not ask around by multicast; a firewall or a VPN may forbid it.",
    next: "Allow Couloir in the firewall, or reach somebody by address: couloir dial CODE",
  }),
  "multicast-filtered": ({ others }) => ({
    text: `This network filters multicast: ${counted(others, "one neighbour is", "% neighbours are")} reached by address and never heard, so nobody finds anybody by themselves.`,
    next: "Give newcomers an address or a code of somebody who is in: couloir status shows yours, and couloir dial CODE takes it.",
  }),
  "multicast-off": () => ({ text: "This daemon runs with --no-mdns, so it looks for nobody by itself." }),
  multicast: ({ heard }) => ({
    text: `Multicast works here: ${counted(heard, "one other device", "% other devices")} answered.`,
  }),
  "multicast-silent": () => ({
    text: "Nobody answered by multicast.",
    next: "If others are here, this Wi-Fi filters it or keeps its guests apart: type the code that somebody’s couloir status or hub shows (couloir dial CODE), or try another network name, a cable, or a phone’s hotspot.",
  }),
  firewall: ({ others }) => ({
    text: `Nobody can open a connection to this computer: ${counted(others, "one neighbour", "% neighbours")} tried in vain just now. What goes out from here works.`,
    next: "Allow Couloir to take incoming connections in this computer’s firewall. Until then others have to be dialed from here.",
  }),
  "not-running": () => ({
    text: "No daemon is running on this data folder.",
    next: "Start one with: couloir up",
  }),
  "not-listening": () => ({
    text: "The daemon listens on no address, so nobody can reach it.",
    next: "Stop it and start it again once this computer is on a network.",
  }),
  listening: ({ addresses }) => ({ text: `Others can reach this daemon at ${addresses}.` }),
  secure: ({ urls, fingerprint }) => ({
    text: `Pages with a lock are at ${urls}. The SHA-256 of the hub’s own certificate is ${fingerprint}. ${SECURE_WORDS}`,
  }),
  paths: (values) => ({ text: paths(values) }),
  alone: () => ({
    text: "Nobody is in reach yet. What you write is saved and goes out when somebody is.",
    next: "If others are here: have you all the same --venue, and has the Wi-Fi a page to sign in on first?",
  }),
  "venue-differs": (values) => ({
    text: otherParts(values),
    next: "Take the code from a hub (couloir venue there) and start with: couloir up --venue CODE",
  }),
  "venue-others-differ": (values) => ({
    text: otherParts(values),
    next: "Most here have it as you do. Give the others the code that couloir venue shows, for: couloir up --venue CODE",
  }),
  "venue-key-missing": ({ venue }) => ({
    text: `The venue “${venue}” has a key and this daemon does not: with all other strangers it gets a tenth of the others’ attention.`,
    next: JOIN_VENUE,
  }),
  "venue-key-some": (values) => ({
    text: `${some(values)} a key of the venue “${values["venue"]}”, or so they say. Most here have none, as you do.`,
    next: "If you know them, take the code that couloir venue shows there: couloir venue join CODE",
  }),
  "venue-key-differs": (values) => ({ text: otherKey(values), next: JOIN_VENUE }),
  "venue-key-others": (values) => ({
    text: otherKey(values),
    next: "More have yours. Give the others, if you know them, the code that couloir venue shows, for: couloir venue join CODE",
  }),
  "venue-key": ({ vouched, others }) => ({ text: `${vouched} of ${others} in reach have proved the venue’s key.` }),
};

/** The words of a finding; the venue’s name is as hostile as its code. */
export const wordsOf = ({ code, values }: Finding): Words => WORDS[code](values);
