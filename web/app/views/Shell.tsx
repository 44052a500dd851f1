import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { apart, loadApart } from "../parts/apart.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBar } from "../parts/NoticeBar.tsx";
import { t } from "../i18n/index.ts";
import { fine } from "../pointer.ts";
import { plainName } from "../text.ts";
import { tabOf, type Place } from "../router.ts";
import { CaucusList } from "./CaucusList.tsx";
import { gist } from "./Entry.tsx";
import { Main } from "./Places.tsx";
import { People } from "./People.tsx";
import { Rail } from "./Rail.tsx";

/** On a phone one pane is seen: the list, or what was opened from it. */
const isList = (place: Place): boolean => place.at === "caucuses" || place.at === "people";

const keyOf = (place: Place): string => JSON.stringify(place);

/** The whole of the app once there is a messenger. */
export const Shell = () => {
  const app = useController();
  const { quiet } = app.preferences;
  const { place, over } = app.router.route.value;
  const root = useRef<HTMLElement>(null);
  const shown = useRef(keyOf(place));

  // A new place takes the focus, so that a reader hears where they are; the first one leaves it alone.
  useEffect(() => {
    if (shown.current === keyOf(place)) return;
    shown.current = keyOf(place);
    const heading = root.current?.querySelector<HTMLElement>(
      isList(place) ? ".pane--list h1[tabindex]" : ".pane--main h1[tabindex]",
    );
    // A field that is there to be typed into has taken it already.
    const typing = app.searching.peek() || (place.at === "caucus" && fine());
    if (!typing) heading?.focus({ preventScroll: true });
  }, [keyOf(place)]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      if (event.key === "Escape") {
        if (app.searching.peek()) app.searching.value = false;
        else if (!isList(app.router.route.peek().place)) app.router.back();
      }
    };
    const leave = () => {
      app.drafts.flush();
      app.files.note();
    };
    // A page that nobody looks at may be ended at any time, and is told nothing more.
    const hide = () => {
      if (document.visibilityState === "hidden") app.files.note();
    };
    addEventListener("keydown", press);
    const ask = (event: BeforeUnloadEvent) => {
      if (app.files.unsaved) event.preventDefault();
    };
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hide);
    addEventListener("beforeunload", ask);
    return () => {
      removeEventListener("keydown", press);
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", hide);
      removeEventListener("beforeunload", ask);
    };
  }, [app]);

  useSignalEffect(() => {
    const unread = quiet.now.pocket ? 0 : app.unread;
    document.title = unread > 0 ? `(${unread}) ${t("app-name")}` : t("app-name");
    return () => {
      document.title = t("app-name");
    };
  });

  // At once, while whoever served the page is surely there; and again when somebody wants what could not be had.
  useEffect(loadApart, [over]);

  const { heard } = app;
  const screens = apart.value;
  useEffect(() => {
    if (screens) void app.files.begin(screens.Outgoing);
  }, [app, screens]);
  // Until what covers it is here, nothing is shown that is to be covered.
  if (quiet.now.pocket && !screens) return null;
  return (
    <div class="shell">
      {screens && <screens.Alerts />}
      {screens && <screens.Keyboard />}
      <main
        class="app"
        ref={root}
        data-view={isList(place) ? "list" : "main"}
        data-rail={place.at === "caucus" ? "" : undefined}
      >
        {tabOf(place) === "people" ? <People /> : <CaucusList />}
        <Main place={place} />
        {place.at === "caucus" && <Rail caucus={place.caucus} />}
      </main>
      {!over && <NoticeBar />}
      <div class="vh" aria-live="polite">
        {heard.value && t("said-aloud", { name: plainName(heard.value.name), text: gist(heard.value, 300) })}
      </div>
      {over && screens && <screens.Overlay key={JSON.stringify(over)} over={over} />}
    </div>
  );
};
