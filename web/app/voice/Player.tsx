import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Voice } from "../../../src/types.ts";
import { number, span } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { Key } from "../parts/Key.tsx";
import { LONGEST } from "./bars.ts";

const SPEEDS = [1, 1.5, 2] as const;

interface PlayerProps {
  readonly voice: Voice;
  /** Its bytes, read when it is first played. */
  readonly read: () => Promise<Blob>;
}

const seconds = (milliseconds: number): number => Math.round(Math.min(LONGEST, milliseconds) / 1000);

/** A voice note in its line: played, moved in with the arrow keys, faster. */
export const Player = ({ voice, read }: PlayerProps) => {
  const audio = useRef<HTMLAudioElement | undefined>(undefined);
  const url = useRef<string | undefined>(undefined);
  const playing = useSignal(false);
  const at = useSignal(0);
  const speed = useSignal<(typeof SPEEDS)[number]>(1);
  const broken = useSignal(false);
  const length = Math.max(1, Math.min(LONGEST, voice.length)) / 1000;

  useEffect(
    () => () => {
      audio.current?.pause();
      if (url.current) URL.revokeObjectURL(url.current);
    },
    [],
  );

  const ready = async (): Promise<HTMLAudioElement> => {
    if (audio.current) return audio.current;
    url.current = URL.createObjectURL(await read());
    const made = new Audio(url.current);
    made.addEventListener("timeupdate", () => (at.value = made.currentTime));
    made.addEventListener("play", () => (playing.value = true));
    made.addEventListener("pause", () => (playing.value = false));
    made.addEventListener("ended", () => (at.value = 0));
    audio.current = made;
    return made;
  };
  const toggle = async (): Promise<void> => {
    try {
      const sound = await ready();
      sound.playbackRate = speed.peek();
      if (sound.paused) await sound.play();
      else sound.pause();
    } catch {
      broken.value = true;
    }
  };
  const move = (to: number) => {
    at.value = to;
    if (audio.current) audio.current.currentTime = to;
  };
  const faster = () => {
    speed.value = SPEEDS[(SPEEDS.indexOf(speed.peek()) + 1) % SPEEDS.length] ?? 1;
    if (audio.current) audio.current.playbackRate = speed.peek();
  };
  return (
    <div class="voice">
      <Key onPress={() => void toggle()}>{t(playing.value ? "voice-pause" : "voice-play")}</Key>
      <span class="voice__bars">
        <svg viewBox="0 0 64 24" preserveAspectRatio="none" aria-hidden="true">
          {voice.bars.map((bar, index) => {
            const tall = 2 + (Math.min(255, bar) / 255) * 22;
            const heard = (index / voice.bars.length) * length < at.value;
            return (
              <rect
                key={index}
                x={index + 0.2}
                y={12 - tall / 2}
                width={0.6}
                height={tall}
                data-heard={heard ? "" : undefined}
              />
            );
          })}
        </svg>
        <input
          type="range"
          min={0}
          max={length}
          step={1}
          value={at.value}
          aria-label={t("voice-place")}
          aria-valuetext={`${span(Math.round(at.value))} / ${span(seconds(voice.length))}`}
          onInput={(event) => move(Number(event.currentTarget.value))}
        />
      </span>
      <span class="num">{span(seconds(at.value > 0 ? at.value * 1000 : voice.length))}</span>
      <Key kind="plain" onPress={faster}>
        {t("voice-speed", { speed: `${number(speed.value)}×` })}
      </Key>
      {broken.value && <span role="status">{t("voice-broken")}</span>}
    </div>
  );
};
