/** Relayed connections: they carry signalling and questions, not mail, and are given up when they carry nothing. */
import type { Connection } from "@libp2p/interface";
import type { Clock, Millis } from "../types.ts";

const IDLE: Millis = 10_000;

/** Closes a connection that this side opened once nothing has been said over it for a while. */
export const closeWhenIdle = (connection: Connection, clock: Clock): void => {
  clock.after(IDLE, () => {
    if (connection.status !== "open") return;
    if (connection.streams.length > 0) closeWhenIdle(connection, clock);
    else void connection.close().catch((error: unknown) => connection.abort(error as Error));
  });
};
