import { useSignal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { clock } from "../i18n/format.ts";
import { useController } from "../parts/context.tsx";
import { Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { QrCode } from "../qr/QrCode.tsx";
import { plainName } from "../text.ts";
import { CopyKey } from "../views/CopyKey.tsx";
import { deviceParts } from "./deviceName.ts";
import { LinkSteps } from "./LinkSteps.tsx";
import { useDevices } from "./useDevices.ts";

/** Characters of a device's name: 128 bytes hold them in any script. */
const LONGEST = 40;

/** `Firefox on Android`. */
const deviceName = (): string => {
  const { browser, system } = deviceParts(navigator.userAgent);
  return browser && system ? t("device-name", { browser, system }) : browser || system;
};

/** The new side: this device is offered to somebody who reads its code on a device of theirs. */
export const OfferSheet = () => {
  const app = useController();
  const { api } = app.backend;
  const { link: current, take } = useDevices("new");
  const name = useSignal(deviceName());
  const busy = useSignal(false);
  const link = current.value;
  const shown = link && link.state !== "failed" ? link : undefined;

  const offer = async (): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    take(await app.act(() => api.offerLink(plainName(name.peek()) || t("nameless"))));
    busy.value = false;
  };
  const cancel = (): void => {
    if (link) void app.act(() => api.cancelLink(link.link));
  };
  const stop = (
    <Key tall onPress={cancel}>
      {t("compare-stop")}
    </Key>
  );
  const foot = () => {
    switch (shown?.state) {
      case undefined:
      case "failed":
        return (
          <Key kind="go" tall wide disabled={busy.value} onPress={() => void offer()}>
            {t(link ? "offer-again" : "offer-show")}
          </Key>
        );
      case "waiting":
      case "confirmed":
        return stop;
      case "compare":
        return (
          <>
            <Key tall kind="wax" onPress={cancel}>
              {t("compare-differ")}
            </Key>
            <Key tall kind="go" onPress={() => void app.act(() => api.confirmLink(shown.link))}>
              {t("link-same")}
            </Key>
          </>
        );
      case "linked":
        return (
          // Whoever one is from here on is known to a page that is loaded anew.
          <Key tall wide kind="go" onPress={() => location.reload()}>
            {t("link-go-on")}
          </Key>
        );
    }
  };
  return (
    <Sheet title={t("offer-title")} phase={link?.state} body="stack" foot={foot()}>
      {link?.state === "failed" && <LinkSteps link={link} />}
      {!shown && (
        <>
          <p>{t("offer-explain")}</p>
          <Field
            label={t("offer-name")}
            hint={t("offer-name-hint")}
            maxLength={LONGEST}
            value={name.value}
            onInput={(value) => {
              name.value = value;
            }}
          />
          {app.profile.value.name === "" && (
            <div class="keys keys--flush">
              <Key kind="plain" onPress={() => app.router.go({ at: "settings" })}>
                {t("offer-new")}
              </Key>
            </div>
          )}
        </>
      )}
      {shown?.state === "waiting" && shown.code !== undefined ? (
        <>
          <QrCode text={shown.code} label={t("offer-qr")} />
          <p role="status">{t("offer-scan")}</p>
          <div class="keys">
            <CopyKey text={shown.code} label={t("invite-copy-code")} />
          </div>
          <p class="faint">{t("compare-ends", { time: clock(shown.expires) })}</p>
        </>
      ) : (
        shown && <LinkSteps link={shown} />
      )}
    </Sheet>
  );
};
