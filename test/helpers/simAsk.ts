/** Questions and answers of simulated neighbours: one request, then messages until the answerer ends. */
import { CouloirError } from "../../src/errors.ts";
import type { LinkHandlers } from "../../src/net/link.ts";
import { SimChannel } from "./simChannel.ts";
import type { ConnectionEnd, SimConnection } from "./simConnection.ts";

/** Where a question goes. */
export interface SimQuestion {
  readonly from: ConnectionEnd;
  /** Hands the stream to the end across. */
  readonly answer: (across: ConnectionEnd, channel: SimChannel) => void;
  /** Missing: nobody is there. */
  readonly connection: SimConnection | undefined;
  readonly log: (bytes: Uint8Array) => void;
  readonly signal?: AbortSignal;
}

const gone = (cause?: unknown): CouloirError => new CouloirError("network", "broke-off", "nobody answers", { cause });

/** The asker's side. */
export const askSim = async function* (question: SimQuestion, request: Uint8Array): AsyncGenerator<Uint8Array, void> {
  const { from, connection, log, signal } = question;
  signal?.throwIfAborted();
  if (connection === undefined) throw gone();
  const [ours, theirs] = SimChannel.pair(connection, from, log);
  ours.opened(() => question.answer(connection.across(from), theirs));
  const cut = (): void => ours.break();
  signal?.addEventListener("abort", cut, { once: true });
  try {
    await ours.send(request);
    for (;;) {
      const message = await ours.receive();
      if (message === undefined) return;
      yield message;
      if (!ours.closed) await ours.send(Uint8Array.of(1));
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw gone(cause);
  } finally {
    signal?.removeEventListener("abort", cut);
    await ours.close();
  }
};

/** The answerer's side: a message at a time, the next when that one was taken. */
export const answerSim = async (
  handlers: Pick<LinkHandlers, "onAsk"> | undefined,
  from: string,
  channel: SimChannel,
): Promise<void> => {
  try {
    const request = await channel.receive();
    if (request === undefined || handlers === undefined) return;
    for await (const message of handlers.onAsk(request, from)) {
      await channel.send(message);
      if ((await channel.receive()) === undefined) return;
    }
  } catch {
    // The other side is gone, and the asker learns of it.
  } finally {
    await channel.close();
  }
};
