import type { Place } from "../router.ts";
import { Empty } from "../parts/Empty.tsx";
import { GuestStrip } from "../parts/Strip.tsx";
import { t } from "../i18n/index.ts";
import { apart, loadApart } from "../parts/apart.ts";
import { Conversation } from "./Conversation.tsx";

/** The main pane while nothing is open in it: seen on wide screens only. */
const Nothing = ({ people }: { readonly people: boolean }) => (
  <section class="pane pane--main">
    <header class="pane__head">
      <GuestStrip />
    </header>
    <div class="pane__body">
      <Empty title={t(people ? "nothing-people" : "nothing-open")}>
        {t(people ? "nothing-people-hint" : "nothing-open-hint")}
      </Empty>
    </div>
  </section>
);

/** What the main pane shows at a place. */
export const Main = ({ place }: { readonly place: Place }) => {
  if (place.at === "caucus") return <Conversation key={place.caucus} caucus={place.caucus} />;
  if (place.at === "people" || place.at === "caucuses") return <Nothing people={place.at === "people"} />;
  return <Apart place={place} />;
};

type ApartPlace = Extract<Place, { readonly at: "new-caucus" | "person" | "settings" }>;

const Apart = ({ place }: { readonly place: ApartPlace }) => {
  const screens = apart.value;
  if (screens === undefined) {
    loadApart();
    return <section class="pane pane--main" aria-busy="true" />;
  }
  switch (place.at) {
    case "new-caucus":
      return <screens.NewCaucus with={place.with ?? []} />;
    case "person":
      return <screens.PersonSheet key={place.person} person={place.person} />;
    case "settings":
      return <screens.Settings />;
  }
};
