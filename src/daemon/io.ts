/** What a command writes to and reads from, passed in so that tests can stand in for a terminal. */
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { styleText } from "node:util";
import { jsonText } from "./terminal.ts";

/** An output that may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
/** An input that may be a terminal. */
export type Input = Readable & { readonly isTTY?: boolean };

/** The streams and the environment of one run. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Writes, and waits while the reader of a pipe is behind. */
export const write = async (output: Output, text: string): Promise<void> => {
  if (!output.write(text)) await once(output, "drain");
};

/** One line of JSON. */
export const writeJson = (output: Output, value: unknown): Promise<void> => write(output, `${jsonText(value)}\n`);

/** What colours and weights a text may have. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Colours on a terminal that wants them; plain text in a pipe, with NO_COLOR, or on a dumb terminal. */
export const styleFor = (output: Output, env: Io["env"]): Style => {
  const plain = output.isTTY !== true || (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return (format, text) => (plain ? text : styleText(format, text, { validateStream: false }));
};
