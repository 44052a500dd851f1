/** Everything about verification in person that is loaded apart. */
import type { Session } from "./session.ts";
import { watchNames } from "./lookAlikes.ts";
import { beginTelling } from "./trustNews.ts";

export { compare, endComparison, takePairWord } from "./comparing.ts";
export { comparisons } from "./comparisons.ts";
export { closeRoomCode, endRoomCode, roomCode, takeRoomWord } from "./roomCodes.ts";
export { roomCodes } from "./rounds.ts";
export { acceptKeys, verify, verifyCode } from "./verifying.ts";
export { tellTrust } from "./trustNews.ts";
export { takeVouches, tellVouches, vouch, vouchesDue } from "./vouching.ts";

/** Once, when it is there. */
export const beginVerification = (session: Session): void => {
  watchNames(session);
  beginTelling(session);
};
