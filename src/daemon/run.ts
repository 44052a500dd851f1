/** The command line on a real process: its streams, its signals, its end. */
import type { Outside } from "./context.ts";
import { errorLine, EXIT } from "./exit.ts";
import { main } from "./main.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const onSignal: Outside["onSignal"] = (handler) => {
  for (const signal of SIGNALS) process.on(signal, handler);
  return () => {
    for (const signal of SIGNALS) process.off(signal, handler);
  };
};

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write("", () => resolve());
  });

/** Runs one command line and ends the process with its exit code. */
export const run = async (argv: readonly string[]): Promise<void> => {
  const { stdin, stdout, stderr, env } = process;
  // Whoever read our output has enough of it (`couloir tail | head -1`): that is no failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? EXIT.done : EXIT.failed));
  // A daemon goes on without anybody who reads its log.
  stderr.on("error", () => undefined);
  process.on("uncaughtException", (error) => {
    stderr.write(`${errorLine(error)}\n${(env["COULOIR_DEBUG"] ?? "") === "" ? "" : `${error.stack}\n`}`);
    process.exit(EXIT.failed);
  });
  const code = await main(argv, {
    io: { stdin, stdout, stderr, env },
    // Only the daemon needs the network and the database; the other commands start sooner without them.
    assemble: async (options) => (await import("./assemble.ts")).assemble(options),
    announceName: async (onName) => (await import("../net/mdnsName.ts")).announceName(onName),
    onSignal,
    exit: (status) => process.exit(status),
  });
  await Promise.all([flushed(stdout), flushed(stderr)]);
  // Connections that are kept open for a next request must not keep a finished command waiting.
  process.exit(code);
};
