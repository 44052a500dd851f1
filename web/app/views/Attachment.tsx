import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { FileView, MessageView } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { size, span } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { save } from "../download.ts";
import { Coming, fileTitle, Kept } from "./Coming.tsx";
import { OncePhoto } from "./OncePhoto.tsx";
import { VoiceNote } from "./VoiceNote.tsx";
import { thumbnail } from "../pictures.ts";

interface AttachmentProps {
  readonly line: MessageView;
  readonly file: FileView;
  /** Photos that were sent together with it. */
  readonly more: readonly MessageView[];
  readonly conversation: Conversation;
}

/** Bytes of a whole picture that is shown in the record rather than only when it is opened. */
const INLINE = 8_000_000;

const Photo = ({ line, file, conversation }: Omit<AttachmentProps, "more">) => {
  const app = useController();
  const { picture } = file;
  const whole = useSignal<string | undefined>(undefined);
  const frame = useRef<HTMLButtonElement>(null);
  const ready = file.state === "here" && file.size <= INLINE;
  useEffect(() => {
    const element = frame.current;
    if (!ready || !element) return undefined;
    // Read when it comes into sight: a long record holds many.
    const watch = new IntersectionObserver(([seen]) => {
      if (!seen?.isIntersecting) return;
      watch.disconnect();
      void app.pictures.show(line.caucus, line.message).then(
        (shown) => {
          if ("url" in shown) whole.value = shown.url;
        },
        // What cannot be read is told where it is opened.
        () => {},
      );
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [ready]);
  if (!picture) return null;
  const source = whole.value ?? thumbnail(picture);
  const open = () => {
    if (file.state === "away") void app.act(() => conversation.fetchFile(line.message));
    app.router.open({ over: "picture", caucus: line.caucus, message: line.message });
  };
  const label = file.state === "away" ? t("photo-fetch", { size: size(file.size) }) : t("photo-open");
  return (
    <>
      <button type="button" class="photo" aria-label={label} onClick={open} ref={frame}>
        {source ? (
          <img
            class={picture.height > picture.width ? "photo__crop" : undefined}
            src={source}
            alt=""
            width={picture.width}
            height={picture.height}
          />
        ) : (
          <span class="photo__none quiet">
            <Icon name="photo" />
          </span>
        )}
      </button>
      {(file.state === "coming" || file.state === "waiting") && (
        <Coming line={line} file={file} conversation={conversation} />
      )}
      <div class="photo__facts">
        {file.state === "away" && (
          <span>
            <Icon name="keep" size="s" />
            {t("photo-away", { size: size(file.size) })}
          </span>
        )}
        <Kept line={line} file={file} />
      </div>
    </>
  );
};

/** Photos that were sent together, as one. */
const Grid = ({ line, more, conversation }: Omit<AttachmentProps, "file">) => (
  <div class="photos" role="group" aria-label={t("photos-count", { count: more.length + 1 })}>
    {[line, ...more].map(
      (one) =>
        one.file && (
          <div key={one.message} data-message={one === line ? undefined : one.message}>
            <Photo line={one} file={one.file} conversation={conversation} />
          </div>
        ),
    )}
  </div>
);

/** A file or picture that came with an entry: what it is at once, the whole of it when asked for. */
export const Attachment = ({ line, file, more, conversation }: AttachmentProps) => {
  const app = useController();
  if (more.length > 0) return <Grid line={line} more={more} conversation={conversation} />;
  if (file.once) return <OncePhoto line={line} file={file} conversation={conversation} />;
  if (file.picture) return <Photo line={line} file={file} conversation={conversation} />;
  if (file.state === "coming" || file.state === "waiting") {
    return <Coming line={line} file={file} conversation={conversation} />;
  }
  const { voice } = file;
  const act = () =>
    void app.act(() => (file.state === "here" ? save(app.backend.api, line) : conversation.fetchFile(line.message)));
  if (voice && file.state === "here") return <VoiceNote line={line} file={file} voice={voice} />;
  return (
    <div class="file">
      <Icon name="clause" />
      <span class="grow">
        <bdi class="file__name">{fileTitle(file)}</bdi>
        <span class="photo__facts">
          <span>{size(file.size)}</span>
          {voice && <span class="num">{span(Math.round(voice.length / 1000))}</span>}
          <Kept line={line} file={file} />
        </span>
      </span>
      <Key onPress={act}>{t(file.state === "here" ? "file-save" : "file-fetch")}</Key>
    </div>
  );
};
