/** A person who goes on with another device: from the file that they made on the one before, which they use no more. */
import type { SimPerson } from "./simPerson.ts";
import type { World } from "./simWorld.ts";

const PASSPHRASE = "corridor diplomacy";

export const moves = async (world: World, one: SimPerson, name: string): Promise<SimPerson> => {
  const file = await one.backsUp(PASSPHRASE);
  await one.stops();
  const moved = world.person(name);
  await moved.takesOver(file, PASSPHRASE);
  await moved.starts();
  await world.settles();
  return moved;
};
