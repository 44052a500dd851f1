import { useSignal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { TheirCode } from "../trust/TheirCode.tsx";
import { codeOf } from "../trouble.ts";
import { DeviceLine } from "./DeviceLine.tsx";
import { LINES, TakeIn, type History } from "./TakeIn.tsx";
import { useDevices } from "./useDevices.ts";

/** What can be wrong with a code, by the code of the error. */
const WRONG: Readonly<Record<string, string>> = {
  "link-garbled": "link-garbled",
  "other-venue": "link-other-venue",
  "venue-differs": "link-other-venue",
  "link-expired": "link-expired",
  "not-main": "link-not-main",
};

/** This person's devices: which there are, one more, one less. */
export const DevicesSheet = () => {
  const app = useController();
  const { api } = app.backend;
  const { devices, link: current, take } = useDevices("old");
  const reading = useSignal(false);
  const busy = useSignal(false);
  const wrong = useSignal<string | undefined>(undefined);
  const history = useSignal<History>("some");
  const main = useSignal(false);
  const done = useSignal<string | undefined>(undefined);
  const link = current.value?.link === done.value ? undefined : current.value;
  const isMain = devices.value.find(({ here }) => here)?.main === true;

  const read = async (code: string): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    wrong.value = undefined;
    try {
      take(await api.readLink(code.trim()));
    } catch (error) {
      wrong.value = WRONG[codeOf(error) ?? ""] ?? "link-failed";
    }
    busy.value = false;
  };
  const cancel = (): void => {
    if (link) void app.act(() => api.cancelLink(link.link));
  };

  if (link) {
    const over = link.state === "linked" || link.state === "failed";
    const finish = (): void => {
      done.value = link.link;
      reading.value = false;
    };
    const foot = over ? (
      <Key tall wide kind={link.state === "linked" ? "go" : "plain"} onPress={finish}>
        {t(link.state === "linked" ? "verify-done" : "back")}
      </Key>
    ) : link.state === "compare" ? (
      <>
        <Key tall kind="wax" onPress={cancel}>
          {t("compare-differ")}
        </Key>
        <Key
          tall
          kind="go"
          onPress={() =>
            void app.act(() =>
              api.confirmLink(link.link, { history: LINES[history.peek()], main: main.peek() && !link.guest }),
            )
          }
        >
          {t("link-same")}
        </Key>
      </>
    ) : (
      <Key tall onPress={cancel}>
        {t("compare-stop")}
      </Key>
    );
    return (
      <Sheet title={t("take-title")} phase={link.state} body="stack" foot={foot}>
        <TakeIn link={link} history={history} main={main} />
      </Sheet>
    );
  }
  if (reading.value) {
    return (
      <Sheet
        title={t("take-title")}
        phase="reading"
        body="stack"
        foot={
          <Key tall wide onPress={() => (reading.value = false)}>
            {t("back")}
          </Key>
        }
      >
        <p>{t("take-explain")}</p>
        {wrong.value && (
          <div role="alert">
            <NoticeBox tone="amber" icon={<Icon name="info" size="m" />} title={t(wrong.value)} />
          </div>
        )}
        <TheirCode
          busy={busy.value}
          onCode={(code) => void read(code)}
          label={t("take-field")}
          hint={t("take-field-hint")}
        />
      </Sheet>
    );
  }
  return (
    <Sheet
      title={t("devices-title")}
      phase="list"
      body="stack"
      foot={
        isMain && (
          <Key tall wide kind="go" onPress={() => (reading.value = true)}>
            {t("take-title")}
          </Key>
        )
      }
    >
      <ul class="rows rows--open">
        {devices.value.map((device) => (
          <DeviceLine
            key={device.device}
            device={device}
            mayRevoke={isMain}
            onRevoke={() => void app.act(() => api.revokeDevice(device.device))}
          />
        ))}
      </ul>
      <p class="hint">{t(isMain ? "devices-main-hint" : "devices-not-main-hint")}</p>
    </Sheet>
  );
};
