/** What every command has at hand: the streams, the data folder, the choice of JSON, the daemon. */
import { type Command, InvalidArgumentError } from "commander";
import { type ApiClient, connect } from "./client.ts";
import { dataFolder } from "./dataFolder.ts";
import type { Announced } from "../net/mdnsName.ts";
import type { Assemble } from "./node.ts";
import { write, writeJson, type Io } from "./io.ts";

/** What the command line gets from outside; tests replace all of it. */
export interface Outside {
  readonly io: Io;
  readonly assemble: Assemble;
  /** Announces a name for a hub on the local network, and tells each that it gets; none where there is no such thing. */
  readonly announceName?: (onName: (name: string) => void) => Promise<Announced>;
  /** Calls back at each request to stop (SIGINT, SIGTERM); the result ends that. */
  readonly onSignal: (handler: () => void) => () => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}

/** The options that every command takes. */
export interface GlobalOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** One command at work. */
export interface Context {
  readonly io: Io;
  readonly folder: string;
  readonly json: boolean;
  /** The running daemon; fails with exit code 3 when there is none. */
  readonly client: () => Promise<ApiClient>;
  /** The result: JSON on stdout where that was asked for, else words. */
  readonly answer: (value: unknown, words: string) => Promise<void>;
}

/** The context of a command as it was typed. */
export const contextOf = (command: Command, { io }: Outside): Context => {
  const { data, json = false } = command.optsWithGlobals<GlobalOptions>();
  const folder = dataFolder(data, io.env);
  return {
    io,
    folder,
    json,
    client: () => connect(folder),
    answer: (value, words) => (json ? writeJson(io.stdout, value) : write(io.stdout, `${words}\n`)),
  };
};

/** A whole number within bounds, for an option. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/u.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    return value;
  };

/** Gathers an option that may be given several times. */
export const gather = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
