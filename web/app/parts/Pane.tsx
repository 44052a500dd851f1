import type { ComponentChildren } from "preact";
import { t } from "../i18n/index.ts";
import { tabOf, type Tab } from "../router.ts";
import { useController } from "./context.tsx";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";
import { IconKey } from "./Key.tsx";
import { GuestStrip, Strip } from "./Strip.tsx";
import { AskStrip } from "./TrustStrips.tsx";

const TABS: readonly { readonly tab: Tab; readonly icon: IconName; readonly id: string }[] = [
  { tab: "caucuses", icon: "table", id: "tab-caucuses" },
  { tab: "people", icon: "people", id: "tab-people" },
  { tab: "settings", icon: "sliders", id: "tab-settings" },
];

/** The three places, at the foot. */
const Tabs = () => {
  const { router } = useController();
  const now = tabOf(router.route.value.place);
  return (
    <nav class="pane__foot tabs" aria-label={t("tabs")}>
      {TABS.map(({ tab, icon, id }) => (
        <button type="button" aria-current={tab === now ? "page" : undefined} onClick={() => router.go({ at: tab })}>
          <Icon name={icon} />
          <span>{t(id)}</span>
        </button>
      ))}
    </nav>
  );
};

interface ListPaneProps {
  readonly title: string;
  /** Icon keys at the end of the bar. */
  readonly keys?: ComponentChildren;
  /** Under the bar: a search field. */
  readonly filter?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The list column: strip, title, list, tabs. */
export const ListPane = ({ title, keys, filter, children }: ListPaneProps) => (
  <section class="pane pane--list" aria-label={title}>
    <header class="pane__head">
      <Strip />
      <AskStrip />
      <div class="only-phone">
        <GuestStrip />
      </div>
      <div class="bar">
        <div class="bar__title">
          <h1 tabIndex={-1}>{title}</h1>
        </div>
        {keys}
      </div>
      {filter && <div class="pane__filter">{filter}</div>}
    </header>
    <div class="pane__body">{children}</div>
    <Tabs />
  </section>
);

interface MainPaneProps {
  readonly title: ComponentChildren;
  /** A line under the title. */
  readonly under?: ComponentChildren;
  /** On a phone: an arrow, a cross, or the strip and tabs of a place of its own. */
  readonly way?: "back" | "cancel" | "tab";
  readonly keys?: ComponentChildren;
  /** Under the bar: strips. */
  readonly strips?: ComponentChildren;
  readonly foot?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The main column of a page other than a conversation. */
export const MainPane = ({ title, under, way = "back", keys, strips, foot, children }: MainPaneProps) => {
  const { router } = useController();
  return (
    <section class="pane pane--main">
      <header class="pane__head">
        {way === "tab" && (
          <div class="only-phone">
            <Strip />
          </div>
        )}
        <div class="bar bar--ruled">
          {way !== "tab" && (
            <IconKey
              class="only-phone"
              icon={way === "back" ? "back" : "close"}
              label={t(way === "back" ? "back" : "cancel")}
              onPress={() => router.back()}
            />
          )}
          <div class="bar__title">
            <h1 class={way === "tab" ? undefined : "small cut"} tabIndex={-1}>
              {title}
            </h1>
            {under}
          </div>
          {keys}
        </div>
        <div class="only-phone">
          <AskStrip />
        </div>
        <GuestStrip />
        {strips}
      </header>
      <div class="pane__body">{children}</div>
      {way === "tab" ? (
        <div class="only-phone">
          <Tabs />
        </div>
      ) : (
        foot
      )}
    </section>
  );
};
