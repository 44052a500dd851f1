import { useSignal } from "@preact/signals";
import type { PersonView } from "../../../src/types.ts";
import { compare, country, number } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Empty } from "../parts/Empty.tsx";
import { SearchField } from "../parts/Field.tsx";
import { IconKey, Key } from "../parts/Key.tsx";
import { ListPane } from "../parts/Pane.tsx";
import { Mark, Name, Placard } from "../parts/Placard.tsx";
import { plainName } from "../text.ts";
import { stateOf } from "./personState.ts";

type Filter = "here" | "verified" | "all";

/** The country, or the organisation of whoever has none. */
const landOf = (person: PersonView): string =>
  person.flag ? country(person.flag) : plainName(person.delegation) || t("people-no-land");

const PersonLine = ({ person }: { readonly person: PersonView }) => {
  const { router } = useController();
  const { place } = router.route.value;
  return (
    <button
      type="button"
      class="person"
      aria-current={place.at === "person" && place.person === person.person ? "true" : undefined}
      onClick={() => router.go({ at: "person", person: person.person })}
    >
      <Placard who={person} presence={person.online ? "here" : "away"} />
      <span class="grow">
        <span class="person__name">
          <Name name={person.name} />
          <Mark trust={person.trust} />
          {person.guest && <span class="tag">{t("guest")}</span>}
        </span>
        <span class="person__state">{stateOf(person, Date.now())}</span>
      </span>
      <span class="person__end" />
    </button>
  );
};

const Nobody = () => {
  const { connection, router } = useController();
  const { peers, trouble } = connection.value;
  return (
    <Empty
      title={t("people-none")}
      sign={
        <span class="tally" aria-hidden="true">
          {Array.from({ length: 6 }, () => (
            <i class="no" />
          ))}
        </span>
      }
      keys={
        <>
          <Key kind="go" onPress={() => router.open({ over: "connection" })}>
            {t("people-find-out")}
          </Key>
          <Key icon="qr" onPress={() => router.open({ over: "code" })}>
            {t("people-scan")}
          </Key>
        </>
      }
    >
      {t(peers > 0 ? "people-none-linked" : trouble === "hub-away" ? "people-none-hub" : "people-none-hint")}
    </Empty>
  );
};

/** Who is in the venue, by country. */
export const People = () => {
  const app = useController();
  const filter = useSignal<Filter>("here");
  const sought = useSignal<string | undefined>(undefined);
  const people = app.people.value;
  const shows: Readonly<Record<Filter, (person: PersonView) => boolean>> = {
    here: (person) => person.online && !person.blocked,
    verified: (person) => person.verified,
    all: () => true,
  };
  const seek = sought.value?.toLowerCase().trim() ?? "";
  const found = people
    .filter((person) => seek !== "" || shows[filter.value](person))
    .filter((person) => `${person.name} ${landOf(person)} ${person.flag}`.toLowerCase().includes(seek));
  const lands = [...Map.groupBy(found, landOf)].toSorted(([a], [b]) => compare(a, b));
  const counts = { here: people.filter(shows.here).length, verified: people.filter(shows.verified).length };
  const FILTERS = [
    { value: "here", label: t("people-here", { people: number(counts.here) }) },
    { value: "verified", label: t("people-verified", { people: number(counts.verified) }) },
    { value: "all", label: t("people-everyone") },
  ] as const;
  const empty = app.ready.value && people.length === 0;
  return (
    <ListPane
      title={t("tab-people")}
      keys={
        <>
          {!empty && (
            <IconKey
              icon="search"
              label={t("people-search")}
              expanded={sought.value !== undefined}
              onPress={() => {
                sought.value = sought.peek() === undefined ? "" : undefined;
              }}
            />
          )}
          <IconKey icon="qr" label={t("people-scan")} onPress={() => app.router.open({ over: "code" })} />
        </>
      }
      filter={
        sought.value === undefined ? (
          <div class="choice across-3" role="group" aria-label={t("people-which")}>
            {FILTERS.map(({ value, label }) => (
              <button
                type="button"
                aria-pressed={filter.value === value}
                onClick={() => {
                  filter.value = value;
                }}
              >
                {label}
              </button>
            ))}
          </div>
        ) : (
          <SearchField
            label={t("people-search")}
            value={sought.value}
            autofocus
            onInput={(value) => {
              sought.value = value;
            }}
          />
        )
      }
    >
      {empty && <Nobody />}
      {lands.map(([land, members]) => (
        <section key={land}>
          <h2 class="land">
            <bdi class="cut">{land}</bdi> <span class="num">{number(members.length)}</span>
          </h2>
          <div class="rows">
            {members
              .toSorted((a, b) => Number(b.online) - Number(a.online) || compare(a.name, b.name))
              .map((person) => (
                <PersonLine key={person.person} person={person} />
              ))}
          </div>
        </section>
      ))}
      {!empty && app.ready.value && found.length === 0 && (
        <p class="wrap quiet">{t(seek === "" && filter.value === "here" ? "people-none-here" : "people-none-found")}</p>
      )}
    </ListPane>
  );
};
