import { awayWords } from "../away.ts";
import { useController } from "../parts/context.tsx";
import { IconKey } from "../parts/Key.tsx";
import { t } from "../i18n/index.ts";

/** What came while nobody looked, until it has been seen. */
export const AwayNote = () => {
  const { backend, connection } = useController();
  const { away } = connection.value;
  if (!away) return null;
  return (
    <div class="ask away-note">
      <span role="status">
        {t("away-note", { away: awayWords(away.minutes), fetched: t("away-fetched", { messages: away.messages }) })}
      </span>
      <IconKey icon="close" label={t("close")} onPress={() => backend.seenAway()} />
    </div>
  );
};
