/** Where one can go by typing what it is called, and what can be done in the caucus that is open. */
import { soughtWords, holdsAll } from "../../../src/content/finding.ts";
import type { GroupId, PersonView } from "../../../src/types.ts";
import type { Controller } from "../controller.ts";
import { t } from "../i18n/index.ts";
import type { IconName } from "../parts/icons.ts";
import type { Over, Place } from "../router.ts";
import { plainName } from "../text.ts";

export interface Destination {
  readonly icon: IconName;
  /** Of a person, in the icon's place. */
  readonly who?: PersonView;
  readonly name: string;
  /** What tells two of one name apart. */
  readonly hint?: string;
  readonly to: Place | Over;
}

/** Of each kind so many at the most: who wants one further down types more of it. */
const MOST = 8;

const doings = (caucus: GroupId): readonly (readonly [icon: IconName, id: string, to: Over])[] => [
  ["now", "tool-call", { over: "new-call", caucus }],
  ["tally", "tool-board", { over: "new-board", caucus }],
  ["huddle", "tool-huddle", { over: "new-huddle", caucus }],
  ["roll", "tool-roll", { over: "new-roll", caucus }],
  ["file", "attach", { over: "tools", caucus }],
  ["floor", "voice", { over: "voice", caucus }],
  ["clause", "say-on-record", { over: "on-record", caucus }],
];

const about = (caucus: GroupId): readonly (readonly [icon: IconName, id: string, to: Over])[] => [
  ["search", "search-here", { over: "search", caucus }],
  ["clock", "date-go", { over: "date", caucus }],
  ["pin", "pinned-title", { over: "pins", caucus }],
  ["people", "readers", { over: "readers", caucus }],
  ["qr", "menu-invite", { over: "invite", caucus }],
  ["seal", "room-title", { over: "room", caucus }],
];

const everywhere: readonly (readonly [icon: IconName, id: string, to: Place | Over])[] = [
  ["search", "search-everywhere", { over: "search" }],
  ["plus", "list-new", { at: "new-caucus" }],
  ["qr", "list-scan", { over: "code" }],
  ["table", "tab-caucuses", { at: "caucuses" }],
  ["people", "tab-people", { at: "people" }],
  ["sliders", "tab-settings", { at: "settings" }],
  ["hub", "conn-title", { over: "connection" }],
  ["bell", "quiet-title", { over: "quiet" }],
  ["pocket", "devices-title", { over: "devices" }],
  ["seal", "verify-title-code", { over: "verify" }],
  ["letters", "keys-title", { over: "keys" }],
];

const named = (
  all: readonly (readonly [icon: IconName, id: string, to: Place | Over])[],
  app: Controller,
  caucus?: GroupId,
): Destination[] =>
  all
    .filter(([, id]) => caucus === undefined || mayDo(app, caucus, id))
    .map(([icon, id, to]) => ({ icon, name: t(id), to }));

const mayDo = (app: Controller, id: GroupId, what: string): boolean => {
  const caucus = app.caucus(id);
  if (what === "menu-invite") return caucus?.mayInvite === true && !caucus.direct;
  return what !== "room-title" || (caucus !== undefined && !caucus.direct && caucus.members.length > 1);
};

/** All that goes by such words; what one has opened last comes first. `caucus`: only what can be done in it. */
export const destinations = (app: Controller, sought: string, caucus?: GroupId): readonly Destination[] => {
  const words = soughtWords(sought);
  const found = (all: readonly Destination[], most = all.length): readonly Destination[] =>
    all.filter(({ name, hint = "" }) => holdsAll(words, [name, hint])).slice(0, most);
  if (caucus !== undefined) return found([...named(doings(caucus), app, caucus), ...named(about(caucus), app, caucus)]);
  const { place } = app.router.route.value;
  const open = place.at === "caucus" ? place.caucus : undefined;
  const caucuses = app.sorted.value
    .filter((one) => one.caucus !== open)
    .map((one): Destination => ({
      icon: one.direct ? "people" : "table",
      name: app.title(one) || t("nameless"),
      to: { at: "caucus", caucus: one.caucus },
    }));
  const people = app.people.value.map((one): Destination => ({
    icon: "people",
    who: one,
    name: plainName(one.name) || t("nameless"),
    hint: one.delegation,
    to: { at: "person", person: one.person },
  }));
  const here = open === undefined ? [] : [...named(doings(open), app, open), ...named(about(open), app, open)];
  // Whoever has typed nothing yet most likely wants another caucus.
  return [
    ...found(caucuses, MOST),
    ...(words.length > 0 ? found(people, MOST) : []),
    ...found(here),
    ...found(named(everywhere, app)),
  ];
};
