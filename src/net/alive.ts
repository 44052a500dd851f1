/**
 * `/couloir/alive/1`: one byte now and then over a stream that stays open, so that both sides of a connection know
 * whether it still carries anything. TCP alone takes up to a minute to notice, and as long to recover.
 */
import type { Connection, Stream } from "@libp2p/interface";
import type { Clock, Millis } from "../types.ts";

/** The protocol's name on a stream. */
export const ALIVE_PROTOCOL = "/couloir/alive/1";

const PING = 1;
const PONG = 2;
/** "I have more links than I want; this is no failure." Sent before hanging up. */
const ENOUGH = 3;
const INTERVAL: Millis = 3000;
/** Bytes that wait to be sent: whoever does not read gets no more. */
const MAX_UNREAD = 64;

/** What the owner of a connection is told. */
export interface AliveHooks {
  /** Something came over this connection. */
  onSign(connection: Connection): void;
  /** The other side is about to hang up because it has enough links. */
  onEnough(connection: Connection): void;
}

/** A running heartbeat. */
export interface Heartbeat {
  /** Says that this side has enough links. The owner closes the connection afterwards. */
  enough(): void;
  stop(): void;
}

/** The dialer's side: opens the stream and pings. Rejects where the other side does not speak the protocol. */
export const beginHeartbeat = async (connection: Connection, clock: Clock, hooks: AliveHooks): Promise<Heartbeat> => {
  const stream = await connection.newStream(ALIVE_PROTOCOL, { signal: AbortSignal.timeout(8000) });
  listen(stream, connection, hooks);
  let cancel = (): void => {};
  let stopped = false;
  const beat = (): void => {
    if (stopped || !say(stream, PING)) return;
    cancel = clock.after(INTERVAL, beat);
  };
  beat();
  return {
    enough: () => void say(stream, ENOUGH),
    stop: () => {
      stopped = true;
      cancel();
    },
  };
};

/**
 * The listener's side: answers, and asks when nothing comes. A browser that is not looked at runs its timers once a
 * minute, and still answers at once. To be called in the turn in which the stream came.
 */
export const answerHeartbeat = (stream: Stream, connection: Connection, clock: Clock, hooks: AliveHooks): Heartbeat => {
  let heardAt = clock.now();
  let cancel = (): void => {};
  const onSign = (of: Connection): void => {
    heardAt = clock.now();
    hooks.onSign(of);
  };
  listen(stream, connection, { ...hooks, onSign });
  const look = (): void => {
    if (clock.now() - heardAt > INTERVAL && stream.writeBufferLength < MAX_UNREAD) say(stream, PING);
    if (stream.status === "open") cancel = clock.after(INTERVAL, look);
  };
  cancel = clock.after(INTERVAL, look);
  return { enough: () => void say(stream, ENOUGH), stop: () => cancel() };
};

const listen = (stream: Stream, connection: Connection, hooks: AliveHooks): void => {
  stream.addEventListener("message", ({ data }) => {
    hooks.onSign(connection);
    // However much comes at once, only its start counts: one answer at most.
    const bytes = data.subarray(0, Math.min(data.byteLength, 16));
    if (bytes.includes(ENOUGH)) hooks.onEnough(connection);
    // A neighbour that does not read its answers gets no more of them.
    if (bytes.includes(PING) && stream.writeBufferLength < MAX_UNREAD) say(stream, PONG);
  });
};

const say = (stream: Stream, byte: number): boolean => {
  try {
    if (stream.writeStatus === "writable") {
      stream.send(Uint8Array.of(byte));
      return true;
    }
  } catch {
    // The connection is going; its owner hears of that otherwise.
  }
  return false;
};
