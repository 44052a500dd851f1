/** What is decided about a caucus and who is in it. Each act is told of by a notice where it fails. */
import type { PolicyChange } from "../../src/messenger/api.ts";
import type { CaucusView, GroupId, MotionView, PersonId } from "../../src/types.ts";
import type { Controller } from "./controller.ts";

/** So many admins, and none of them can be unmade by one alone; so many, and none can be made by one alone. */
const MANY = 3;
const SEVERAL = 2;

/** What becomes of somebody: out of the caucus, or another role. */
export type Destiny = MotionView["to"];

/** Whether it takes a second admin; SPEC.md §7. */
export const takesTwo = (caucus: CaucusView, person: PersonId, to: Destiny): boolean => {
  const admins = caucus.members.filter((one) => one.role === "admin" && one.state === "joined");
  if (to === "admin") return admins.length >= SEVERAL;
  return admins.length >= MANY && admins.some((one) => one.person === person);
};

/** Whether this person would be the second admin of a motion. */
export const maySecond = (caucus: CaucusView, motion: MotionView, me: PersonId): boolean =>
  caucus.admin && motion.by !== me && motion.about !== me;

/** Removes somebody or gives them a role; where that takes two, only moves it, or is the second. */
export const decide = async (app: Controller, caucus: GroupId, { about, to }: Decision): Promise<void> => {
  if (to === "out") await app.membership.remove(caucus, about);
  else await change(app, (api) => api.setRole(caucus, about, to));
};
export interface Decision {
  readonly about: PersonId;
  readonly to: Destiny;
}

export const setPolicy = (app: Controller, caucus: GroupId, policy: PolicyChange): Promise<void> =>
  change(app, (api) => api.setPolicy(caucus, policy));

/** New keys for everybody. */
export const heal = async (app: Controller, caucus: GroupId): Promise<void> => {
  const done = await app.act(async () => {
    await app.backend.api.heal(caucus);
    return true;
  });
  if (done) app.say("healed");
};

const change = async (
  app: Controller,
  action: (api: Controller["backend"]["api"]) => Promise<unknown>,
): Promise<void> => {
  await app.act(async () => {
    await action(app.backend.api);
    await app.load();
  });
};
