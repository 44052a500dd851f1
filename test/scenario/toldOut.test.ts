/** Who was away for so long that what others did is lost to them, and was taken out meanwhile or as they came back. */
import assert from "node:assert/strict";
import type { GroupId } from "../../src/types.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const DAY = 24 * 3_600_000;
const stateOf = (one: SimPerson, caucus: GroupId) =>
  one.messenger.caucuses().find((view) => view.caucus === caucus)?.state;

/** Alice founded it, Bob is an admin of it too. Somebody is away while Dave comes in, until no mail of it is left. */
const whileAway = async (seed: number, who: "alice" | "carol") => {
  const { alice, bob, carol, dave, world } = await meet(seed, ["alice", "bob", "carol", "dave"]);
  const caucus = await alice.creates("Caucus", [bob, carol]);
  await world.settles();
  await alice.does(alice.messenger.setRole(caucus, bob.id, "admin"));
  await world.settles();
  const away = { alice, carol }[who];
  await away.stops();
  await bob.adds(caucus, dave);
  await world.settles();
  const others = [alice, bob, carol, dave].filter((one) => one.up);
  for (const one of others) await one.stops();
  await world.passes(4 * DAY);
  for (const one of others) await one.starts();
  return { bob, world, caucus, away };
};

describe("somebody who was away", () => {
  for (const who of ["alice", "carol"] as const)
    it(`and is removed before they are back learns it, ${who === "alice" ? "having founded the caucus" : "as anybody"}`, async () => {
      const { bob, world, caucus, away } = await whileAway(921, who);
      await bob.removes(caucus, away);
      await away.starts();
      await world.settles();
      assert.equal(stateOf(away, caucus), "gone");
      await world.audit();
    });
});
