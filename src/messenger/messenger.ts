/** The conductor: `MessengerApi` over the session's steps. */
import { usage } from "../errors.ts";
import { utf8 } from "../protocol/codec.ts";
import type {
  CaucusView,
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
  PersonId,
  PersonView,
  Profile,
  Receipt,
} from "../types.ts";
import type {
  HistoryOptions,
  Invite,
  InviteOptions,
  JoinResult,
  LinkOptions,
  MessengerApi,
  NewFile,
  RememberOptions,
} from "./api.ts";
import { makeInvite } from "./asks.ts";
import { caucusView } from "./caucuses.ts";
import { addPerson, createGroup, directWith, leaveGroup, removePerson } from "./changes.ts";
import { joinedGroup, knownGroup } from "./checks.ts";
import { acceptInvitation, declineInvitation, followCode } from "./entering.ts";
import { cancelFile, fetchFile, readFile } from "./fileReading.ts";
import { sendFile } from "./fileSending.ts";
import { history, lineById, receiptsOf } from "./history.ts";
import { invitationView } from "./invitations.ts";
import type { MessengerOptions } from "./opening.ts";
import { openSession, startSession } from "./opening.ts";
import type { PresenceClock } from "./presence.ts";
import { linksOf, ownDevices } from "./own.ts";
import { markRead } from "./reading.ts";
import { BLOCKED, PROFILE_WORDS, remember, remembered, share } from "./remembered.ts";
import { react, sayText } from "./saying.ts";
import { checkProfile, putProfile } from "./selfRecord.ts";
import type { Session } from "./session.ts";

export type { MessengerOptions } from "./opening.ts";

export class Messenger implements MessengerApi {
  readonly #session: Session;
  readonly #presence: PresenceClock;

  private constructor(session: Session, presence: PresenceClock) {
    this.#session = session;
    this.#presence = presence;
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

  caucuses(): readonly CaucusView[] {
    return [...this.#session.groups.keys()].flatMap((group) => caucusView(this.#session, group) ?? []);
  }
  listed(): readonly { readonly caucus: GroupId; readonly name: string; readonly code: string }[] {
    return this.#session.people.listings().filter((one) => !this.#session.groups.has(one.caucus));
  }

  async createCaucus(
    name: string,
    options: { readonly open?: boolean; readonly with?: readonly PersonId[] } = {},
  ): Promise<GroupId> {
    const bare = name.trim();
    if (bare === "" || utf8(bare).length > 256) throw usage("bad-name", "a caucus needs a name of at most 256 bytes");
    const group = await this.#session.step((step) =>
      createGroup(step, { name: bare, open: options.open ?? false, direct: false, with: options.with ?? [] }),
    );
    if (options.open) this.#presence.soon();
    return group;
  }

  async invite(caucus: GroupId, options: InviteOptions = {}): Promise<Invite> {
    joinedGroup(this.#session, caucus);
    return this.#session.step((step) => makeInvite(step, caucus, options));
  }

  join(code: string, wait: Millis): Promise<JoinResult> {
    return followCode(this.#session, code, wait);
  }

  invitations(): readonly InvitationView[] {
    return [...this.#session.invitations.values()].flatMap((one) => invitationView(this.#session, one) ?? []);
  }
  accept(caucus: GroupId): Promise<JoinResult> {
    return acceptInvitation(this.#session, caucus);
  }
  decline(caucus: GroupId): Promise<void> {
    return declineInvitation(this.#session, caucus);
  }

  async add(caucus: GroupId, person: PersonId): Promise<CaucusView> {
    joinedGroup(this.#session, caucus);
    await this.#session.step((step) => addPerson(step, caucus, person));
    return caucusView(this.#session, caucus) as CaucusView;
  }
  async remove(caucus: GroupId, person: PersonId): Promise<CaucusView> {
    joinedGroup(this.#session, caucus);
    await this.#session.step((step) => removePerson(step, caucus, person));
    return caucusView(this.#session, caucus) as CaucusView;
  }
  async leave(caucus: GroupId): Promise<void> {
    joinedGroup(this.#session, caucus);
    await this.#session.step((step) => leaveGroup(step, caucus));
  }
  async direct(person: PersonId): Promise<GroupId> {
    if (person === this.person) throw usage("to-yourself", "that is you; name somebody else");
    return (
      directWith(this.#session, person) ??
      this.#session.step((step) => createGroup(step, { name: "", open: false, direct: true, with: [person] }))
    );
  }

  send(
    caucus: GroupId,
    text: string,
    options: { readonly reply?: MessageId; readonly nonce?: string } = {},
  ): Promise<MessageView> {
    return sayText(this.#session, caucus, { text, ...options });
  }
  react(
    caucus: GroupId,
    message: MessageId,
    emoji: string,
    options: { readonly nonce?: string } = {},
  ): Promise<MessageView> {
    return react(this.#session, caucus, { message, emoji, ...options });
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

  sendFile(caucus: GroupId, file: NewFile): Promise<MessageView> {
    return sendFile(this.#session, caucus, file);
  }
  fetchFile(caucus: GroupId, message: MessageId): Promise<MessageView> {
    return fetchFile(this.#session, caucus, message);
  }
  cancelFile(caucus: GroupId, message: MessageId): Promise<MessageView> {
    return cancelFile(this.#session, caucus, message);
  }
  readFile(caucus: GroupId, message: MessageId): AsyncIterable<Uint8Array> {
    return readFile(this.#session, caucus, message);
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
  status(): { readonly peerId: string; readonly addresses: readonly string[]; readonly peers: number } {
    return this.#session.link.status();
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#session.idle();
  }

  async close(): Promise<void> {
    this.#session.closed = true;
    this.#session.fetches.stopAll();
    await this.#session.link.stop();
    await this.#session.idle();
  }
}
