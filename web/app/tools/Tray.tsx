import { useRef } from "preact/hooks";
import type { GroupId } from "../../../src/types.ts";
import { attachFiles } from "../attach.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { OnTable } from "./OnTable.tsx";

const TOOLS = [
  { name: "call", icon: "now" },
  { name: "board", icon: "tally" },
  { name: "huddle", icon: "huddle" },
  { name: "roll", icon: "roll" },
] as const;

/** What can be laid on a caucus's table, and what lies there. */
export const Tray = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  const pick = useRef<HTMLInputElement>(null);
  return (
    <Sheet title={t("tools-title")}>
      <div class="tray">
        {TOOLS.map(({ name, icon }) => (
          <button
            type="button"
            key={name}
            data-now={name === "call" ? "" : undefined}
            onClick={() => app.router.open({ over: `new-${name}`, caucus })}
          >
            <Icon name={icon} />
            {t(`tool-${name}`)} <small>{t(`tool-${name}-hint`)}</small>
          </button>
        ))}
        <button type="button" onClick={() => pick.current?.click()}>
          <Icon name="file" />
          {t("attach")} <small>{t("attach-hint")}</small>
        </button>
        <button type="button" onClick={() => app.router.open({ over: "voice", caucus })}>
          <Icon name="floor" />
          {t("voice")} <small>{t("voice-tool-hint")}</small>
        </button>
      </div>
      <input
        ref={pick}
        type="file"
        multiple
        hidden
        aria-label={t("attach")}
        onChange={({ currentTarget }) => void attachFiles(app, caucus, [...(currentTarget.files ?? [])])}
      />
      <OnTable caucus={caucus} />
    </Sheet>
  );
};
