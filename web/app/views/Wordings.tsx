import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MessageView, Wording } from "../../../src/types.ts";
import { clock } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { plainText } from "../text.ts";

/** All that an entry has said, where it was changed: nothing that was said is hidden. */
export const Wordings = ({ line: { caucus, message, revisedAt } }: { readonly line: MessageView }) => {
  const app = useController();
  const all = useSignal<readonly Wording[]>([]);
  useEffect(() => {
    let over = false;
    if (revisedAt !== undefined)
      void app
        .act(() => app.backend.api.wordings(caucus, message))
        .then((found) => {
          if (found && !over) all.value = found;
          return undefined;
        });
    return () => {
      over = true;
    };
  }, [caucus, message, revisedAt]);
  if (revisedAt === undefined) return null;
  return (
    <section aria-label={t("wordings")}>
      <h3 class="label">{t("wordings")}</h3>
      <dl class="facts">
        {all.value.map(({ text, at }) => (
          <>
            <dt class="num">{clock(at)}</dt>
            <dd dir="auto">{plainText(text)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
};
