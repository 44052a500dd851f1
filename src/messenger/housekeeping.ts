/** What a device does for itself now and then: forget what is kept no longer, and change its card's prekey each day. */
import { rotatePrekeys } from "../protocol/identity.ts";
import { noteLinked } from "./apart.ts";
import { pruneAll } from "./duties.ts";
import { clearOldDrafts } from "./fileDrafts.ts";
import { putSelf } from "./selfRecord.ts";
import type { Session } from "./session.ts";

const EVERY = 600_000;
const PREKEY_LIFE = 24 * 3_600_000;

/** Begins; goes on as long as the session is open. */
export const keepHouse = (session: Session): void => {
  session.clock.after(EVERY, () => {
    if (session.closed) return;
    session.track(
      session
        .step(async (step) => {
          step.write(...session.mailbox.evict());
          noteLinked(step);
        })
        .then(() => pruneAll(session))
        .then(() => turnDay(session))
        .then(() => renewPrekey(session))
        .then(() => forgetOldCodes(session))
        .then(() => clearOldDrafts(session))
        // A timer does not run while a machine sleeps.
        .then(() => session.fading.sweep())
        .catch(() => undefined)
        .then(() => keepHouse(session)),
    );
  });
};

/** Codes by which nobody comes in any more are not kept. */
const forgetOldCodes = async (session: Session): Promise<void> => {
  if (session.codes.size === 0) return;
  const { forgetCodes } = await session.verification.load();
  await session.step(forgetCodes);
};

/** Pairs are listened for under tags of each day: `pairwise.ts`. */
const turnDay = (session: Session): Promise<void> =>
  session.step(async (step) => {
    for (const { state } of session.groups.values()) step.expect(session.groupTags.turn(state, step.now));
  });

/** A new prekey for strangers, if the current one is a day old; old ones open what was sealed to them, for a while. */
export const renewPrekey = async (session: Session): Promise<void> => {
  await session.step(async (step) => {
    const { self } = session;
    const since = self.prekeys[1]?.retired;
    if (since !== undefined && step.now - since < PREKEY_LIFE) return;
    const renewed = { ...self, prekeys: rotatePrekeys(self.prekeys, step.now, session.options.random) };
    step.write(putSelf(renewed));
    step.after(() => session.changeSelf({ ...session.self, prekeys: renewed.prekeys }, session.profile));
  });
};
