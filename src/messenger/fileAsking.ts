/** Whom to ask for a file, and what they answer. */
import type { Asked } from "../net/link.ts";
import type { Request } from "../protocol/request.ts";
import { requests } from "../protocol/request.ts";
import type { FileId, Millis } from "../types.ts";
import type { Session } from "./session.ts";

/** A holder that says nothing for so long is left. */
const SILENCE: Millis = 15_000;
/** Holders' addresses that are tried in a round, the newest first. */
const MOST_HOLDERS = 16;

/** Somebody who may have a file; `known`: they said that they have it. */
export interface Candidate {
  readonly whom: Asked;
  readonly known: boolean;
}

/** All neighbours (a name tells them nothing), likely holders first; then members by their addresses. */
export function* whomToAsk({ link, options, files }: Session, file: FileId): Generator<Candidate> {
  const holders = (files.get(file)?.holders ?? []).filter(({ addresses }) => addresses.length > 0);
  const neighbours = [...link.neighbours()];
  const isAt = (neighbour: string, addresses: readonly string[]): boolean =>
    addresses.some((one) => one.endsWith(`/p2p/${neighbour}`));
  const likely = neighbours.filter((one) => holders.some(({ addresses }) => isAt(one, addresses)));
  const others = neighbours.filter((one) => !likely.includes(one));
  for (const neighbour of likely) yield { whom: { neighbour }, known: true };
  while (others.length > 0) {
    const [at] = options.random(1) as unknown as [number];
    const [neighbour] = others.splice(at % others.length, 1) as [string];
    yield { whom: { neighbour }, known: false };
  }
  const far = holders.filter(({ addresses }) => !likely.some((one) => isAt(one, addresses)));
  for (const { addresses } of far.slice(-MOST_HOLDERS).reverse()) yield { whom: { addresses }, known: true };
}

/** What somebody answers, until they end, break off or fall silent. Never throws. */
export async function* messagesOf(
  { link, clock, closed }: Session,
  whom: Asked,
  { request, signal }: { readonly request: Request; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array, void> {
  if (signal.aborted || closed) return;
  const cut = new AbortController();
  const end = (): void => cut.abort();
  signal.addEventListener("abort", end, { once: true });
  let calm = clock.after(SILENCE, end);
  try {
    for await (const message of link.ask(whom, requests.encode(request), cut.signal)) {
      calm();
      yield message;
      if (signal.aborted) return;
      calm = clock.after(SILENCE, end);
    }
  } catch {
    // Nobody there, or no longer: somebody else may be.
  } finally {
    calm();
    signal.removeEventListener("abort", end);
  }
}
