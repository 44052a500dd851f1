/** The simplest node that a network can have: it keeps every frame once and gives it back. For tests of the network. */
import { createHash } from "node:crypto";
import type { Carrier, LinkHandlers, Verdict } from "../../src/net/link.ts";
import { compareIds, fingerprint } from "../../src/protocol/reconcile.ts";
import type { Topic } from "../../src/types.ts";
import type { SimLink } from "./simLink.ts";

/** All its frames lie in one slot. */
const SLOT = 1;

/** Keeps frames, in the order in which they came. */
export class FrameNode implements LinkHandlers {
  readonly link: SimLink;
  readonly topic: Topic;
  /** Every call of `onFrame`. */
  readonly heard: { readonly frame: string; readonly from: string }[] = [];
  readonly peerCounts: number[] = [];
  readonly caughtUp: string[] = [];
  readonly #kept = new Map<string, Uint8Array>();
  readonly #judge: (text: string) => Verdict;

  constructor(link: SimLink, topic: string, judge: (text: string) => Verdict = () => "accept") {
    this.link = link;
    this.topic = topic as Topic;
    this.#judge = judge;
  }

  /** Comes up, hearing its topic. */
  async starts(): Promise<void> {
    this.link.subscribe([this.topic]);
    await this.link.start(this);
  }

  /** Keeps a frame and publishes it. */
  async says(text: string): Promise<number> {
    const frame = new TextEncoder().encode(text);
    this.#kept.set(idOf(frame), frame);
    return this.link.publish(this.topic, frame);
  }

  /** What it holds, sorted. */
  get holds(): readonly string[] {
    return [...this.#kept.values()].map((frame) => new TextDecoder().decode(frame)).toSorted();
  }

  readonly onFrame = async (_: Topic, frame: Uint8Array, from: string): Promise<Verdict> => {
    const text = new TextDecoder().decode(frame);
    this.heard.push({ frame: text, from });
    if (this.#kept.has(idOf(frame))) return "ignore";
    const verdict = this.#judge(text);
    if (verdict === "accept") this.#kept.set(idOf(frame), frame);
    return verdict;
  };

  readonly onCaughtUp = (from: string): void => void this.caughtUp.push(from);

  readonly onPeers = (count: number): void => void this.peerCounts.push(count);

  readonly onAsk = async function* (): AsyncGenerator<Uint8Array> {};

  readonly carrier: Carrier = {
    slots: async () => {
      const ids = this.#ids();
      return ids.length === 0
        ? []
        : [{ topic: this.topic, slot: SLOT, count: ids.length, fingerprint: fingerprint(ids) }];
    },
    ids: async () => this.#ids(),
    frames: async (_, __, ids) => ids.flatMap((id) => this.#kept.get(Buffer.from(id).toString("hex")) ?? []),
  };

  #ids(): Uint8Array[] {
    return [...this.#kept.values()]
      .map((frame) => Uint8Array.from(createHash("sha256").update(frame).digest()))
      .toSorted(compareIds);
  }
}

const idOf = (frame: Uint8Array): string => createHash("sha256").update(frame).digest("hex");
