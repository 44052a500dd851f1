/**
 * Visits addresses from inside a namespace, each argument one: `http:` by GET, `ws:` by an upgrade. A line of JSON each.
 * A token in the environment goes with every request.
 */
import { once } from "node:events";
import { WebSocket } from "ws";

/** What came of a visit: a status, 101 for an upgrade, or why there was none. */
export interface Visit {
  readonly url: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly error?: string;
}

const token = process.env["TOKEN"];
const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };

const get = async (url: string): Promise<Visit> => {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
  return { url, status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
};

const upgrade = async (url: string): Promise<Visit> => {
  const socket = new WebSocket(url, { handshakeTimeout: 10_000 });
  await once(socket, "open");
  socket.terminate();
  return { url, status: 101 };
};

for (const url of process.argv.slice(2)) {
  const visit = await (url.startsWith("ws") ? upgrade(url) : get(url)).catch((error: unknown): Visit => {
    const { message, cause } = error as Error;
    return { url, error: cause instanceof Error ? cause.message : message };
  });
  process.stdout.write(`${JSON.stringify(visit)}\n`);
}
