import type { GroupId } from "../../../src/types.ts";
import { apart } from "../parts/apart.ts";
import { useController } from "../parts/context.tsx";
import { Mark, Name, Placard } from "../parts/Placard.tsx";
import { t } from "../i18n/index.ts";
import { readersOf } from "../reading.ts";
import { rosterOf } from "./roster.ts";

/** Beside a conversation on the widest screens: who is in it, and who of them is here. */
export const Rail = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const caucus = app.caucus(id);
  if (!caucus) return null;
  const readers = readersOf(caucus, app.me);
  const here = readers.filter((one) => one.online).length;
  const screens = apart.value;
  const members = rosterOf(
    app,
    caucus.members.filter((one) => one.state === "joined"),
  );
  // Whoever is out of it hears no more of who came and went.
  const gone = caucus.state === "gone";
  const invited = gone ? [] : caucus.members.filter((one) => one.state === "invited");
  const count = readers.length === 0 ? t("only-you") : t("here-label", { here, all: readers.length });
  return (
    <section class="pane pane--rail" aria-label={t("readers")}>
      <header class="pane__head">
        <div class="bar bar--ruled bar--tall">
          <div class="bar__title">
            <h2 class="matter t-name">{t("readers")}</h2>
          </div>
        </div>
      </header>
      <div class="pane__body">
        <div class="stack stack--tight inset room">
          {screens && <screens.OnTable caucus={id} />}
          {screens && <screens.QuantumLine caucus={caucus} />}
          <span class="label">{gone ? t("list-gone") : count}</span>
          <ul class="stack stack--tight t-side">
            {members.map((one) => (
              <li class="row" key={one.person}>
                <Placard who={one} presence={one.person === app.me ? "own" : one.online ? "here" : "away"} />
                {one.person === app.me ? t("you") : <Name name={one.name} />}
                {one.person !== app.me && <Mark trust={one.trust} />}
                {one.guest && <span class="tag">{t("guest")}</span>}
              </li>
            ))}
          </ul>
          {invited.length > 0 && (
            <>
              <span class="label">{t("invited-label", { count: invited.length })}</span>
              <ul class="stack stack--tight t-side">
                {invited.map((one) => (
                  <li class="row quiet" key={one.person}>
                    <Placard who={one} presence="away" />
                    <Name name={one.name} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
    </section>
  );
};
