import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { GroupId } from "../../../src/types.ts";
import { QuickRow } from "../emoji/QuickRow.tsx";
import { writeInto } from "../emoji/writing.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";

interface FacesProps {
  readonly caucus: GroupId;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** Over the composer: a row of emoji, and how to say what is written on record. */
export const Faces = ({ caucus, field }: FacesProps) => {
  const app = useController();
  const insert = (emoji: string) => {
    const element = field.current;
    if (!element) return;
    element.setRangeText(emoji, element.selectionStart, element.selectionEnd, "end");
    app.drafts.set(caucus, element.value);
    element.focus();
  };
  useEffect(() => writeInto(caucus, insert), [app, caucus]);
  return (
    <>
      <QuickRow label={t("emoji")} caucus={caucus} onPick={insert} />
      <Key kind="plain" icon="clause" onPress={() => app.router.open({ over: "on-record", caucus })}>
        {t("say-on-record")}
      </Key>
    </>
  );
};
