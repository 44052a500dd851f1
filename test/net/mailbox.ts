/** The other side of a `Link` in tests: keeps what comes in, in memory, as a messenger's store would. */
import { randomBytes } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Carrier, LinkHandlers, Verdict } from "../../src/net/link.ts";
import { fingerprint } from "../../src/protocol/reconcile.ts";
import type { Topic } from "../../src/types.ts";

export const topicOf = (name: string): Topic => name as Topic;

/** A frame of some slot: two bytes of slot, then random bytes. */
export const frameOf = (slot: number, size = 300): Uint8Array => {
  const frame = new Uint8Array(randomBytes(size));
  frame[0] = slot >> 8;
  frame[1] = slot & 0xff;
  return frame;
};

/** A frame that every mailbox rejects. */
export const malformedFrame = (): Uint8Array => frameOf(0xffff);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

export interface Mailbox {
  readonly handlers: LinkHandlers;
  /** Keeps a frame of one's own. */
  keep(topic: Topic, frame: Uint8Array): void;
  has(frame: Uint8Array): boolean;
  size(): number;
  /** Neighbours with whom a catch-up ended, in order. */
  readonly caughtUp: string[];
  peers(): number;
  /** Every call of `onFrame`, whatever came of it. */
  calls(): number;
  /** Called before a frame is kept; a test may hold it up. */
  beforeKeep: (frame: Uint8Array) => Promise<void>;
  /** What is answered to a question; nothing, until a test says otherwise. */
  answer: (request: Uint8Array, from: string) => AsyncIterable<Uint8Array>;
  /** Called after anything happened; the result ends that. */
  onChange(listener: () => void): () => void;
}

/** The slot in the first two bytes. */
const ownSlot = (frame: Uint8Array): number => ((frame[0] as number) << 8) | (frame[1] as number);

/** `slotOf`: where a frame says when it expires. */
export const createMailbox = (slotOf: (frame: Uint8Array) => number = ownSlot): Mailbox => {
  const slots = new Map<string, { topic: Topic; slot: number; frames: Map<string, Uint8Array> }>();
  const known = new Set<string>();
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  let peers = 0;
  let calls = 0;

  const keep = (topic: Topic, frame: Uint8Array): void => {
    const slot = slotOf(frame);
    const key = `${slot}/${topic}`;
    const held = slots.get(key) ?? { topic, slot, frames: new Map<string, Uint8Array>() };
    slots.set(key, held);
    const id = hex(sha256(frame));
    held.frames.set(id, frame);
    known.add(id);
    changed();
  };

  const ids = (topic: Topic, slot: number): Uint8Array[] =>
    Array.from(slots.get(`${slot}/${topic}`)?.frames.keys() ?? [])
      .sort()
      .map((id) => new Uint8Array(Buffer.from(id, "hex")));

  const carrier: Carrier = {
    slots: async () =>
      Array.from(slots.values())
        .sort((a, b) => b.slot - a.slot)
        .map(({ topic, slot, frames }) => {
          const held = ids(topic, slot);
          return { topic, slot, count: frames.size, fingerprint: fingerprint(held) };
        }),
    ids: async (topic, slot) => ids(topic, slot),
    frames: async (topic, slot, wanted) =>
      wanted.flatMap((id) => slots.get(`${slot}/${topic}`)?.frames.get(hex(id)) ?? []),
  };

  const caughtUp: string[] = [];
  const mailbox: Mailbox = {
    handlers: {
      carrier,
      async onFrame(topic, frame): Promise<Verdict> {
        calls++;
        changed();
        if (frame.length < 2 || (frame[0] === 0xff && frame[1] === 0xff)) return "reject";
        if (known.has(hex(sha256(frame)))) return "ignore";
        await mailbox.beforeKeep(frame);
        keep(topic, frame);
        return "accept";
      },
      onCaughtUp: (from) => {
        caughtUp.push(from);
        changed();
      },
      onAsk: (request, from) => mailbox.answer(request, from),
      onPeers: (count) => {
        peers = count;
        changed();
      },
    },
    keep,
    has: (frame) => known.has(hex(sha256(frame))),
    size: () => known.size,
    caughtUp,
    peers: () => peers,
    calls: () => calls,
    beforeKeep: async () => {},
    answer: async function* () {},
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return mailbox;
};

/** Resolves when `done()` holds; asked again after everything that happens at one of the mailboxes. */
export const until = (boxes: readonly Mailbox[], done: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const ends: (() => void)[] = [];
    const ask = (): void => {
      if (!done()) return;
      for (const end of ends) end();
      resolve();
    };
    for (const box of boxes) ends.push(box.onChange(ask));
    ask();
  });
