/** What is decided about codes and about who asks by them. Each act is told of by a notice where it fails. */
import type { CodeView, GroupId, OpId, PersonId } from "../../src/types.ts";
import type { Controller } from "./controller.ts";

/** Lets somebody in who waits. */
export const approve = async (app: Controller, caucus: GroupId, person: PersonId): Promise<void> => {
  await app.act(async () => {
    await app.backend.api.approve(caucus, person);
    await app.load();
  });
};

/** Turns somebody away who waits. */
export const refuse = async (
  app: Controller,
  caucus: GroupId,
  { person, name }: { readonly person: PersonId; readonly name: string },
): Promise<void> => {
  const done = await app.act(async () => {
    await app.backend.api.refuse(caucus, person);
    await app.load();
    return true;
  });
  if (done) app.say("turned-away", { name });
};

/** Revokes a code; those that are open then, where that was done. */
export const revokeCode = (app: Controller, caucus: GroupId, invite: OpId): Promise<readonly CodeView[] | undefined> =>
  app.act(() => app.backend.api.revokeCode(caucus, invite));
