import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { GroupId, MessageId } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { size } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { save } from "../download.ts";
import { thumbnail } from "../pictures.ts";
import { plainName, plainText } from "../text.ts";

interface PictureViewProps {
  readonly caucus: GroupId;
  readonly message: MessageId;
}

/** A photo, whole: its small picture until the rest is here. */
export const PictureView = ({ caucus, message }: PictureViewProps) => {
  const app = useController();
  const url = useSignal<string | undefined>(undefined);
  const trouble = useSignal<string | undefined>(undefined);
  const line = app.conversation.value?.line(message);
  const file = line?.file;

  const asked = useRef(false);
  /** The address of what is shown once: nobody else gives it back. */
  const once = useRef<string | undefined>(undefined);
  useEffect(() => () => void (once.current && URL.revokeObjectURL(once.current)), []);

  useSignalEffect(() => {
    const now = app.conversation.value?.line(message)?.file;
    if (now?.state !== "here" || asked.current) return;
    asked.current = true;
    void app.act(async () => {
      const shown = await (now.once ? app.pictures.once(caucus, message) : app.pictures.show(caucus, message));
      if ("url" in shown && now.once) once.current = shown.url;
      if ("url" in shown) url.value = shown.url;
      else trouble.value = shown.trouble;
    });
  });

  if (!line || !file?.picture) {
    return <Sheet title={t("photo")}>{t("quote-not-here")}</Sheet>;
  }
  const source = url.value ?? thumbnail(file.picture);
  const coming = file.state === "coming" || file.state === "waiting";
  const foot = (
    <>
      {file.state === "away" && (
        <Key kind="go" onPress={() => void app.act(async () => app.conversation.peek()?.fetchFile(message))}>
          {t("photo-fetch", { size: size(file.size) })}
        </Key>
      )}
      {coming && (
        <Key onPress={() => void app.act(async () => app.conversation.peek()?.cancelFile(message))}>{t("cancel")}</Key>
      )}
      {file.state === "here" && !file.once && (
        <Key icon="keep" onPress={() => void app.act(() => save(app.backend.api, line))}>
          {t("file-save")}
        </Key>
      )}
    </>
  );
  return (
    <Sheet title={plainName(line.name) || t("nameless")} wide foot={foot} body="stack stack--tight">
      {source && (
        <img
          class="picture"
          src={source}
          alt={plainText(line.text) || t("photo")}
          width={file.picture.width}
          height={file.picture.height}
        />
      )}
      {coming && (
        <p class="faint" role="status">
          {t(file.state === "waiting" ? "file-waiting" : "file-coming")}{" "}
          <span class="num">{t("file-part", { have: size(file.have), size: size(file.size) })}</span>
        </p>
      )}
      {trouble.value && (
        <p class="quiet">{t(trouble.value === "too-large" ? "photo-too-large" : "photo-unreadable")}</p>
      )}
      {file.once && <p class="quiet">{t("once-hint")}</p>}
      {line.text && <p dir="auto">{plainText(line.text)}</p>}
    </Sheet>
  );
};
