import { useSignal } from "@preact/signals";
import type { DeviceView } from "../../../src/types.ts";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { DOT, plainName } from "../text.ts";

interface DeviceLineProps {
  readonly device: DeviceView;
  /** Whether this device may take others out. */
  readonly mayRevoke: boolean;
  readonly onRevoke: () => void;
}

const stateOf = (device: DeviceView): string => {
  if (device.state === "revoked") return t("device-gone");
  const words = [
    device.here
      ? t("device-here")
      : device.lastHeard === undefined
        ? t("device-never")
        : t("device-heard", { time: when(device.lastHeard, Date.now()) }),
  ];
  if (device.main) words.push(t("device-main"));
  return words.join(DOT);
};

/** One device: what it is called, when it was heard, and the way to take it out. */
export const DeviceLine = ({ device, mayRevoke, onRevoke }: DeviceLineProps) => {
  const asking = useSignal(false);
  const name = plainName(device.name) || t("nameless");
  const gone = device.state === "revoked";
  return (
    <li>
      <div class={`set${gone ? " quiet" : ""}`}>
        <Icon name={gone ? "stop" : device.main ? "key" : "pocket"} />
        <span class="grow">
          <bdi>{name}</bdi>
          <small>{stateOf(device)}</small>
        </span>
        {mayRevoke && !device.here && !gone && !asking.value && (
          <Key kind="danger" onPress={() => (asking.value = true)}>
            {t("device-revoke")}
          </Key>
        )}
      </div>
      {asking.value && !gone && (
        <div class="stack stack--tight set--asks" role="alert">
          <p>{t("device-revoke-sure", { name })}</p>
          {device.main && <p>{t("device-revoke-main")}</p>}
          <div class="keys keys--even">
            <Key onPress={() => (asking.value = false)}>{t("cancel")}</Key>
            <Key
              kind="seal"
              onPress={() => {
                asking.value = false;
                onRevoke();
              }}
            >
              {t("device-revoke-yes")}
            </Key>
          </div>
        </div>
      )}
    </li>
  );
};
