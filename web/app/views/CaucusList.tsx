import { useSignal } from "@preact/signals";
import { apart } from "../parts/apart.ts";
import { useController } from "../parts/context.tsx";
import { Empty } from "../parts/Empty.tsx";
import { SearchField } from "../parts/Field.tsx";
import { IconKey, Key } from "../parts/Key.tsx";
import { ListPane } from "../parts/Pane.tsx";
import { T } from "../parts/T.tsx";
import { t } from "../i18n/index.ts";
import { plainName } from "../text.ts";
import { AwayNote } from "./AwayNote.tsx";
import { CaucusLine } from "./CaucusLine.tsx";

/** Who invites, one at a time. */
const Ask = () => {
  const app = useController();
  const all = app.invitations.value;
  const first = all[0];
  if (!first) return null;
  const args = { from: plainName(first.fromName), caucus: plainName(first.name), count: all.length };
  const [one, several] = first.direct
    ? (["list-ask-direct", "list-asks-direct"] as const)
    : (["list-ask", "list-asks"] as const);
  return (
    <div class="ask">
      <span>
        <T id={all.length === 1 ? one : several} args={args} />
      </span>
      <Key onPress={() => app.router.open({ over: "invitation", caucus: first.caucus })}>{t("list-look")}</Key>
    </div>
  );
};

/** Open caucuses of the venue that this person is not in. */
const Listed = ({ sought }: { readonly sought: string }) => {
  const app = useController();
  const mine = new Set(app.caucuses.value.filter((one) => one.state === "joined").map((one) => one.caucus));
  const others = app.listed.value.filter((one) => !mine.has(one.caucus) && matches(one.name, sought));
  if (others.length === 0) return null;
  return (
    <section>
      <h2 class="land">{t("list-open-here")}</h2>
      <ul>
        {others.map((one) => (
          <li class="ask" key={one.caucus}>
            <bdi class="matter cut">{plainName(one.name) || t("nameless")}</bdi>
            <Key onPress={() => void app.membership.join(one.code)}>{t("list-join")}</Key>
          </li>
        ))}
      </ul>
    </section>
  );
};

const matches = (text: string, sought: string): boolean => text.toLowerCase().includes(sought.toLowerCase().trim());

const NoCaucus = () => {
  const { router } = useController();
  return (
    <Empty
      title={t("list-empty")}
      sign={<div class="card-name card-name--empty card-name--small" aria-hidden="true" />}
      keys={
        <>
          <Key kind="go" icon="qr" onPress={() => router.open({ over: "code" })}>
            {t("list-scan")}
          </Key>
          <Key onPress={() => router.go({ at: "new-caucus" })}>{t("list-new")}</Key>
        </>
      }
    >
      {t("list-empty-hint")}
    </Empty>
  );
};

/** The caucuses: newest word first. */
export const CaucusList = () => {
  const app = useController();
  const sought = useSignal("");
  const searching = app.searching.value;
  const screens = apart.value;
  const seek = searching ? sought.value : "";
  const all = app.sorted.value;
  const found = all.filter((one) => matches(`${app.title(one)} ${one.members.map((m) => m.name).join(" ")}`, seek));
  const keys = (
    <>
      {all.length > 0 && (
        <IconKey
          icon="search"
          label={t("search")}
          expanded={searching}
          onPress={() => {
            app.searching.value = !searching;
          }}
        />
      )}
      {screens && <screens.QuietKey />}
      <IconKey icon="qr" label={t("list-scan")} onPress={() => app.router.open({ over: "code" })} />
      <IconKey icon="plus" label={t("list-new")} onPress={() => app.router.go({ at: "new-caucus" })} />
    </>
  );
  const filter = searching && (
    <SearchField
      label={t("list-search")}
      value={sought.value}
      autofocus
      onInput={(value) => {
        sought.value = value;
      }}
    />
  );
  return (
    <ListPane title={t("tab-caucuses")} keys={keys} filter={filter || undefined}>
      <AwayNote />
      <Ask />
      {app.ready.value && all.length === 0 && <NoCaucus />}
      <ul>
        {found.map((one) => (
          <li key={one.caucus}>
            <CaucusLine caucus={one} />
          </li>
        ))}
      </ul>
      {all.length > 0 && found.length === 0 && <p class="wrap quiet">{t("list-none-found")}</p>}
      {searching && screens && <screens.SearchSaid words={seek} />}
      <Listed sought={seek} />
    </ListPane>
  );
};
