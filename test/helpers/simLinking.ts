/** Two programs of one person, linked as people do it: a code is scanned, the signs are compared, both say yes. */
import assert from "node:assert/strict";
import type { LinkOptions } from "../../src/messenger/api.ts";
import type { DeviceView, LinkId, LinkView } from "../../src/types.ts";
import type { SimPerson } from "./simPerson.ts";
import type { World } from "./simWorld.ts";

/** How it stands on this side. */
export const linkOf = (one: SimPerson, link: LinkId): LinkView =>
  one.messenger.links().find((view) => view.link === link)!;

/** The devices of this one's person, as it knows them. */
export const devicesOf = (one: SimPerson): Promise<readonly DeviceView[]> => one.does(one.messenger.devices());

const WITHIN_MS = 120_000;

/** Until both sides show this. */
export const linksAre = async (
  world: World,
  link: LinkId,
  sides: readonly (readonly [SimPerson, LinkView["state"]])[],
): Promise<void> => {
  const there = (): boolean => sides.every(([one, state]) => linkOf(one, link).state === state);
  assert.ok(await world.clock.until(there, WITHIN_MS), sides.map(([one]) => linkOf(one, link).state).join());
};

/** Both sides look at the same signs. */
export const compares = async (world: World, old: SimPerson, fresh: SimPerson): Promise<LinkId> => {
  const { link, code } = await fresh.does(fresh.messenger.offerLink(fresh.name));
  await old.does(old.messenger.readLink(code!));
  await linksAre(world, link, [
    [old, "compare"],
    [fresh, "compare"],
  ]);
  assert.deepEqual(linkOf(old, link).signs, linkOf(fresh, link).signs);
  return link;
};

/** Both say yes. */
export const links = async (
  world: World,
  old: SimPerson,
  fresh: SimPerson,
  options: LinkOptions = {},
): Promise<void> => {
  const link = await compares(world, old, fresh);
  await fresh.does(fresh.messenger.confirmLink(link));
  await old.does(old.messenger.confirmLink(link, options));
  await linksAre(world, link, [
    [old, "linked"],
    [fresh, "linked"],
  ]);
  assert.equal(fresh.messenger.person, old.messenger.person);
};

/** A program that is nobody yet, for `links`. */
export const freshDevice = async (world: World, name: string): Promise<SimPerson> => {
  const fresh = world.person(name);
  await fresh.starts();
  return fresh;
};
