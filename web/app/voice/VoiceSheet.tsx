import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { GroupId } from "../../../src/types.ts";
import { span } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { SecureWay } from "../views/SecureWay.tsx";
import { Player } from "./Player.tsx";
import { Recording, whyNot, type Recorded } from "./recorder.ts";

/** Records a voice note, plays it back, sends it. Where nothing can be recorded, a word why and no key. */
export const VoiceSheet = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  const recording = useRef<Recording | undefined>(undefined);
  const gone = useRef(false);
  const length = useSignal(0);
  const state = useSignal<"idle" | "asking" | "recording" | "denied">("idle");
  const recorded = useSignal<Recorded | undefined>(undefined);
  const why = whyNot();

  const stop = async (): Promise<void> => {
    const ended = await recording.current?.end();
    recording.current = undefined;
    if (gone.current) return;
    state.value = "idle";
    recorded.value = ended;
  };
  useEffect(
    () => () => {
      gone.current = true;
      void stop();
    },
    [],
  );
  const begin = async (): Promise<void> => {
    recorded.value = undefined;
    length.value = 0;
    state.value = "asking";
    try {
      const begun = await Recording.begin((now) => (length.value = now));
      recording.current = begun;
      if (gone.current) return await stop();
      state.value = "recording";
    } catch {
      state.value = "denied";
    }
  };
  const send = (one: Recorded) => {
    const kind = one.blob.type === "audio/mp4" ? "m4a" : one.blob.type === "audio/ogg" ? "ogg" : "webm";
    app.router.back();
    // A name of its own would tell the day.
    const order = { caucus, name: `voice.${kind}` };
    void app.act(() => app.files.send(order, { ready: () => Promise.resolve(one) }));
  };
  if (why) {
    return (
      <Sheet title={t("voice")} body="stack">
        <p>{t(`voice-${why}`)}</p>
        <SecureWay />
      </Sheet>
    );
  }
  const now = recorded.value;
  const on = state.value === "recording";
  const foot = on ? (
    <Key kind="seal" tall wide onPress={() => void stop()}>
      {t("voice-stop")}
    </Key>
  ) : (
    <>
      <Key kind={now ? "plain" : "go"} disabled={state.value === "asking"} onPress={() => void begin()}>
        {t(now ? "voice-again" : "voice-record")}
      </Key>
      {now && (
        <Key kind="go" onPress={() => send(now)}>
          {t("voice-send")}
        </Key>
      )}
    </>
  );
  return (
    <Sheet title={t("voice")} foot={foot} phase={state.value} body="stack">
      {state.value === "denied" && <p role="status">{t("voice-denied")}</p>}
      {now ? (
        <Player key={now.blob} voice={now.voice} read={() => Promise.resolve(now.blob)} />
      ) : (
        <p class="num" aria-hidden={on ? undefined : "true"}>
          {span(Math.floor(length.value / 1000))} / 5:00
        </p>
      )}
      <p class="quiet">{t("voice-hint")}</p>
    </Sheet>
  );
};
