/** Everything about verification in person, about open codes and about who asks by them, that is loaded apart. */
import type { Session } from "./session.ts";
import { watchNames } from "./lookAlikes.ts";
import { beginTelling } from "./trustNews.ts";

export { approve, turnAway } from "./admitting.ts";
export { codesOf, forgetCodes, revokeCode } from "./codeList.ts";
export { compare, endComparison, takePairWord } from "./comparing.ts";
export { comparisons } from "./comparisons.ts";
export { takeDeclined } from "./declined.ts";
export { closeRoomCode, endRoomCode, roomCode, takeRoomWord } from "./roomCodes.ts";
export { roomCodes } from "./rounds.ts";
export { acceptKeys, verify, verifyCode } from "./verifying.ts";
export { tellTrust } from "./trustNews.ts";
export { takeVouches, tellVouches, vouch, vouchesDue } from "./vouching.ts";
export { waitingViews } from "./waitingList.ts";

/** Once, when it is there. */
export const beginVerification = (session: Session): void => {
  watchNames(session);
  beginTelling(session);
};
