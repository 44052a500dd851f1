/** A venue on this machine: nodes in network namespaces on one bridge, and the real daemon on each. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { GroupId, MessageView } from "../../src/types.ts";
import { VenueNet, uniqueName, whyNoVenue } from "./venueNet.ts";
import { VenueNode } from "./venueNode.ts";

/** Nodes by name, on one bridge. */
export class Venue {
  readonly #net: VenueNet;
  readonly #nodes: ReadonlyMap<string, VenueNode>;
  readonly #folder: string;

  private constructor(net: VenueNet, folder: string, names: readonly string[]) {
    this.#net = net;
    this.#folder = folder;
    this.#nodes = new Map(
      names.map((name, index) => {
        const parts = {
          namespace: net.nodes[index]!,
          address: net.address(index),
          folder: join(folder, `node${index}`),
        };
        return [name, new VenueNode(name, parts)] as const;
      }),
    );
  }

  static async open(...names: readonly string[]): Promise<Venue> {
    const folder = await mkdtemp(join(tmpdir(), `${uniqueName("data")}.`));
    return new Venue(await VenueNet.open(names.length), folder, names);
  }

  /** The nodes of these names; all without any. */
  nodes(...names: readonly string[]): VenueNode[] {
    return names.length === 0 ? [...this.#nodes.values()] : names.map((name) => this.#nodes.get(name)!);
  }

  node(name: string): VenueNode {
    return this.#nodes.get(name)!;
  }

  /** Cuts the one side off from the other. */
  cut(left: readonly VenueNode[], right: readonly VenueNode[]): Promise<void> {
    return this.#net.cut(left.map(this.#index), right.map(this.#index));
  }

  /** A second network, of these two alone; gives their addresses on it. Once. */
  cable(left: VenueNode, right: VenueNode): Promise<readonly [string, string]> {
    return this.#net.cable(this.#index(left), this.#index(right));
  }

  /** From now on, those hear nothing of these, though these hear them. */
  silence(from: readonly VenueNode[], to: readonly VenueNode[]): Promise<void> {
    return this.#net.silence(from.map(this.#index), to.map(this.#index));
  }

  /** Ends all cuts. */
  heal(): Promise<void> {
    return this.#net.heal();
  }

  /** From now on, so many frames of a hundred are lost on the bridge; of those that one node sends, if one is given. */
  lose(percent: number, from?: VenueNode): Promise<void> {
    return this.#net.lose(percent, from && this.#index(from));
  }

  /** From now on, so many kilobytes a second pass the bridge. */
  slow(kilobytes: number): Promise<void> {
    return this.#net.slow(kilobytes);
  }

  /** Keeps these apart from each other, as an access point does with its guests. */
  isolate(nodes: readonly VenueNode[]): Promise<void> {
    return this.#net.isolate(nodes.map(this.#index));
  }

  /** Lets no multicast of DNS through any more. */
  filterMulticast(): Promise<void> {
    return this.#net.filterMulticast();
  }

  /** Lets nobody open a connection to this node from now on. */
  firewall(node: VenueNode): Promise<void> {
    return this.#net.firewall(this.#index(node));
  }

  /** From now on, counts how often these look for the way out of the network, which leads nowhere. */
  watchTheWayOut(nodes: readonly VenueNode[]): Promise<void> {
    return this.#net.watchTheWayOut(nodes.map(this.#index));
  }

  /** How often they did. */
  waysOutSought(): Promise<number> {
    return this.#net.waysOutSought();
  }

  /** Changes the interfaces of a node: commands of `ip`, without that word. */
  ip(node: VenueNode, ...lines: readonly string[]): Promise<void> {
    return this.#net.ip(this.#index(node), ...lines);
  }

  /** Ends all that runs and removes all that was made. */
  async close(): Promise<void> {
    await Promise.all(this.nodes().map((node) => node.close()));
    this.#net.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  readonly #index = (node: VenueNode): number => this.nodes().indexOf(node);
}

/** A suite that needs a venue: skipped with the reason where none can be made; in CI that is a failure. */
export const describeVenue = (title: string, suite: (this: Mocha.Suite) => void): void => {
  const why = whyNoVenue();
  if (why === undefined) {
    describe(title, suite);
  } else if (process.env["CI"] === "true") {
    describe(title, () => void it("finds a machine that can hold a venue", () => assert.fail(why)));
  } else {
    describe.skip(`${title} (${why})`, suite);
  }
};

const POLL = 100;

/** Polls until the probe gives something true, and gives that; errors count as not yet. */
export const until = async <T>(
  what: string,
  probe: () => Promise<T | false | undefined>,
  within = 60_000,
): Promise<T> => {
  const end = performance.now() + within;
  let last: unknown;
  do {
    try {
      const found = await probe();
      if (found !== false && found !== undefined) return found;
      last = found;
    } catch (error) {
      last = error;
    }
    await delay(POLL);
  } while (performance.now() < end);
  const seen = last instanceof Error ? last.message : JSON.stringify(last);
  throw new Error(`${what}: not within ${within} ms; at last: ${seen}`, { cause: last });
};

/**
 * Waits until all have the same history of at least so many texts, and gives the texts. Anything but receipts counts:
 * ids, order, senders, times, what was said.
 */
export const sameHistories = async (
  nodes: readonly VenueNode[],
  caucus: GroupId,
  texts: number,
  within?: number,
): Promise<string[]> => {
  const read = async (node: VenueNode): Promise<MessageView[]> =>
    (await node.history(caucus)).filter(({ kind }) => kind === "text");
  const shown = ({ message, sender, sentAt, text }: MessageView): string => `${sentAt} ${message} ${sender} ${text}`;
  const all = await until(
    `${nodes.map(({ name }) => name).join(", ")} have the same ${texts} texts`,
    async () => {
      const histories = await Promise.all(nodes.map(read));
      const [first = "", ...others] = histories.map((lines) => lines.map(shown).join("\n"));
      const enough = (histories[0] ?? []).length >= texts;
      if (enough && others.every((other) => other === first)) return histories[0]!;
      throw new Error(nodes.map(({ name }, at) => `${name} has ${histories[at]!.length}`).join(", "));
    },
    within,
  );
  return all.map(({ text }) => text);
};
