import { useEffect } from "preact/hooks";
import { useController } from "./context.tsx";
import { IconKey } from "./Key.tsx";
import { t } from "../i18n/index.ts";

/** Milliseconds that a sentence stays which asks for nothing. */
const SHOWN = 8_000;

/** One sentence that the reader should know, until they put it away. */
export const NoticeBar = () => {
  const app = useController();
  const notice = app.notice.value;
  const words = notice && t(notice.id, notice.args);
  useEffect(() => {
    if (notice?.tone !== "plain") return undefined;
    const timer = setTimeout(() => app.dismiss(), SHOWN);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div class="said" role="status">
      {/* Of most notices the words come by and by: what is told then waits for them. */}
      {notice && words !== notice.id && (
        <div class={`said__box${notice.tone === "plain" ? "" : ` said__box--${notice.tone}`}`}>
          <span class="grow">{words}</span>
          <IconKey icon="close" label={t("close")} onPress={() => app.dismiss()} />
        </div>
      )}
    </div>
  );
};
