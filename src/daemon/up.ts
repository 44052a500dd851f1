/** The daemon from its start to its end: it is told to stop, a second time means at once, and it ends in order. */
import type { Outside } from "./context.ts";
import { removeNote } from "./dataFolder.ts";
import { errorLine, EXIT } from "./exit.ts";
import { live, type Moving, type UpOptions } from "./life.ts";

/** How long an orderly end may take before it is cut short. */
const CLOSE_MS = 8_000;

/** A request to stop often comes twice: from the terminal, and from whatever runs us and passes it on. */
const ECHO_MS = 300;

/** Undoes everything, newest first; a failure in one step does not spare the others. Gives the first failure. */
const undoAll = async (undo: readonly (() => Promise<void>)[], log: (line: string) => void): Promise<unknown> => {
  let failure: unknown;
  for (const step of undo.toReversed()) {
    try {
      await step();
    } catch (error) {
      if (failure !== undefined) log(errorLine(error));
      failure ??= error;
    }
  }
  return failure;
};

/** Resolves at the first request to stop; the second one ends the process. */
const stopSwitch = ({ onSignal, exit }: Outside) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | undefined;
  const forget = onSignal(() => {
    first ??= performance.now();
    if (performance.now() - first > ECHO_MS) exit(EXIT.failed);
    resolve();
  });
  return { stopped: promise, stop: resolve, forget };
};

interface Run {
  readonly options: UpOptions;
  readonly outside: Outside;
  readonly stopped: Promise<void>;
  readonly stop: () => void;
  readonly log: (line: string) => void;
}

/** One life, and all of it taken down again; gives who moves in next. */
const lifeAndEnd = async (run: Run, moving: Moving | undefined): Promise<Moving | undefined> => {
  const { options, outside, stopped, stop, log } = run;
  // The note goes last: while it is there, the folder may still be in use.
  const undo: (() => Promise<void>)[] = [() => removeNote(options.folder, process.pid)];
  let failure: unknown;
  let next: Moving | undefined;
  let started = false;
  const living = live(options, outside, { stopped, stop, undo, log, moving, ready: () => (started = true) });
  try {
    // A start that hangs (a slow disk, a strange file system) must not keep the daemon from being stopped.
    next = await Promise.race([living, stopped.then(() => undefined)]);
  } catch (error) {
    failure = error;
  }
  if (failure === undefined && !started) living.catch(() => undefined);
  const deadline = setTimeout(() => {
    log("couloir: stopping took too long, so it was cut short; nothing that was saved is lost");
    outside.exit(EXIT.failed);
  }, CLOSE_MS);
  const late = await undoAll(undo, log);
  clearTimeout(deadline);
  if (failure === undefined && !started) outside.exit(EXIT.done);
  if (failure !== undefined || late !== undefined) throw failure ?? late;
  return next;
};

/** Runs the daemon until it is told to stop. */
export const runUp = async (options: UpOptions, outside: Outside): Promise<void> => {
  const { forget, ...ending } = stopSwitch(outside);
  const log = (line: string): void => void outside.io.stderr.write(`${line}\n`);
  // What a person typed to open the folder locks it again for whoever moves in.
  let typed: string | undefined;
  const { ask } = options;
  const asking = ask === undefined ? {} : { ask: async () => (typed = await ask()) };
  try {
    for (let moving: Moving | undefined; ;) {
      const known = typed === undefined ? {} : { passphrase: typed };
      moving = await lifeAndEnd({ options: { ...options, ...asking, ...known }, outside, log, ...ending }, moving);
      if (moving === undefined) return;
    }
  } finally {
    forget();
  }
};
