/** `RemoteApi` over anything that answers by name. */
import { randomBytes } from "@noble/hashes/utils.js";
import { usage } from "../../src/errors.ts";
import type { NewFile } from "../../src/messenger/api.ts";
import { hex } from "../../src/protocol/codec.ts";
import type { MessengerEvents, PersonId } from "../../src/types.ts";
import type { RemoteApi } from "./backend.ts";
import { METHODS, type IterableName, type MethodName } from "./methods.ts";
import { tabGone } from "./problem.ts";
import { paced } from "./streams.ts";

/** Who answers. */
export interface Callee {
  readonly person: PersonId;
  call(name: MethodName, args: readonly unknown[]): Promise<unknown>;
  iterate(name: IterableName, args: readonly unknown[]): AsyncIterable<unknown>;
  on<E extends keyof MessengerEvents>(event: E, handler: (value: MessengerEvents[E]) => void): () => void;
}

/** For `send`, `react`, `sayTool` and `sendFile`: 32 hex digits. */
const newNonce = (): string => hex(randomBytes(16));

/** The position of the options that take a nonce. */
const NONCED = { send: 2, react: 3, sayTool: 2, sendFile: 1 } as const satisfies Partial<Record<MethodName, number>>;
const isNonced = (name: MethodName): name is keyof typeof NONCED => Object.hasOwn(NONCED, name);

const withNonce = (name: MethodName, args: readonly unknown[]): readonly unknown[] => {
  if (!isNonced(name)) return args;
  const at = NONCED[name];
  const options = (args[at] ?? {}) as { readonly nonce?: string };
  if (options.nonce !== undefined) return args;
  const length = Math.max(args.length, at + 1);
  return Array.from({ length }, (_, index) => (index === at ? { ...options, nonce: newNonce() } : args[index]));
};

/** Bytes are read once. When they are wanted a second time, nobody knows what became of the first. */
const sendFile = async (callee: Callee, [caucus, file]: readonly unknown[]): Promise<unknown> => {
  const given = file as NewFile;
  let [begun, again] = [false, false];
  const bytes = {
    [Symbol.asyncIterator]: () => {
      again = begun;
      begun = true;
      if (again) throw usage("file-source", "the file was read before");
      return paced(given.bytes);
    },
  };
  try {
    return await callee.call("sendFile", withNonce("sendFile", [caucus, { ...given, bytes }]));
  } catch (error) {
    throw again ? tabGone() : error;
  }
};

/** See above. Gives what has no nonce one of its own, so that it may be asked for again. */
export const remoteApi = (callee: Callee): RemoteApi => {
  const api: Record<string, unknown> = {
    person: callee.person,
    on: callee.on.bind(callee),
    history: (...args: unknown[]) => callee.iterate("history", args),
    readFile: (...args: unknown[]) => callee.iterate("readFile", args),
    exportMail: (...args: unknown[]) => callee.iterate("exportMail", args),
  };
  for (const name of Object.keys(METHODS) as MethodName[])
    api[name] = (...args: unknown[]) => callee.call(name, withNonce(name, args));
  api["sendFile"] = (...args: unknown[]) => sendFile(callee, args);
  return api as unknown as RemoteApi;
};
