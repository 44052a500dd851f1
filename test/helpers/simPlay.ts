/** A random run of a venue from a seed: people talk, come, go, crash, are removed and let in again, on a bad network. */
import { makeVenue } from "../../src/messenger/venue.ts";
import { CALM, ROUGH } from "./simConnection.ts";
import { SimGame } from "./simGame.ts";
import { SimRandom } from "./simRandom.ts";
import { findFaults } from "./simVerdict.ts";
import { meet, type World } from "./simWorld.ts";

const NAMES = ["alice", "bob", "carol", "dave", "erin", "frank"] as const;

const STEPS = 25;
/** Everything is through by then at the latest. */
const END_MS = 600_000;
/** Whatever comes late or twice has come by then. */
const LEAST_END_MS = 120_000;
const ROUND_MS = 60_000;
/** What a device may still say about a caucus in such a round: a late answer, a question that it repeats ever more rarely. */
const MOST_FRAMES = 4;

/** What came of a run. */
export interface PlayResult {
  readonly seed: number | string;
  /** What people did, one line each, with the virtual second. */
  readonly steps: readonly string[];
  readonly faults: readonly string[];
  /** Everything that happened on the network. */
  readonly transcript: string;
}

/** How long a run is. */
export interface PlayOptions {
  readonly steps?: number;
}

/** Plays one seed from beginning to end. */
export const play = async (seed: number | string, options: PlayOptions = {}): Promise<PlayResult> => {
  const random = new SimRandom(seed).fork("play");
  const edge = random.chance(0.5) ? ROUGH : CALM;
  // Most venues are small: what goes wrong goes wrong among four, and the work grows with the square.
  const people = NAMES.slice(0, random.pick([3, 3, 3, 4, 4, 5, 6]));
  const { world } = await meet(seed, people, { edge });
  const game = new SimGame(world, random);
  const faults: string[] = [];
  try {
    await game.begins();
    for (let step = options.steps ?? STEPS; step > 0; step -= 1) await game.goesOn();
    await world.ends(LEAST_END_MS);
    faults.push(...(await settledFaults(world)), ...game.faults);
    // Nobody here sends anything malformed, and old frames are still honest ones.
    faults.push(...world.network.trace.filter(({ what }) => what.startsWith("reject")).map(({ what }) => what));
  } catch (error) {
    faults.push(`broke off: ${error instanceof Error ? error.stack : String(error)}`);
  }
  return { seed, steps: game.steps, faults, transcript: world.transcript() };
};

/** What is still wrong when all had their time; as soon as nothing is, there is nothing to wait for. */
const settledFaults = async (world: World): Promise<readonly string[]> => {
  for (let left = END_MS - LEAST_END_MS; ; left -= ROUND_MS) {
    const before = world.network.published.length;
    await world.passes(ROUND_MS);
    const faults = [...(await findFaults(world.auditor)), ...chatter(world, before)];
    if (faults.length === 0 || left <= 0) return faults;
  }
};

/** Who goes on talking when there is nothing to say. Presence is shown in any case, on a topic of its own. */
const chatter = (world: World, since: number): readonly string[] => {
  const { presence } = makeVenue("couloir");
  const said = world.network.published.slice(since).filter(({ topic }) => topic !== presence);
  return world.people.flatMap(({ name, messenger }) => {
    const count = said.filter(({ by }) => by === name).length;
    // One caucus more: a code that nobody has answered yet is asked by again and again, ever more rarely.
    return count <= MOST_FRAMES * (messenger.caucuses().length + 1)
      ? []
      : [`chatter: ${name} says ${count} things in a minute`];
  });
};
