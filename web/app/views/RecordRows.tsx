import type { MessageView } from "../../../src/types.ts";
import { offer } from "../download.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";

/** What is on record can be given out as evidence; one's own words can be said again on record. */
export const RecordRows = ({ line }: { readonly line: MessageView }) => {
  const app = useController();
  const { caucus, message } = line;
  if (line.onRecord) {
    const save = async (): Promise<void> => {
      const record = await app.act(() => app.backend.api.recordOf(caucus, message));
      if (record) offer(new Blob([record], { type: "text/plain" }), `couloir-record-${message.slice(0, 8)}.txt`);
    };
    return (
      <button type="button" class="set" onClick={() => void save()}>
        <Icon name="keep" />
        <span class="grow">
          {t("record-save")}
          <small>{t("record-save-hint")}</small>
        </span>
      </button>
    );
  }
  if (line.sender !== app.me || line.kind !== "text" || app.caucus(caucus)?.state !== "joined") return null;
  return (
    <button type="button" class="set" onClick={() => app.router.open({ over: "on-record", caucus, message })}>
      <Icon name="clause" />
      <span class="grow">{t("say-on-record")}</span>
    </button>
  );
};
