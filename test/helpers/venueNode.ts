/** One node of a venue: a namespace, a data folder, the daemon on it, and the command line beside it. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { CaucusView, GroupId, MessageView, PersonId, PersonView } from "../../src/types.ts";
import type { Ended } from "../daemon/harness.ts";
import { Agent, startIn, type Running, type StartOptions } from "./venueProcess.ts";

const AGENT = fileURLToPath(new URL("venueAgent.ts", import.meta.url));

/** A running daemon, and what it said when it was ready. */
export interface Daemon extends Running {
  readonly ui: string;
  readonly peerId: string;
  readonly addresses: readonly string[];
  /** Where a hub's app is opened; empty without `--hub`. */
  readonly hub: readonly string[];
}

interface Place {
  readonly namespace: string;
  readonly address: string;
  readonly folder: string;
}

/** A machine in the venue. */
export class VenueNode {
  readonly name: string;
  readonly address: string;
  readonly folder: string;
  readonly namespace: string;
  readonly #running = new Set<Running>();
  #agent: Agent | undefined;
  #daemon: Daemon | undefined;
  #person: PersonId | undefined;

  constructor(name: string, { namespace, address, folder }: Place) {
    this.name = name;
    this.address = address;
    this.folder = folder;
    this.namespace = namespace;
  }

  /** Who lives here; known from the first start of the daemon on. */
  get person(): PersonId {
    return this.#person!;
  }
  get daemon(): Daemon {
    return this.#daemon!;
  }

  /** Starts the daemon and waits until it is ready. */
  async up(args: readonly string[] = [], options: StartOptions = {}): Promise<Daemon> {
    this.#agent ??= this.#startAgent();
    const running = this.start(["up", "--data", this.folder, "--name", this.name, "--json", ...args], options);
    const { ui, peerId, person, addresses, hub } = JSON.parse(await running.firstLine) as Daemon & { person: PersonId };
    this.#person = person;
    this.#daemon = { ...running, ui, peerId, addresses, hub };
    return this.#daemon;
  }

  /** Stops the daemon in order; it has to end well, and nothing may have gone wrong inside. */
  async down(): Promise<Ended> {
    const daemon = this.daemon;
    daemon.kill("SIGTERM");
    const ended = await daemon.ended;
    assert.equal(ended.code, 0, `${this.name}: ${ended.stderr}`);
    assert.doesNotMatch(ended.stderr, /something went wrong|^ +at /mu, this.name);
    return ended;
  }

  /** Stops the daemon where it is, as a machine does that is put to sleep; `wake` has it go on. */
  sleep(): void {
    this.daemon.kill("SIGSTOP");
  }
  wake(): void {
    this.daemon.kill("SIGCONT");
  }

  /** The command line on this node's data folder; without a process of its own. */
  run(...args: readonly string[]): Promise<Ended> {
    this.#agent ??= this.#startAgent();
    return this.#agent.run(this.folder, args);
  }

  /** The same, which has to go well; the lines of JSON that it gave. */
  async lines<T>(...args: readonly string[]): Promise<T[]> {
    const { code, stdout, stderr } = await this.run(...args, "--json");
    assert.equal(code, 0, `${this.name}: couloir ${args.join(" ")}: ${stderr}`);
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as T);
  }

  /** The same for commands that give one value. */
  async ask<T>(...args: readonly string[]): Promise<T> {
    return (await this.lines<T>(...args))[0]!;
  }

  people(): Promise<PersonView[]> {
    return this.ask("people");
  }
  history(caucus: GroupId): Promise<MessageView[]> {
    return this.lines("history", caucus);
  }
  async caucus(caucus: GroupId): Promise<CaucusView | undefined> {
    return (await this.ask<CaucusView[]>("caucus", "ls")).find((one) => one.caucus === caucus);
  }
  /** The texts of a caucus, in order. */
  async texts(caucus: GroupId): Promise<string[]> {
    return (await this.history(caucus)).filter(({ kind }) => kind === "text").map(({ text }) => text);
  }

  /** Runs a program of Node in this namespace; the command line by default. */
  start(args: readonly string[], options: StartOptions = {}): Running {
    const running = startIn(this.namespace, args, options);
    this.#running.add(running);
    void running.ended.then(() => this.#running.delete(running));
    return running;
  }

  #startAgent(): Agent {
    return new Agent(this.start([], { script: AGENT }));
  }

  /** Kills whatever runs here. */
  async close(): Promise<void> {
    const all = [...this.#running];
    for (const one of all) one.kill("SIGKILL");
    await Promise.all(all.map(({ ended }) => ended));
  }
}
