/** The worker: does what `heavy.ts` can, so that the page goes on answering taps meanwhile. */
import { heavy, type Done, type Job } from "./heavy.ts";
import { toProblem } from "./problem.ts";

addEventListener("message", ({ data }: MessageEvent<Job>) => {
  const { id, work, args } = data;
  const answer = (done: Done): void => postMessage(done);
  const run = heavy[work] as (...args: readonly unknown[]) => Promise<Uint8Array>;
  run(...args).then(
    (result) => answer({ id, result }),
    (error: unknown) => answer({ id, problem: toProblem(error) }),
  );
});
