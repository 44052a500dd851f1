import type { FileView, MessageView } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import { size } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Coming } from "./Coming.tsx";

interface OncePhotoProps {
  readonly line: MessageView;
  readonly file: FileView;
  readonly conversation: Conversation;
}

/** A photo that is seen once: nothing of it is shown here. */
export const OncePhoto = ({ line, file, conversation }: OncePhotoProps) => {
  const app = useController();
  if (file.state === "coming" || file.state === "waiting")
    return <Coming line={line} file={file} conversation={conversation} />;
  const own = line.sender === app.me;
  const gone = file.state === "viewed";
  const words = own ? "once-own" : gone ? "once-gone" : "once-waits";
  return (
    <div class="file file--tall">
      <Icon name="photo" />
      <span class="grow">
        <span class="file__name">{t("once")}</span>
        <span class="photo__facts">
          <span>{t(words)}</span>
        </span>
      </span>
      {!own && file.state === "away" && (
        <Key onPress={() => void app.act(() => conversation.fetchFile(line.message))}>
          {t("photo-fetch", { size: size(file.size) })}
        </Key>
      )}
      {!own && file.state === "here" && (
        <Key onPress={() => app.router.open({ over: "picture", caucus: line.caucus, message: line.message })}>
          {t("once-see")}
        </Key>
      )}
    </div>
  );
};
