/** Two ends of a channel in memory. */
import type { Channel } from "../../src/net/channel.ts";

export interface PairEnd extends Channel {
  /** Messages that this end has sent. */
  readonly sent: Uint8Array[];
  readonly closed: boolean;
}

export const channelPair = (): readonly [PairEnd, PairEnd] => {
  const queues: Uint8Array[][] = [[], []];
  const readers: (((bytes: Uint8Array | undefined) => void) | undefined)[] = [undefined, undefined];
  let closed = false;
  const end = (self: 0 | 1): PairEnd => {
    const other = self === 0 ? 1 : 0;
    const sent: Uint8Array[] = [];
    return {
      sent,
      get closed() {
        return closed;
      },
      async send(bytes) {
        if (closed) throw new Error("closed");
        sent.push(bytes);
        const reader = readers[other];
        readers[other] = undefined;
        if (reader === undefined) queues[other]?.push(bytes);
        else reader(bytes);
      },
      async receive() {
        const next = queues[self]?.shift();
        if (next !== undefined || closed) return next;
        return new Promise((resolve) => {
          readers[self] = resolve;
        });
      },
      async close() {
        closed = true;
        for (const reader of readers) reader?.(undefined);
      },
    };
  };
  return [end(0), end(1)];
};
