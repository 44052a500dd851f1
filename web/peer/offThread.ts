/** `heavy.ts` on a worker made from its source, or on this thread where the browser makes none. */
import { heavy, type Done, type Heavy, type Job } from "./heavy.ts";
import { fromProblem } from "./problem.ts";
import { scriptUrl } from "./scriptUrl.ts";

/** Somebody who does jobs: a worker, as far as it is used. */
export interface Laborer {
  postMessage(job: Job): void;
  onmessage: ((event: MessageEvent<Done>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

/** A worker from its source. */
export const blobWorker = (source: string): Worker => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return new Worker(scriptUrl(url));
};

interface Waiting {
  readonly resolve: (result: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
  readonly instead: () => Promise<Uint8Array>;
}

/**
 * Heavy work off the main thread. The worker is made at the first job and ends after the last. When it cannot run (a
 * browser without, a policy that forbids it), the work is done here instead.
 */
export const offThread = (make: () => Laborer): Heavy => {
  const waiting = new Map<number, Waiting>();
  let laborer: Laborer | undefined;
  let count = 0;
  const end = (): void => {
    laborer?.terminate();
    laborer = undefined;
  };
  const instead = (): void => {
    end();
    for (const [id, one] of waiting) {
      waiting.delete(id);
      one.instead().then(one.resolve, one.reject);
    }
  };
  const start = (): Laborer => {
    const made = make();
    made.onerror = instead;
    made.onmessage = ({ data: { id, result, problem } }) => {
      const one = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) end();
      if (result === undefined) one?.reject(fromProblem(problem));
      else one?.resolve(result);
    };
    return made;
  };
  const run =
    <K extends keyof Heavy>(work: K) =>
    (...args: Parameters<Heavy[K]>): Promise<Uint8Array> => {
      const here = heavy[work] as (...args: unknown[]) => Promise<Uint8Array>;
      return new Promise((resolve, reject) => {
        const id = (count += 1);
        waiting.set(id, { resolve, reject, instead: () => here(...args) });
        try {
          laborer ??= start();
          laborer.postMessage({ id, work, args });
        } catch {
          instead();
        }
      });
    };
  return { wrap: run("wrap"), unwrap: run("unwrap"), stretch: run("stretch") };
};
