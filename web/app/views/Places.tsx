import type { Place } from "../router.ts";
import { Empty } from "../parts/Empty.tsx";
import { GuestStrip } from "../parts/Strip.tsx";
import { t } from "../i18n/index.ts";
import { Conversation } from "./Conversation.tsx";
import { NewCaucus } from "./NewCaucus.tsx";
import { PersonSheet } from "./PersonSheet.tsx";
import { Settings } from "./Settings.tsx";

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
  switch (place.at) {
    case "caucus":
      return <Conversation key={place.caucus} caucus={place.caucus} />;
    case "new-caucus":
      return <NewCaucus with={place.with ?? []} />;
    case "person":
      return <PersonSheet key={place.person} person={place.person} />;
    case "settings":
      return <Settings />;
    case "people":
      return <Nothing people />;
    case "caucuses":
      return <Nothing people={false} />;
  }
};
