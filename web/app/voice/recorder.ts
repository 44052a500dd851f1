/** Recording a voice note in this page. What goes out is sound and nothing else: no name of a device, no place, no time. */
import type { Voice } from "../../../src/types.ts";
import { barsOf, LONGEST, loudness } from "./bars.ts";

/** Between two looks at how loud it is. */
const LOOK = 50;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"] as const;
const BITS_A_SECOND = 32_000;

export interface Recorded {
  readonly blob: Blob;
  readonly voice: Voice;
}

/** Why nothing can be recorded here; nothing where it can. `insecure`: the browser lends no microphone to a plain address. */
export const whyNot = (): "insecure" | "unable" | undefined => {
  if (!isSecureContext) return "insecure";
  const able = typeof MediaRecorder === "function" && typeof navigator.mediaDevices?.getUserMedia === "function";
  return able ? undefined : "unable";
};

/** One recording, from `begin` on. */
export class Recording {
  readonly #stream: MediaStream;
  readonly #recorder: MediaRecorder;
  readonly #context = new AudioContext();
  readonly #levels: number[] = [];
  readonly #began = performance.now();
  readonly #looking: ReturnType<typeof setInterval>;
  readonly #whole: Promise<Blob>;
  #ended = 0;

  private constructor(stream: MediaStream, onLook: (milliseconds: number) => void) {
    this.#stream = stream;
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const options = { audioBitsPerSecond: BITS_A_SECOND, ...(mimeType && { mimeType }) };
    this.#recorder = new MediaRecorder(stream, options);
    const parts: Blob[] = [];
    this.#recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    this.#whole = new Promise((resolve) => {
      // What the codec is called is in the bytes; the type is only the container's.
      const type = () => this.#recorder.mimeType.split(";")[0] ?? "";
      this.#recorder.addEventListener("stop", () => resolve(new Blob(parts, { type: type() })), { once: true });
    });
    const look = this.#context.createAnalyser();
    this.#context.createMediaStreamSource(stream).connect(look);
    const samples = new Float32Array(look.fftSize);
    this.#looking = setInterval(() => {
      look.getFloatTimeDomainData(samples);
      this.#levels.push(loudness(samples));
      onLook(this.length);
      if (this.length >= LONGEST) this.#stop();
    }, LOOK);
    this.#recorder.start();
  }

  /** Asks for the microphone and begins. Rejects as `getUserMedia` does. */
  static async begin(onLook: (milliseconds: number) => void): Promise<Recording> {
    return new Recording(await navigator.mediaDevices.getUserMedia({ audio: true }), onLook);
  }

  /** Milliseconds so far. */
  get length(): number {
    const now = this.#ended || performance.now();
    return Math.min(LONGEST, Math.round(now - this.#began));
  }

  /** Ends it and gives what was recorded. */
  async end(): Promise<Recorded> {
    this.#stop();
    const blob = await this.#whole;
    return { blob, voice: { length: this.length, bars: barsOf(this.#levels) } };
  }

  /** Lets the microphone go. */
  #stop(): void {
    if (this.#ended) return;
    this.#ended = performance.now();
    clearInterval(this.#looking);
    this.#recorder.stop();
    for (const track of this.#stream.getTracks()) track.stop();
    void this.#context.close();
  }
}
