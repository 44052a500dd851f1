/** `up` in this process, over a fake messenger, with every step that it takes. */
import { refused } from "../../src/errors.ts";
import type { Outside } from "../../src/daemon/context.ts";
import { main } from "../../src/daemon/main.ts";
import type { NodeOptions } from "../../src/daemon/node.ts";
import type { HubPart } from "../../src/node.ts";
import type { MovedIdentity } from "../../src/messenger/identityFile.ts";
import { FakeMessenger } from "../helpers/fakeMessenger.ts";
import { emptyFolder, later, outside, streams, type Streams, type Terminal } from "./harness.ts";

export interface Up extends Streams {
  readonly folder: string;
  readonly ended: Promise<number>;
  readonly signal: () => void;
  /** What was put up and taken down, in order. */
  readonly steps: string[];
  readonly given: () => NodeOptions | undefined;
  /** What it joined the network with, as a hub. */
  readonly part: () => HubPart | undefined;
}

interface UpTest {
  readonly folder?: string;
  readonly messenger?: FakeMessenger;
  readonly terminal?: Terminal;
  readonly more?: Partial<Outside>;
  readonly close?: () => Promise<void>;
  /** What earlier runs kept in the folder. */
  readonly kept?: Map<string, unknown>;
}

/** Starts it. */
export const up = async (args: readonly string[], test: UpTest = {}): Promise<Up> => {
  const folder = test.folder ?? (await emptyFolder());
  const messenger = test.messenger ?? new FakeMessenger();
  const all = streams(test.terminal);
  const steps: string[] = [];
  const kept = test.kept ?? new Map<string, unknown>();
  let signal = (): void => undefined;
  let given: NodeOptions | undefined;
  let part: HubPart | undefined;
  const ended = main(
    ["--data", folder, "up", ...args],
    outside(all.io, {
      assemble: async (options) => {
        given = options;
        steps.push("open");
        return {
          start: async (hub) => {
            part = hub;
            steps.push("start");
            return messenger;
          },
          dial: async (addresses) => {
            steps.push(`dial ${addresses.join(" ")}`);
            return true;
          },
          survey: async () => undefined,
          close: async () => {
            steps.push("close");
            await test.close?.();
          },
          wipe: async () => {
            steps.push("wipe");
            kept.clear();
          },
          exportIdentity: async () => Buffer.from("identity"),
          openIdentity: async (file, passphrase) => {
            if (passphrase !== "right") throw refused("wrong-passphrase", "wrong passphrase");
            return { profile: { name: Buffer.from(file).toString() } } as MovedIdentity;
          },
          plant: async ({ profile }) => void steps.push(`plant ${profile.name}`),
          kept: async (name: string) => kept.get(name),
          keep: async (name: string, value: unknown) => void kept.set(name, value),
        };
      },
      onSignal: (handler) => {
        signal = handler;
        return () => {
          signal = () => undefined;
        };
      },
      ...test.more,
    }),
  );
  later(async () => {
    signal();
    await ended;
  });
  return { ...all, folder, ended, steps, signal: () => signal(), given: () => given, part: () => part };
};

export const READY = /"event":"ready"/u;
/** What it says once it runs. */
export const ready = async (started: Up): Promise<Record<string, unknown>> => {
  await started.until(READY);
  return JSON.parse(started.stdout().split("\n")[0]!) as Record<string, unknown>;
};
