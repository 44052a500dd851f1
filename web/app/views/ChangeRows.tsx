import type { MessageView } from "../../../src/types.ts";
import { mayChange } from "../changing.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";

/** One's own words can be changed and taken back; anybody's can leave this device. */
export const ChangeRows = ({ line }: { readonly line: MessageView }) => {
  const app = useController();
  const { caucus, message } = line;
  const joined = app.caucus(caucus)?.state === "joined";
  const rows = [
    { over: "change", icon: "edit", show: joined && mayChange(line, app.me) },
    { over: "take-back", icon: "undo", show: joined && mayChange(line, app.me) },
    { over: "forget", icon: "wipe", show: line.state !== "saved" },
  ] as const;
  return rows
    .filter(({ show }) => show)
    .map(({ over, icon }) => (
      <button type="button" class="set" key={over} onClick={() => app.router.open({ over, caucus, message })}>
        <Icon name={icon} />
        <span class="grow">
          {t(`saying-${over}`)}
          <small>{t(`saying-${over}-hint`)}</small>
        </span>
      </button>
    ));
};
