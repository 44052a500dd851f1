import type { Boot } from "../boot.ts";
import { Icon } from "../parts/Icon.tsx";
import { T } from "../parts/T.tsx";
import { t } from "../i18n/index.ts";
import { plainName } from "../text.ts";
import { useWhence } from "./whence.ts";

/** What holds before anything is asked: each line is true now. */
export const Checks = ({ boot, kind }: { readonly boot: Boot; readonly kind: string }) => {
  const origin = boot.origin.value;
  const lines: readonly { icon: "check" | "clock" | "lock"; id: string }[] = [
    ...(origin && origin.kind !== "daemon"
      ? [
          {
            icon: origin.hubAnswers ? ("check" as const) : ("clock" as const),
            id: origin.hubAnswers ? "check-hub" : "check-no-hub",
          },
        ]
      : []),
    { icon: "check", id: "check-keys" },
    { icon: "lock", id: "check-locked" },
  ];
  return (
    <ul class={`checks ${kind}`}>
      {lines.map(({ icon, id }) => (
        <li key={id}>
          <Icon name={icon} size="m" />
          {t(id)}
        </li>
      ))}
    </ul>
  );
};

/** Where one is: the room and the hub by the hub's own words. */
export const JoinTop = ({ boot }: { readonly boot: Boot }) => {
  const origin = boot.origin.value;
  const { kind, guest } = useWhence(boot);
  const hub = origin?.hub;
  // The name of a venue that nobody has named says nothing.
  const venue = hub?.venue === "couloir" ? "" : (hub?.venue ?? "");
  const [place = "", named = ""] = [hub?.room ?? "", venue].map(plainName).filter(Boolean);
  const host = hub?.urls[0]?.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const titles: Readonly<Record<string, string>> = { daemon: "join-own", file: "join-file", hub: "join-here" };
  return (
    <header class="join__top">
      <span class="wordmark">{t("app-name")}</span>
      <div class={`venue ${kind === "hub" ? "venue--hub" : ""} ${guest ? "venue--guest" : ""}`}>
        <h2 class="venue__place">{place ? <bdi>{place}</bdi> : t(titles[kind] ?? "join-here")}</h2>
        {named && (
          <span>
            <bdi>{named}</bdi>
          </span>
        )}
        {hub && <span>{t("join-hub", { name: plainName(hub.name) || t("nameless"), host: host ?? "" })}</span>}
        {guest && (
          <span class="venue__guest row">
            <Icon name="door" size="m" />
            <span>
              <T id="strip-guest" />
            </span>
          </span>
        )}
      </div>
      <Checks boot={boot} kind="only-wide" />
    </header>
  );
};
