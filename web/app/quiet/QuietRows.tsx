import { useSignal } from "@preact/signals";
import { number } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconKey } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { SecureWay } from "../views/SecureWay.tsx";
import { askPermission, permission } from "./browserTeller.ts";
import { OPEN_END } from "./quiet.ts";

const MINUTE = 60_000;
/** Minutes that plenary mode may be begun for. */
const LENGTHS: readonly number[] = [30, 120];

/** Silence for as long as one chooses. */
const PlenaryRow = () => {
  const { quiet } = useController().preferences;
  const { plenary } = quiet.now;
  return (
    <div class="set set--stack" role="group" aria-label={t("plenary")}>
      <Icon name="mute" />
      <span class="grow">
        {t("plenary")}
        <small>{t("plenary-hint")}</small>
      </span>
      <div class="choice across-4">
        <button type="button" aria-pressed={plenary === 0} onClick={() => quiet.set({ plenary: 0 })}>
          {t("plenary-off")}
        </button>
        {LENGTHS.map((minutes) => (
          <button
            type="button"
            key={minutes}
            aria-pressed={false}
            onClick={() => quiet.set({ plenary: Date.now() + minutes * MINUTE })}
          >
            {t("plenary-minutes", { minutes: number(minutes) })}
          </button>
        ))}
        <button type="button" aria-pressed={plenary === OPEN_END} onClick={() => quiet.set({ plenary: OPEN_END })}>
          {t("plenary-open")}
        </button>
      </div>
    </div>
  );
};

/** Covers the screen at once. */
const PocketRow = () => {
  const { router, preferences } = useController();
  const cover = () => {
    // What lies over the place goes with it: nobody looks for it on the other side.
    if (router.route.peek().over?.over === "quiet") router.back();
    preferences.quiet.set({ pocket: true });
  };
  return (
    <button type="button" class="set" onClick={cover}>
      <Icon name="pocket" />
      <span class="grow">
        {t("pocket")}
        <small>{t("pocket-hint")}</small>
      </span>
      <Icon name="onward" size="s" />
    </button>
  );
};

/** Notifications: asked for by a press, or a plain word on why there are none. */
const NotifyRows = () => {
  const { quiet } = useController().preferences;
  const state = useSignal(permission());
  const on = quiet.now.notify && state.value === "granted";
  const turn = async () => {
    const granted = !on && (await askPermission());
    state.value = permission();
    quiet.set({ notify: granted });
  };
  if (state.value === "none" || state.value === "denied")
    return (
      <>
        <div class="set">
          <Icon name="bell" />
          <span class="grow">
            {t("notify")}
            <small>{t(state.value === "none" ? "notify-none" : "notify-denied")}</small>
          </span>
        </div>
        <SecureWay />
      </>
    );
  return (
    <>
      <label class="set">
        <Icon name="bell" />
        <span class="grow">
          {t("notify")}
          <small>{t("notify-hint")}</small>
        </span>
        <input class="switch" type="checkbox" checked={on} onChange={() => void turn()} />
      </label>
      {on && (
        <label class="set">
          <Icon name="letters" />
          <span class="grow">
            {t("notify-previews")}
            <small>{t("notify-previews-hint")}</small>
          </span>
          <input
            class="switch"
            type="checkbox"
            checked={quiet.now.previews}
            onChange={() => quiet.set({ previews: !quiet.now.previews })}
          />
        </label>
      )}
    </>
  );
};

/** What of this device may be heard and seen by those around. */
export const QuietRows = () => (
  <>
    <PlenaryRow />
    <PocketRow />
    <NotifyRows />
  </>
);

export const QuietSheet = () => (
  <Sheet title={t("quiet-title")}>
    <div class="rows rows--open">
      <QuietRows />
    </div>
  </Sheet>
);

/** To the sheet, from the list; where letters are so large that the title needs the room, Settings have it alone. */
export const QuietKey = () => {
  const { router } = useController();
  return (
    <IconKey class="quiet-key" icon="pocket" label={t("quiet-title")} onPress={() => router.open({ over: "quiet" })} />
  );
};
