import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { GroupId } from "../../../src/types.ts";
import { QuickRow } from "../emoji/QuickRow.tsx";
import { writeInto } from "../emoji/writing.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { fine } from "../pointer.ts";

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
      <QuickRow
        label={t("emoji")}
        caucus={caucus}
        onPick={insert}
        // The sheet gives the focus back to where it was; on a phone that would bring up the keyboard.
        onMore={() => fine() && field.current?.focus()}
      />
      <Key kind="plain" icon="clause" onPress={() => app.router.open({ over: "on-record", caucus })}>
        {t("say-on-record")}
      </Key>
    </>
  );
};
