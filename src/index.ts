/**
 * The library: a messenger over a store and a link of one's own choice, in a page as well as in Node. On Node,
 * `couloir/node` puts one together on a folder and the local network.
 *
 * @example
 *
 *     const store = await Store.open(new MemoryLevel(), new Vault(randomBytes(32)));
 *     const messenger = await Messenger.open({ store, link, clock: systemClock, random: randomBytes });
 */
export { CouloirError, type Fault } from "./errors.ts";
export type {
  HistoryOptions,
  Invite,
  InviteOptions,
  JoinResult,
  Listed,
  MessengerApi,
  NewCaucus,
  NewFile,
  PolicyChange,
} from "./messenger/api.ts";
export {
  exportIdentity,
  openIdentity,
  MAX_IDENTITY_FILE,
  type IdentityFileOptions,
  type KeyLock,
  type MovedIdentity,
} from "./messenger/identityFile.ts";
export { plantIdentity } from "./messenger/identityPlanting.ts";
export { Messenger, type MessengerOptions } from "./messenger/messenger.ts";
export {
  MAX_ASK_MESSAGE,
  MAX_ASK_REQUEST,
  MAX_FRAME,
  type Asked,
  type Carrier,
  type Link,
  type LinkHandlers,
  type LinkStatus,
  type SlotSummary,
  type Verdict,
} from "./net/link.ts";
export { systemClock } from "./net/systemClock.ts";
export { Store } from "./store/store.ts";
export { Vault } from "./store/vault.ts";
export type {
  CaucusMember,
  CaucusView,
  Clock,
  ContestView,
  FileState,
  FileView,
  GroupId,
  InvitationView,
  MessageId,
  MessageView,
  MessengerEvents,
  MotionView,
  PersonId,
  PersonView,
  Picture,
  Profile,
  Random,
  Receipt,
  Role,
  Topic,
  Transfer,
} from "./types.ts";
