/** What a worker that verifies signatures is asked and answers, and how it comes to that. */
import { pureEngine, soundEdges } from "./protocol/signature.ts";

/** One signature that is to be decided. */
export type Asked = readonly [signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array];

/** What goes to the worker, and what comes back: a verdict for each, in their order. */
export interface Batch {
  readonly id: number;
  readonly asked: readonly Asked[];
}
export interface Verdicts {
  readonly id: number;
  readonly verdicts: readonly boolean[];
}

/** All that a worker does: it answers each batch that it is sent with this. */
export const verdictsOf = ({ id, asked }: Batch): Verdicts => ({
  id,
  verdicts: asked.map(
    ([signature, message, publicKey]) =>
      soundEdges(signature, publicKey) && pureEngine.verify(signature, message, publicKey),
  ),
});

/** A worker that does so, as far as it is used. */
export interface VerifyingWorker {
  postMessage(batch: Batch): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}
