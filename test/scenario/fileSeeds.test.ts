/** Files at random: sent, asked for, stopped, cut off and crashed in the middle; in the end everybody has what they want. */
import assert from "node:assert/strict";
import type { GroupId, MessageId } from "../../src/types.ts";
import { CALM, ROUGH } from "../helpers/simConnection.ts";
import { bytesOf, contentOf, fileOf, stateOf } from "../helpers/simFile.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, type World } from "../helpers/simWorld.ts";

const SEEDS = Number(process.env["COULOIR_FILE_SEEDS"] ?? 4);
const STEPS = 30;

interface Sent {
  readonly name: string;
  readonly size: number;
  readonly message: MessageId;
}

const stepOf = async (world: World, caucus: GroupId, sent: Sent[], who: SimPerson): Promise<void> => {
  const random = world.random.fork(`step ${world.clock.now()} ${sent.length}`);
  const kind = random.between(0, 9);
  const known = random.pick(sent);
  const has = known && who.up && (await who.does(who.messenger.message(caucus, known.message))) !== undefined;
  if (!who.up) return who.starts();
  if (kind <= 1) {
    const [name, size] = [`file ${sent.length}`, random.between(0, 900_000)];
    const { message } = await who.does(
      who.messenger.sendFile(caucus, fileOf(name, size, {}, random.between(1, 90_000))),
    );
    sent.push({ name, size, message });
  } else if (kind <= 4 && has) await who.does(who.messenger.fetchFile(caucus, known.message));
  else if (kind === 5 && has) await who.does(who.messenger.cancelFile(caucus, known.message));
  else if (kind === 6) await (random.chance(0.5) ? who.crashes() : who.stops());
  else if (kind === 7) world.network.radio(who.name, random.chance(0.6));
  else if (kind === 8) world.network.conditions(random.chance(0.5) ? ROUGH : CALM);
  else await who.says(caucus, `${who.name} ${world.clock.now()}`);
  await world.passes(random.between(0, 3_000));
};

const play = async (seed: number): Promise<World> => {
  const { world, ...people } = await meet(800 + seed, ["ana", "bo", "cy", "di"]);
  const all = Object.values(people);
  const caucus = await people.ana.creates("Caucus", [people.bo, people.cy, people.di]);
  await world.settles();
  const sent: Sent[] = [];
  const pick = world.random.fork("who");
  for (let step = 0; step < STEPS; step++) await stepOf(world, caucus, sent, pick.pick(all) ?? people.ana);
  await world.ends();
  for (const who of all) for (const { message } of sent) await who.does(who.messenger.fetchFile(caucus, message));
  await world.settles(600_000);
  for (const who of all)
    for (const { name, size, message } of sent) {
      assert.equal(await stateOf(who, caucus, message), "here", `seed ${seed}: ${who.name} lacks ${name}`);
      assert.deepEqual(await contentOf(who, caucus, message), bytesOf(name, size), `seed ${seed}: ${name}`);
    }
  for (const who of all)
    for (const { file } of await who.lines(caucus))
      if (file) assert.equal(file.keptBy, 4, `seed ${seed}: ${file.name}`);
  await world.audit();
  return world;
};

describe("files at random", () => {
  for (let seed = 1; seed <= SEEDS; seed++)
    it(`seed ${seed}`, async () => {
      await play(seed);
    }).timeout(120_000);

  it("are the same run from the same seed", async () => {
    const [one, other] = [await play(1), await play(1)];
    assert.equal(one.transcript(), other.transcript());
  }).timeout(120_000);
});
