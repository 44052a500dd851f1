import { useRef } from "preact/hooks";
import type { FileView, MessageView } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import { size, span } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { sampled, secondsLeft, type Sample } from "../pace.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { DOT, plainFileName } from "../text.ts";

interface ComingProps {
  readonly line: MessageView;
  readonly file: FileView;
  readonly conversation: Conversation;
}

/** What a file is called where it is shown. */
export const fileTitle = ({ name, picture, voice }: FileView): string => {
  if (voice) return t("voice");
  return picture ? t("photo") : plainFileName(name);
};

/** How much has come and how long the rest takes, with what to do about it. */
export const Coming = ({ line, file, conversation }: ComingProps) => {
  const app = useController();
  const samples = useRef<readonly Sample[]>([]);
  const coming = file.state === "coming";
  samples.current = coming ? sampled(samples.current, { at: performance.now(), have: file.have }) : [];
  const left = secondsLeft(samples.current, file.size);
  const share = file.size > 0 ? Math.floor((file.have / file.size) * 100) : 0;
  const name = fileTitle(file);
  return (
    <div class="load">
      <bdi class="cut">{name}</bdi>
      <span
        class="load__bar"
        role="progressbar"
        aria-label={name}
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ inlineSize: `${share}%` }} />
      </span>
      <span class="row row--apart row--wrap">
        <span>
          {t(coming ? "file-coming" : "file-waiting")}
          {DOT}
          <span class="num">{t("file-part", { have: size(file.have), size: size(file.size) })}</span>
          {left !== undefined && (
            <>
              {DOT}
              <span class="num">{t("file-left", { time: span(left) })}</span>
            </>
          )}
        </span>
        <Key kind="plain" onPress={() => void app.act(() => conversation.cancelFile(line.message))}>
          {t("cancel")}
        </Key>
      </span>
    </div>
  );
};

/** Who has the whole of it, by name where it is pressed. */
export const Kept = ({ line, file }: Pick<ComingProps, "line" | "file">) => {
  const app = useController();
  if (file.keptBy === 0) return null;
  return (
    <button
      type="button"
      class="photo__kept"
      onClick={() => app.router.open({ over: "entry", caucus: line.caucus, message: line.message })}
    >
      {t("file-kept", { count: file.keptBy })}
    </button>
  );
};
