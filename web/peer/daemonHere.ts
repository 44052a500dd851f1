/** Whose page this is. */
import type { Environment } from "./environment.ts";

/** Whether a daemon serves this page. */
export const daemonHere = async ({ origin, fetch }: Environment): Promise<boolean> => {
  try {
    const signal = AbortSignal.timeout(4000);
    const answer = await fetch(`${origin}/session`, { signal, cache: "no-store", redirect: "error" });
    return answer.ok && ((await answer.json()) as { daemon?: unknown } | null)?.daemon === true;
  } catch {
    return false;
  }
};
