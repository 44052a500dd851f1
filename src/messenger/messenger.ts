/** The conductor: `MessengerApi` over the session's steps. */
import { CouloirError, usage } from "../errors.ts";
import type { LinkStatus } from "../net/link.ts";
import { utf8 } from "../protocol/codec.ts";
import { readVenueCode } from "../protocol/venue.ts";
import type {
  CaucusView,
  CodeView,
  ComparisonView,
  DeviceId,
  DeviceView,
  GroupId,
  InvitationView,
  LinkId,
  LinkView,
  MessageId,
  MessageView,
  MessengerEvents,
  Millis,
  OpId,
  PersonId,
  PersonView,
  Pin,
  Profile,
  Receipt,
  Role,
  RoomCodeView,
  ToolWord,
  WaitingView,
  Wording,
} from "../types.ts";
import type { CallView, TableView, ToolView } from "../types/tools.ts";
import type {
  GrantOptions,
  Invite,
  InviteOptions,
  JoinResult,
  LinkOptions,
  MailHeld,
  MailImport,
  MessengerApi,
  NewCaucus,
  NewFile,
  Outcome,
  PolicyChange,
  RememberOptions,
  VenueView,
} from "./api.ts";
import { makeInvite } from "./asks.ts";
import { caucusView } from "./caucuses.ts";
import { addPerson, createGroup, directWith, healGroup, leaveGroup, removePerson } from "./changes.ts";
import { joinedGroup, knownGroup } from "./checks.ts";
import { acceptInvitation, declineInvitation, followCode } from "./entering.ts";
import { history, lineById, receiptsOf } from "./history.ts";
import { invitationView } from "./invitations.ts";
import { changePolicy, giveRole } from "./offices.ts";
import type { HistoryOptions, SearchAnswer, SearchOptions } from "./paging.ts";
import type { Intake } from "./intake.ts";
import type { MessengerOptions } from "./opening.ts";
import { openSession, startSession } from "./opening.ts";
import type { PresenceClock } from "./presence.ts";
import { pinsShown } from "./pins.ts";
import { linksOf, ownDevices } from "./own.ts";
import { markRead } from "./reading.ts";
import { BLOCKED, PROFILE_WORDS, remember, remembered, share } from "./remembered.ts";
import { pin, react, sayText } from "./saying.ts";
import { checkProfile, putProfile } from "./selfRecord.ts";
import type { Session } from "./session.ts";
import type { Verification } from "./verificationLoader.ts";

export type { MessengerOptions } from "./opening.ts";

const seldom = () => import("./seldom.ts");

export class Messenger implements MessengerApi {
  readonly #session: Session;
  readonly #presence: PresenceClock;

  readonly #intake: Intake;

  private constructor(session: Session, parts: { readonly presence: PresenceClock; readonly intake: Intake }) {
    this.#session = session;
    this.#presence = parts.presence;
    this.#intake = parts.intake;
  }

  /** Reads the profile (making one on a first start), restores what a process before this one left, starts the link. */
  static async open(options: MessengerOptions): Promise<Messenger> {
    const session = await openSession(options);
    return new Messenger(session, await startSession(session));
  }

  get person(): PersonId {
    return this.#session.person;
  }
  profile(): Profile {
    return this.#session.profile;
  }

  async setProfile(profile: Profile): Promise<void> {
    checkProfile(profile);
    await this.#session.step(async (step) => {
      step.write(putProfile(profile));
      await share(step, PROFILE_WORDS, JSON.stringify(profile));
      step.after(() => this.#session.changeSelf(this.#session.self, profile));
    });
    this.#presence.soon();
  }

  people(): readonly PersonView[] {
    return this.#session.people.views(this.person);
  }
  async block(person: PersonId): Promise<void> {
    if (!this.#session.people.get(person)) throw usage("unknown-person", "nobody of that id is known here");
    await this.#session.step(async (step) => {
      step.write(...this.#session.people.block(person));
      await share(step, `${BLOCKED}${person}`, "true");
    });
  }

  async verifyCode(): Promise<string> {
    return (await this.#verification()).verifyCode(this.#session);
  }
  async verify(code: string, person?: PersonId): Promise<PersonView> {
    return (await this.#verification()).verify(this.#session, code, person);
  }
  async compare(person: PersonId): Promise<ComparisonView> {
    return (await this.#verification()).compare(this.#session, person);
  }
  async endComparison(person: PersonId, outcome: Outcome): Promise<PersonView> {
    return (await this.#verification()).endComparison(this.#session, person, outcome);
  }
  comparisons(): readonly ComparisonView[] {
    return this.#session.verification.here?.comparisons(this.#session) ?? [];
  }
  async roomCode(caucus: GroupId): Promise<RoomCodeView> {
    return (await this.#verification()).roomCode(this.#session, caucus);
  }
  async closeRoomCode(caucus: GroupId): Promise<RoomCodeView> {
    return (await this.#verification()).closeRoomCode(this.#session, caucus);
  }
  async endRoomCode(caucus: GroupId, outcome: Outcome): Promise<CaucusView> {
    return (await this.#verification()).endRoomCode(this.#session, caucus, outcome);
  }
  roomCodes(): readonly RoomCodeView[] {
    return this.#session.verification.here?.roomCodes(this.#session) ?? [];
  }
  async vouch(person: PersonId, looked: boolean): Promise<PersonView> {
    return (await this.#verification()).vouch(this.#session, person, looked);
  }
  async acceptKeys(person: PersonId): Promise<PersonView> {
    return (await this.#verification()).acceptKeys(this.#session, person);
  }
  async #verification(): Promise<Verification> {
    return this.#session.verification.load().catch((cause: unknown) => {
      throw new CouloirError(
        "network",
        "not-loaded",
        "this part of the app is not here yet; go to where it came from and try again",
        { cause },
      );
    });
  }

  caucuses(): readonly CaucusView[] {
    return [...this.#session.groups.keys()].flatMap((group) => caucusView(this.#session, group) ?? []);
  }
  listed(): readonly { readonly caucus: GroupId; readonly name: string; readonly code: string }[] {
    return this.#session.people.listings().filter((one) => !this.#session.groups.has(one.caucus));
  }

  async createCaucus(name: string, options: NewCaucus = {}): Promise<GroupId> {
    const bare = name.trim();
    if (bare === "" || utf8(bare).length > 256) throw usage("bad-name", "a caucus needs a name of at most 256 bytes");
    const group = await this.#session.step((step) =>
      createGroup(step, {
        name: bare,
        open: options.open ?? false,
        direct: false,
        guests: options.guests ?? "ask",
        with: options.with ?? [],
        grant: options,
      }),
    );
    if (options.open) this.#presence.soon();
    return group;
  }

  async invite(caucus: GroupId, options: InviteOptions = {}): Promise<Invite> {
    joinedGroup(this.#session, caucus);
    return this.#session.step((step) => makeInvite(step, caucus, options));
  }
  async codes(caucus: GroupId): Promise<readonly CodeView[]> {
    const held = joinedGroup(this.#session, caucus);
    return (await this.#verification()).codesOf(this.#session, held);
  }
  async revokeCode(caucus: GroupId, invite: OpId): Promise<readonly CodeView[]> {
    joinedGroup(this.#session, caucus);
    const { revokeCode } = await this.#verification();
    await this.#session.step((step) => revokeCode(step, caucus, invite));
    return this.codes(caucus);
  }
  async waiting(caucus: GroupId): Promise<readonly WaitingView[]> {
    joinedGroup(this.#session, caucus);
    return (await this.#verification()).waitingViews(this.#session, caucus);
  }
  async approve(caucus: GroupId, person: PersonId): Promise<CaucusView> {
    joinedGroup(this.#session, caucus);
    const { approve } = await this.#verification();
    await this.#session.step((step) => approve(step, caucus, person));
    return caucusView(this.#session, caucus) as CaucusView;
  }
  async refuse(caucus: GroupId, person: PersonId): Promise<readonly WaitingView[]> {
    joinedGroup(this.#session, caucus);
    const { turnAway } = await this.#verification();
    await this.#session.step((step) => turnAway(step, caucus, person));
    return this.waiting(caucus);
  }

  join(code: string, wait: Millis): Promise<JoinResult> {
    return followCode(this.#session, code, wait);
  }

  invitations(): readonly InvitationView[] {
    return [...this.#session.invitations.values()].map((one) => invitationView(this.#session, one));
  }
  accept(caucus: GroupId): Promise<JoinResult> {
    return acceptInvitation(this.#session, caucus);
  }
  decline(caucus: GroupId): Promise<void> {
    return declineInvitation(this.#session, caucus);
  }

  async add(caucus: GroupId, person: PersonId, { history, last }: GrantOptions = {}): Promise<CaucusView> {
    joinedGroup(this.#session, caucus);
    const grant = { ...(history && { history }), ...(last !== undefined && { last }) };
    await this.#session.step((step) => addPerson(step, caucus, { ...grant, person }));
    return caucusView(this.#session, caucus) as CaucusView;
  }
  async remove(caucus: GroupId, person: PersonId): Promise<CaucusView> {
    joinedGroup(this.#session, caucus);
    await this.#session.step((step) => removePerson(step, caucus, person));
    return caucusView(this.#session, caucus) as CaucusView;
  }
  async setRole(caucus: GroupId, person: PersonId, role: Role): Promise<CaucusView> {
    joinedGroup(this.#session, caucus);
    await this.#session.step((step) => giveRole(step, caucus, { person, role }));
    return caucusView(this.#session, caucus) as CaucusView;
  }
  async setPolicy(caucus: GroupId, change: PolicyChange): Promise<CaucusView> {
    joinedGroup(this.#session, caucus);
    await this.#session.step((step) => changePolicy(step, caucus, change));
    return caucusView(this.#session, caucus) as CaucusView;
  }
  async leave(caucus: GroupId): Promise<void> {
    joinedGroup(this.#session, caucus);
    await this.#session.step((step) => leaveGroup(step, caucus));
  }
  async heal(caucus: GroupId): Promise<void> {
    joinedGroup(this.#session, caucus);
    await this.#session.step((step) => healGroup(step, caucus));
  }
  async direct(person: PersonId): Promise<GroupId> {
    if (person === this.person) throw usage("to-yourself", "that is you; name somebody else");
    return (
      directWith(this.#session, person) ??
      this.#session.step((step) =>
        createGroup(step, { name: "", open: false, direct: true, guests: "ask", with: [person] }),
      )
    );
  }

  async send(
    caucus: GroupId,
    text: string,
    { onRecord, ...options }: { readonly reply?: MessageId; readonly nonce?: string; readonly onRecord?: boolean } = {},
  ): Promise<MessageView> {
    const say = onRecord ? (await seldom()).sayOnRecord : sayText;
    return say(this.#session, caucus, { text, ...options });
  }
  async recordOf(caucus: GroupId, message: MessageId): Promise<string> {
    return (await seldom()).recordOf(this.#session, knownGroup(this.#session, caucus), message);
  }
  async revise(caucus: GroupId, message: MessageId, text: string): Promise<MessageView> {
    return (await seldom()).revise(this.#session, caucus, { message, text });
  }
  async wordings(caucus: GroupId, message: MessageId): Promise<readonly Wording[]> {
    return (await seldom()).wordingsOf(this.#session, knownGroup(this.#session, caucus), message);
  }
  async withdraw(caucus: GroupId, message: MessageId): Promise<void> {
    return (await seldom()).withdraw(this.#session, caucus, message);
  }
  async forget(caucus: GroupId, message: MessageId): Promise<void> {
    return (await seldom()).forget(this.#session, caucus, message);
  }
  pin(caucus: GroupId, message: MessageId, on: boolean): Promise<MessageView> {
    return pin(this.#session, caucus, { message, on });
  }
  async pins(caucus: GroupId): Promise<readonly Pin[]> {
    return pinsShown(this.#session, knownGroup(this.#session, caucus));
  }
  react(
    caucus: GroupId,
    message: MessageId,
    emoji: string,
    options: { readonly nonce?: string } = {},
  ): Promise<MessageView> {
    return react(this.#session, caucus, { message, emoji, ...options });
  }

  async sayTool(caucus: GroupId, word: ToolWord, { nonce }: { readonly nonce?: string } = {}): Promise<MessageView> {
    return (await seldom()).sayTool(this.#session, caucus, { word, nonce });
  }
  async table(caucus: GroupId): Promise<TableView> {
    return (await seldom()).tableOf(this.#session, caucus);
  }
  async tool(caucus: GroupId, message: MessageId): Promise<ToolView> {
    return (await seldom()).toolOf(this.#session, caucus, message);
  }
  async ringing(): Promise<readonly CallView[]> {
    return (await seldom()).ringing(this.#session);
  }

  async markRead(caucus: GroupId): Promise<void> {
    knownGroup(this.#session, caucus);
    await this.#session.step(async (step) => markRead(step, caucus));
  }
  history(caucus: GroupId, options: HistoryOptions = {}): AsyncIterable<MessageView> {
    knownGroup(this.#session, caucus);
    return history(this.#session, caucus, options);
  }
  async message(caucus: GroupId, message: MessageId): Promise<MessageView | undefined> {
    knownGroup(this.#session, caucus);
    return lineById(this.#session, caucus, message);
  }
  async search(words: string, options: SearchOptions = {}): Promise<SearchAnswer> {
    return (await seldom()).search(this.#session, words, options);
  }

  async sendFile(caucus: GroupId, file: NewFile): Promise<MessageView> {
    return (await seldom()).sendFile(this.#session, caucus, file);
  }
  async fetchFile(caucus: GroupId, message: MessageId): Promise<MessageView> {
    return (await seldom()).fetchFile(this.#session, caucus, message);
  }
  async cancelFile(caucus: GroupId, message: MessageId): Promise<MessageView> {
    return (await seldom()).cancelFile(this.#session, caucus, message);
  }
  async *readFile(caucus: GroupId, message: MessageId): AsyncGenerator<Uint8Array, void> {
    yield* (await seldom()).readFile(this.#session, caucus, message);
  }

  async receipts(caucus: GroupId, message: MessageId): Promise<readonly Receipt[]> {
    const receipts = await receiptsOf(this.#session, knownGroup(this.#session, caucus), message);
    if (!receipts) throw usage("unknown-message", "that message is not in this caucus");
    return receipts;
  }

  remember(name: string, value: unknown, options: RememberOptions = {}): Promise<void> {
    return remember(this.#session, name, value, options);
  }
  remembered(name: string): Promise<unknown> {
    return remembered(this.#session, name);
  }

  devices(): Promise<readonly DeviceView[]> {
    return ownDevices(this.#session);
  }
  links(): readonly LinkView[] {
    return this.#session.links?.views() ?? [];
  }
  async offerLink(name: string): Promise<LinkView> {
    return (await linksOf(this.#session)).offer(name);
  }
  async readLink(code: string): Promise<LinkView> {
    return (await linksOf(this.#session)).read(code);
  }
  async confirmLink(link: LinkId, options: LinkOptions = {}): Promise<LinkView> {
    return (await linksOf(this.#session)).confirm(link, options);
  }
  async cancelLink(link: LinkId): Promise<LinkView> {
    return (await linksOf(this.#session)).cancel(link);
  }
  async revokeDevice(device: DeviceId): Promise<readonly DeviceView[]> {
    return (await linksOf(this.#session)).revoke(device);
  }

  on<E extends keyof MessengerEvents>(event: E, handler: (value: MessengerEvents[E]) => void): () => void {
    return this.#session.events.on(event, handler);
  }
  status(): LinkStatus {
    return this.#session.link.status();
  }
  async mail(): Promise<MailHeld> {
    return (await seldom()).mailHeld(this.#session);
  }
  async *exportMail(since: Millis = 0): AsyncGenerator<Uint8Array, void> {
    yield* (await seldom()).exportMail(this.#session, since);
  }
  async importMail(source: AsyncIterable<Uint8Array>): Promise<MailImport> {
    return (await seldom()).importMail({ session: this.#session, intake: this.#intake }, source);
  }
  venue(): VenueView {
    return this.#session.door.view();
  }
  async joinVenue(code: string): Promise<VenueView> {
    const told = readVenueCode(code);
    const { door, link } = this.#session;
    door.check(told);
    await this.#session.step(async (step) => step.write(...door.take(told, true)));
    link.hint(told.hubs);
    return door.view();
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#session.idle();
  }

  async close(): Promise<void> {
    await this.#presence.leave();
    this.#session.closed = true;
    this.#session.fetches.stopAll();
    this.#session.fading.stop();
    await this.#session.link.stop();
    await this.#session.idle();
  }
}
