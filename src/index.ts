/**
 * The library: a messenger over a store and a link of one's own choice, in a page as well as in Node. On Node,
 * `couloir/node` puts one together on a folder and the local network.
 *
 * @example
 *
 *     const store = await Store.open(new MemoryLevel(), new Vault(randomBytes(32)));
 *     const messenger = await Messenger.open({ store, link, clock: systemClock, random: randomBytes, kem: xWingLater });
 */
export { boardCsv } from "./content/boardCsv.ts";
export { readRecord, type RecordBody } from "./content/record.ts";
export { CouloirError, type Fault } from "./errors.ts";
export { NEVER } from "./messenger/api.ts";
export type {
  GrantOptions,
  Invite,
  InviteOptions,
  JoinResult,
  LinkOptions,
  Listed,
  MailHeld,
  MailImport,
  MessengerApi,
  NewCaucus,
  NewFile,
  Outcome,
  PolicyChange,
  RememberOptions,
  VenueView,
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
export type { HistoryOptions, RecordPlace, SearchAnswer, SearchOptions } from "./messenger/paging.ts";
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
  AppMark,
  CaucusMember,
  CaucusView,
  CodeView,
  Clock,
  ComparisonView,
  ContestView,
  DeviceId,
  DeviceView,
  FileState,
  FileView,
  Granted,
  GroupId,
  InvitationView,
  LastingView,
  LinkId,
  LinkState,
  LinkView,
  MessageId,
  MessageView,
  LostDevice,
  MessengerEvents,
  MotionView,
  OpId,
  PersonId,
  PersonView,
  Picture,
  Pin,
  Profile,
  Random,
  Receipt,
  Role,
  RoomCodeView,
  Stand,
  Standing,
  ToolWord,
  Topic,
  Transfer,
  Trust,
  WaitingView,
} from "./types.ts";
export type { BoardBrief, BoardView, CallView, HuddleView, RollCallView, TableView, ToolView } from "./types/tools.ts";
export { xWingLater } from "./xWingLater.ts";
