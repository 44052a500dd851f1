/**
 * A messenger over arrays: the whole interface, with no protocol, no disk and no network behind it. What others do is
 * a verb of its own (`hear`, `reach`, `invited`), and time moves by a second a step.
 */
import { EventEmitter } from "node:events";
import { toolText } from "../../src/content/toolWords.ts";
import { soughtWords } from "../../src/content/finding.ts";
import { usage } from "../../src/errors.ts";
import type {
  GrantOptions,
  Invite,
  InviteOptions,
  JoinResult,
  LinkOptions,
  Listed,
  MessengerApi,
  NewFile,
  Outcome,
  PolicyChange,
  RememberOptions,
} from "../../src/messenger/api.ts";
import { NEVER } from "../../src/messenger/api.ts";
import type { HistoryOptions, SearchAnswer, SearchOptions } from "../../src/messenger/paging.ts";
import type { LinkStatus } from "../../src/net/link.ts";
import { type VenueDescriptor, writeVenueCode } from "../../src/protocol/venue.ts";
import type {
  CaucusMember,
  CaucusView,
  CodeView,
  ComingView,
  ComparisonView,
  DeviceId,
  DeviceView,
  FileState,
  GroupId,
  InvitationView,
  LinkId,
  LinkView,
  MessageId,
  MessageView,
  MessengerEvents,
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
} from "../../src/types.ts";
import type { CallView, TableView, ToolView } from "../../src/types/tools.ts";
import { foundOf, pageOf } from "../../web/app/testing/fakeHistory.ts";

const START = Date.UTC(2026, 10, 22, 12);

/** Ids that are easy to tell apart: the seed, then zeros. */
export const personId = (seed: string): PersonId => seed.padEnd(64, "0") as PersonId;
export const groupId = (seed: string): GroupId => seed.padEnd(64, "0") as GroupId;
export const deviceId = (seed: string): DeviceId => seed.padEnd(64, "0") as DeviceId;
export const linkId = (seed: string): LinkId => seed.padEnd(32, "0") as LinkId;
export const inviteId = (seed: string): OpId => seed.padEnd(64, "0") as OpId;
export const messageId = (seed: string): MessageId => seed.padEnd(32, "0") as MessageId;

type Handler = (...values: unknown[]) => void;

/** See above. */
export class FakeMessenger implements MessengerApi {
  readonly person = personId("5e1f");
  /** The method that fails next, and how. */
  failing: { readonly method: keyof MessengerApi; readonly error: Error } | undefined;
  /** What was asked of it, in order: the method, then its arguments. */
  readonly asked: (readonly unknown[])[] = [];
  closed = false;
  peers = 0;
  peopleHere: PersonView[] = [];
  groups: CaucusView[] = [];
  invitationsHere: InvitationView[] = [];
  codesHere: readonly CodeView[] = [];
  waitingHere: readonly WaitingView[] = [];
  listedHere: Listed[] = [];
  lines: MessageView[] = [];
  onTable: ToolView[] = [];
  comparing: ComparisonView[] = [];
  inRooms: RoomCodeView[] = [];
  devicesHere: DeviceView[] = [
    { device: deviceId("de01"), name: "Laptop", here: true, main: true, state: "linked", lastHeard: START },
  ];
  linksHere: LinkView[] = [];
  /** The bytes of files that are here, or that `fetchFile` finds. */
  readonly files = new Map<MessageId, Uint8Array>();
  readonly #remembered = new Map<string, string>();
  /** How long `join` takes, when the test wants to say. */
  joining: Promise<void> = Promise.resolve();
  #profile: Profile = { name: "", flag: "", delegation: "" };
  #now = START;
  #count = 0;
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  profile(): Profile {
    return this.#profile;
  }
  async setProfile(profile: Profile): Promise<void> {
    this.#ask("setProfile", profile);
    this.#profile = profile;
  }

  people(): readonly PersonView[] {
    return this.peopleHere;
  }
  async block(person: PersonId): Promise<void> {
    this.#ask("block", person);
    this.peopleHere = this.peopleHere.map((one) => (one.person === person ? { ...one, blocked: true } : one));
  }

  async verifyCode(): Promise<string> {
    return `couloir-verify:${this.person.slice(0, 8)}`;
  }
  async verify(code: string, person?: PersonId): Promise<PersonView> {
    this.#ask("verify", code, person);
    return this.#person(person ?? personId(code.slice(-4)), { trust: "verified", verified: true });
  }
  async compare(person: PersonId): Promise<ComparisonView> {
    this.#ask("compare", person);
    const { name } = this.#person(person, {});
    const asked = this.comparing.some((one) => one.person === person && one.state === "asked");
    return this.compares({
      person,
      name,
      caucus: groupId("d1"),
      state: asked ? "compare" : "waiting",
      ...(asked && { emoji: [0, 1, 2, 3, 4, 5, 63] }),
      expires: START + 600_000,
    });
  }
  async endComparison(person: PersonId, outcome: Outcome): Promise<PersonView> {
    this.#ask("endComparison", person, outcome);
    this.comparing = this.comparing.filter((one) => one.person !== person);
    if (outcome === "cancel") return this.#person(person, {});
    const verified = outcome === "match";
    return this.#person(person, { trust: verified ? "verified" : "mismatch", verified });
  }
  comparisons(): readonly ComparisonView[] {
    return this.comparing;
  }
  async roomCode(caucus: GroupId): Promise<RoomCodeView> {
    this.#ask("roomCode", caucus);
    this.#group(caucus);
    const base = { startedBy: this.person, opened: [], differs: [], expires: START + 600_000 };
    return this.inRoom({ ...base, caucus, state: "gathering", committed: [this.person] });
  }
  async closeRoomCode(caucus: GroupId): Promise<RoomCodeView> {
    this.#ask("closeRoomCode", caucus);
    const round = this.inRooms.find((one) => one.caucus === caucus);
    if (round === undefined) throw usage("no-room-code", "there is no room code to close");
    return this.inRoom({ ...round, state: "opening", opened: [this.person] });
  }
  async endRoomCode(caucus: GroupId, outcome: Outcome): Promise<CaucusView> {
    this.#ask("endRoomCode", caucus, outcome);
    this.inRooms = this.inRooms.filter((one) => one.caucus !== caucus);
    return this.#change({ ...this.#group(caucus), ...(outcome === "match" && { comparedAt: this.#now }) });
  }
  roomCodes(): readonly RoomCodeView[] {
    return this.inRooms;
  }
  async vouch(person: PersonId, looked: boolean): Promise<PersonView> {
    this.#ask("vouch", person, looked);
    return this.#person(person, { app: looked ? "vouched" : "unchecked", vouchedBy: looked ? [this.person] : [] });
  }
  async acceptKeys(person: PersonId): Promise<PersonView> {
    this.#ask("acceptKeys", person);
    return this.#person(person, { trust: "unverified", verified: false });
  }

  caucuses(): readonly CaucusView[] {
    return this.groups;
  }
  listed(): readonly Listed[] {
    return this.listedHere;
  }
  async createCaucus(name: string, options: { open?: boolean; with?: readonly PersonId[] } = {}): Promise<GroupId> {
    this.#ask("createCaucus", name, options);
    const caucus = groupId(`c0${String(++this.#count).padStart(4, "0")}`);
    const invited = (options.with ?? []).map((person) => this.#member(person, "invited"));
    this.#change({
      caucus,
      name,
      open: options.open ?? false,
      direct: false,
      members: [{ ...this.#member(this.person, "joined"), role: "admin" }, ...invited],
      unread: 0,
      mayInvite: true,
      quantum: false,
      admin: true,
      state: "joined",
    });
    return caucus;
  }
  async invite(caucus: GroupId, options: InviteOptions = {}): Promise<Invite> {
    this.#ask("invite", caucus, options);
    this.#group(caucus);
    const { uses = 1, ttl = 3_600_000, approval = false, history = "none", last } = options;
    const code = `couloir:${caucus.slice(0, 8)}`;
    const expires = ttl === "never" ? NEVER : START + ttl;
    const invite = inviteId(`c0de${this.codesHere.length}`);
    const view: CodeView = {
      invite,
      kind: uses === 1 ? "personal" : "poster",
      by: this.person,
      name: this.#profile.name,
      madeAt: START,
      uses,
      used: 0,
      expires,
      approval,
      history,
      ...(last !== undefined && { last }),
      code,
      mayRevoke: true,
    };
    this.codesHere = [...this.codesHere, view];
    return { code, expires, invite };
  }
  async codes(caucus: GroupId): Promise<readonly CodeView[]> {
    this.#group(caucus);
    return this.codesHere;
  }
  async revokeCode(caucus: GroupId, invite: OpId): Promise<readonly CodeView[]> {
    this.#ask("revokeCode", caucus, invite);
    this.codesHere = this.codesHere.filter((one) => one.invite !== invite);
    return this.codesHere;
  }
  async waiting(caucus: GroupId): Promise<readonly WaitingView[]> {
    this.#group(caucus);
    return this.waitingHere;
  }
  async approve(caucus: GroupId, person: PersonId): Promise<CaucusView> {
    this.#ask("approve", caucus, person);
    this.waitingHere = this.waitingHere.filter((one) => one.person !== person);
    return this.#group(caucus);
  }
  async refuse(caucus: GroupId, person: PersonId): Promise<readonly WaitingView[]> {
    this.#ask("refuse", caucus, person);
    this.waitingHere = this.waitingHere.filter((one) => one.person !== person);
    return this.waitingHere;
  }
  async join(code: string, wait: number): Promise<JoinResult> {
    this.#ask("join", code, wait);
    await this.joining;
    return { caucus: groupId("101e"), state: "joined" };
  }
  invitations(): readonly InvitationView[] {
    return this.invitationsHere;
  }
  async accept(caucus: GroupId): Promise<JoinResult> {
    this.#ask("accept", caucus);
    this.invitationsHere = this.invitationsHere.filter((one) => one.caucus !== caucus);
    return { caucus, state: "joined" };
  }
  async decline(caucus: GroupId): Promise<void> {
    this.#ask("decline", caucus);
    this.invitationsHere = this.invitationsHere.filter((one) => one.caucus !== caucus);
  }
  async add(caucus: GroupId, person: PersonId, grant: GrantOptions = {}): Promise<CaucusView> {
    this.#ask("add", caucus, person, ...(grant.history ? [grant] : []));
    const group = this.#group(caucus);
    return this.#change({ ...group, members: [...group.members, this.#member(person, "invited")] });
  }
  async remove(caucus: GroupId, person: PersonId): Promise<CaucusView> {
    this.#ask("remove", caucus, person);
    const group = this.#group(caucus);
    const coming: ComingView = {
      op: `0b${(group.comings ?? []).length}` as OpId,
      kind: "removed",
      at: this.#now,
      by: this.person,
      byName: this.profile().name,
      person,
      name: group.members.find((one) => one.person === person)?.name ?? "",
    };
    const members = group.members.filter((one) => one.person !== person);
    return this.#change({ ...group, members, comings: [...(group.comings ?? []), coming] });
  }
  async setRole(caucus: GroupId, person: PersonId, role: Role): Promise<CaucusView> {
    this.#ask("setRole", caucus, person, role);
    const group = this.#group(caucus);
    // A fake caucus has several admins: the first word only moves it.
    const motion = { by: this.person, about: person, to: role, until: START + 72 * 3_600_000 };
    return this.#change({ ...group, motions: [...(group.motions ?? []), motion] });
  }
  async setPolicy(caucus: GroupId, change: PolicyChange): Promise<CaucusView> {
    this.#ask("setPolicy", caucus, change);
    const { adminsInvite: _invite, noGuests: _guests, lasts: before, ...group } = this.#group(caucus);
    const lasts = change.lasts ?? before ?? 0;
    const said = { by: this.person, name: this.profile().name, at: START, ...(lasts > 0 && { lasts }) };
    return this.#change({
      ...group,
      ...(change.invite === "admins" && { adminsInvite: true }),
      ...(change.guests === "refuse" && { noGuests: true }),
      ...(lasts > 0 && { lasts }),
      ...(change.lasts !== undefined && { lastings: [...(group.lastings ?? []), said] }),
    });
  }
  async leave(caucus: GroupId): Promise<void> {
    this.#ask("leave", caucus);
    const group = this.#group(caucus);
    const members = group.members.filter(({ person }) => person !== this.person);
    this.#change({ ...group, members, state: "gone" });
  }

  async direct(person: PersonId): Promise<GroupId> {
    this.#ask("direct", person);
    const found = this.groups.find((one) => one.direct && one.members.some((member) => member.person === person));
    if (found !== undefined) return found.caucus;
    const caucus = groupId(`d1${String(++this.#count).padStart(4, "0")}`);
    const members = [this.#member(this.person, "joined"), this.#member(person, "joined")];
    const place = { mayInvite: false, admin: true, quantum: false, state: "joined" } as const;
    this.#change({ caucus, name: "", open: false, direct: true, members, unread: 0, ...place });
    return caucus;
  }
  async send(caucus: GroupId, text: string, options: { reply?: MessageId } = {}): Promise<MessageView> {
    this.#ask("send", caucus, text, options);
    return this.#say({ caucus, text, sender: this.person, ...options });
  }
  async heal(caucus: GroupId): Promise<void> {
    this.#ask("heal", caucus);
  }
  async recordOf(caucus: GroupId, message: MessageId): Promise<string> {
    this.#ask("recordOf", caucus, message);
    return "cmVjb3Jk";
  }
  /** What messages said before they were changed. */
  readonly #former = new Map<MessageId, readonly Wording[]>();
  async revise(caucus: GroupId, message: MessageId, text: string): Promise<MessageView> {
    this.#ask("revise", caucus, message, text);
    const before = this.#line(message);
    const at = before.revisedAt ?? before.sentAt;
    this.#former.set(message, [...(this.#former.get(message) ?? []), { text: before.text, at }]);
    return this.#become({ ...before, text, revisedAt: at + 60_000 });
  }
  async wordings(caucus: GroupId, message: MessageId): Promise<readonly Wording[]> {
    this.#ask("wordings", caucus, message);
    const { kind, text, sentAt, revisedAt } = this.#line(message);
    return kind === "withdrawn" ? [] : [...(this.#former.get(message) ?? []), { text, at: revisedAt ?? sentAt }];
  }
  async withdraw(caucus: GroupId, message: MessageId): Promise<void> {
    this.#ask("withdraw", caucus, message);
    const { file: _file, ...rest } = this.#line(message);
    this.#become({ ...rest, kind: "withdrawn", text: "", withdrawnAt: rest.sentAt + 60_000 });
  }
  async forget(caucus: GroupId, message: MessageId): Promise<void> {
    this.#ask("forget", caucus, message);
    this.lines.splice(this.lines.indexOf(this.#line(message)), 1);
    this.emit("erased", { caucus, message });
  }
  #line(message: MessageId): MessageView {
    const found = this.lines.find((line) => line.message === message);
    if (!found) throw usage("unknown-message", "that message is not in this caucus");
    return found;
  }
  #become(line: MessageView): MessageView {
    this.lines[this.lines.indexOf(this.#line(line.message))] = line;
    this.emit("receipt", line);
    return line;
  }
  async pin(caucus: GroupId, message: MessageId, on: boolean): Promise<MessageView> {
    this.#ask("pin", caucus, message, on);
    const text = on ? "pinned" : "unpinned";
    return this.#say({ caucus, text, sender: this.person, reply: message, kind: "pin" });
  }
  async pins(caucus: GroupId): Promise<readonly Pin[]> {
    this.#ask("pins", caucus);
    const line = this.lines.find((one) => one.caucus === caucus);
    return line ? [{ by: this.person, name: "Ana", at: line.sentAt, line }] : [];
  }
  async sayTool(caucus: GroupId, word: ToolWord): Promise<MessageView> {
    this.#ask("sayTool", caucus, word);
    const reply = "to" in word && { reply: word.to };
    return this.#say({ caucus, text: toolText(word), sender: this.person, kind: word.kind, tool: word, ...reply });
  }
  async table(caucus: GroupId): Promise<TableView> {
    const all = this.onTable.filter((one) => one.caucus === caucus);
    return {
      calls: all.filter((one) => one.tool === "call"),
      boards: all.filter((one) => one.tool === "board"),
      huddles: all.filter((one) => one.tool === "huddle"),
      rollCalls: all.filter((one) => one.tool === "rollCall"),
    };
  }
  async tool(caucus: GroupId, message: MessageId): Promise<ToolView> {
    this.#ask("tool", caucus, message);
    const found = this.onTable.find((one) => one.message === message);
    if (found === undefined) throw usage("unknown-tool", "nothing of that id lies on the table of this caucus");
    return found;
  }
  async ringing(): Promise<readonly CallView[]> {
    return this.onTable.filter((one) => one.tool === "call").filter(({ rings }) => rings);
  }
  async react(caucus: GroupId, message: MessageId, emoji: string): Promise<MessageView> {
    this.#ask("react", caucus, message, emoji);
    return this.#say({ caucus, text: emoji, sender: this.person, reply: message, kind: "reaction" });
  }
  async sendFile(caucus: GroupId, { bytes, text = "", reply, once, ...file }: NewFile): Promise<MessageView> {
    this.#ask("sendFile", caucus, { ...file, text, ...(reply && { reply }) });
    const whole = Buffer.concat(await Array.fromAsync(bytes));
    const view = {
      ...file,
      have: file.size,
      state: "here",
      keptBy: 1,
      keepers: [this.person],
      ...(once && { once }),
    } as const;
    const line = this.#say({ caucus, text, sender: this.person, kind: "file", file: view, ...(reply && { reply }) });
    this.files.set(line.message, whole);
    return line;
  }
  async fetchFile(caucus: GroupId, message: MessageId): Promise<MessageView> {
    this.#ask("fetchFile", caucus, message);
    return this.fileIs(message, this.files.has(message) ? "here" : "waiting");
  }
  async cancelFile(caucus: GroupId, message: MessageId): Promise<MessageView> {
    this.#ask("cancelFile", caucus, message);
    return this.fileIs(message, "away");
  }
  async *readFile(caucus: GroupId, message: MessageId): AsyncGenerator<Uint8Array> {
    this.#ask("readFile", caucus, message);
    const bytes = this.files.get(message);
    if (bytes === undefined) throw usage("file-not-here", "that file is not on this device");
    yield bytes;
  }
  async receipts(caucus: GroupId, message: MessageId): Promise<readonly Receipt[]> {
    this.#ask("receipts", caucus, message);
    const line = this.lines.find((one) => one.message === message);
    const others = this.#group(caucus).members.filter(({ person }) => person !== line?.sender);
    const { reached = 0, read = 0 } = line ?? {};
    return others.map(({ person, name }, at) => ({ person, name, reached: at < reached, read: at < read }));
  }
  async devices(): Promise<readonly DeviceView[]> {
    return this.devicesHere;
  }
  links(): readonly LinkView[] {
    return this.linksHere;
  }
  async offerLink(name: string): Promise<LinkView> {
    this.#ask("offerLink", name);
    return this.linkIs({ link: linkId("11"), side: "new", code: "couloir-link:fake" });
  }
  async readLink(code: string): Promise<LinkView> {
    this.#ask("readLink", code);
    return this.linkIs({ link: linkId("11"), side: "old" });
  }
  async confirmLink(link: LinkId, options: LinkOptions = {}): Promise<LinkView> {
    this.#ask("confirmLink", link, options);
    return this.linkIs({ link, state: "confirmed" });
  }
  async cancelLink(link: LinkId): Promise<LinkView> {
    this.#ask("cancelLink", link);
    return this.linkIs({ link, state: "failed", problem: { code: "link-cancelled", text: "it was cancelled here" } });
  }
  async revokeDevice(device: DeviceId): Promise<readonly DeviceView[]> {
    this.#ask("revokeDevice", device);
    this.devicesHere = this.devicesHere.map((one) => (one.device === device ? { ...one, state: "revoked" } : one));
    this.emit("devices", this.devicesHere);
    return this.devicesHere;
  }
  async remember(name: string, value: unknown, options: RememberOptions = {}): Promise<void> {
    this.#ask("remember", name, value, ...(options.shared === true ? [options] : []));
    if (value === undefined) this.#remembered.delete(name);
    else this.#remembered.set(name, JSON.stringify(value));
  }
  async remembered(name: string): Promise<unknown> {
    const json = this.#remembered.get(name);
    return json === undefined ? undefined : JSON.parse(json);
  }
  async markRead(caucus: GroupId): Promise<void> {
    this.#ask("markRead", caucus);
  }
  async *history(caucus: GroupId, options: HistoryOptions = {}): AsyncGenerator<MessageView> {
    this.#ask("history", caucus, options);
    yield* pageOf(
      this.lines.filter((line) => line.caucus === caucus),
      options,
    );
  }
  /** Lines that one search reads. */
  reads = 2000;
  async search(words: string, options: SearchOptions = {}): Promise<SearchAnswer> {
    this.#ask("search", words, options);
    return foundOf(this.lines, soughtWords(words), { ...options, reads: this.reads });
  }
  async message(caucus: GroupId, message: MessageId): Promise<MessageView | undefined> {
    return this.lines.find((line) => line.caucus === caucus && line.message === message);
  }

  on<E extends keyof MessengerEvents>(event: E, handler: (value: MessengerEvents[E]) => void): () => void {
    this.#emitter.on(event, handler as Handler);
    return () => void this.#emitter.off(event, handler as Handler);
  }
  /** How many listen to an event. */
  listeners(event: keyof MessengerEvents): number {
    return this.#emitter.listenerCount(event);
  }
  /** The bytes of the file of mail that it writes, and of those that it took. */
  mailFile: Uint8Array = Buffer.from("mail");
  readonly mailTaken: Uint8Array[] = [];
  async mail() {
    return { envelopes: 3, bytes: 1792, room: 1_000_000, unsealed: 1 };
  }
  async *exportMail(since?: number) {
    this.#ask("exportMail", since);
    yield this.mailFile;
  }
  async importMail(source: AsyncIterable<Uint8Array>) {
    this.#ask("importMail");
    this.mailTaken.push(Buffer.concat(await Array.fromAsync(source)));
    return { new: 2, known: 1, expired: 0, refused: 0, elsewhere: 0, whole: this.mailWhole };
  }
  mailWhole = true;
  venueHere: VenueDescriptor = { name: "test", buckets: 1, hubs: [] };
  venue() {
    const { name, buckets, key } = this.venueHere;
    return { name, buckets, keyed: key !== undefined, code: writeVenueCode(this.venueHere) };
  }
  async joinVenue(code: string) {
    this.#ask("joinVenue", code);
    return this.venue();
  }
  status(): LinkStatus {
    return { peerId: "12D3KooWFake", addresses: ["/ip4/192.0.2.7/tcp/4001"], peers: this.peers };
  }
  async close(): Promise<void> {
    this.closed = true;
  }

  /** Somebody comes into the venue. */
  meet(name: string, person: PersonId, more: Partial<PersonView> = {}): PersonView {
    const view: PersonView = {
      person,
      name,
      flag: "",
      delegation: "",
      trust: "unverified",
      verified: false,
      app: "unchecked",
      vouchedBy: [],
      looksLike: [],
      online: true,
      path: "direct",
      blocked: false,
      guest: false,
      ...more,
    };
    this.peopleHere = [...this.peopleHere, view];
    this.emit("person", view);
    return view;
  }
  /** Somebody else writes. */
  hear(line: Pick<MessageView, "caucus" | "sender" | "text"> & Partial<MessageView>): MessageView {
    return this.#say(line);
  }
  /** So many acknowledged a message. */
  reach(message: MessageId, reached: number): MessageView {
    const at = this.lines.findIndex((line) => line.message === message);
    const line: MessageView = { ...this.lines[at]!, reached, state: "sent" };
    this.lines[at] = line;
    this.emit("receipt", line);
    return line;
  }
  /** A file comes along. */
  fileIs(message: MessageId, state: FileState): MessageView {
    const at = this.lines.findIndex((line) => line.message === message);
    const before = this.lines[at]!;
    const file = { ...before.file!, state, have: state === "here" ? before.file!.size : 0 };
    this.lines[at] = { ...before, file };
    this.emit("transfer", { caucus: before.caucus, message, have: file.have, size: file.size, state });
    return this.lines[at];
  }
  /** Emoji are compared with somebody. */
  compares(view: ComparisonView): ComparisonView {
    this.comparing = [...this.comparing.filter((one) => one.person !== view.person), view];
    this.emit("comparison", view);
    return view;
  }
  /** A room code begins or goes on. */
  inRoom(view: RoomCodeView): RoomCodeView {
    this.inRooms = [...this.inRooms.filter((one) => one.caucus !== view.caucus), view];
    this.emit("roomCode", view);
    return view;
  }
  /** A link goes on. */
  linkIs(change: Partial<LinkView> & Pick<LinkView, "link">): LinkView {
    const before = this.linksHere.find(({ link }) => link === change.link);
    const begun = {
      side: "old",
      state: "waiting",
      expires: START + 600_000,
      signs: [],
      name: "",
      guest: false,
    } as const;
    const view: LinkView = { ...begun, ...before, ...change };
    this.linksHere = [...this.linksHere.filter(({ link }) => link !== view.link), view];
    this.emit("link", view);
    return view;
  }
  /** Somebody invites this person. */
  invited(invitation: InvitationView): void {
    this.invitationsHere = [...this.invitationsHere, invitation];
    this.emit("invitation", invitation);
  }
  /** Anything else happens. */
  emit<E extends keyof MessengerEvents>(event: E, value: MessengerEvents[E]): void {
    this.#emitter.emit(event, value);
  }

  #ask(method: keyof MessengerApi, ...parts: readonly unknown[]): void {
    this.asked.push([method, ...parts]);
    if (this.failing?.method === method) throw this.failing.error;
  }
  #group(caucus: GroupId): CaucusView {
    const group = this.groups.find((one) => one.caucus === caucus);
    if (group === undefined) throw usage("unknown-caucus", "there is no such caucus");
    return group;
  }
  #person(person: PersonId, change: Partial<PersonView>): PersonView {
    const known = this.peopleHere.find((one) => one.person === person);
    if (known === undefined) throw usage("unknown-person", "nobody of that id is known here");
    const after = { ...known, ...change };
    this.peopleHere = this.peopleHere.map((one) => (one === known ? after : one));
    this.emit("person", after);
    return after;
  }
  #member(person: PersonId, state: CaucusMember["state"]): CaucusMember {
    const standing = { trust: "unverified", verified: false, app: "unchecked", vouchedBy: [] } as const;
    const self = { ...this.#profile, ...standing, online: true, guest: false };
    const known = person === this.person ? self : this.peopleHere.find((one) => one.person === person);
    const { name, flag, delegation, trust, verified, app, vouchedBy, online, guest } = known ?? { ...self, name: "" };
    const words = { name, flag, delegation, trust, verified, app, vouchedBy, online, guest };
    return { person, ...words, role: "member", state, confirmed: person === this.person };
  }
  #change(group: CaucusView): CaucusView {
    this.groups = [...this.groups.filter(({ caucus }) => caucus !== group.caucus), group];
    this.emit("caucus", group);
    return group;
  }
  #say(line: Pick<MessageView, "caucus" | "sender" | "text"> & Partial<MessageView>): MessageView {
    const own = line.sender === this.person;
    const members = this.#group(line.caucus).members.length;
    const full: MessageView = {
      message: messageId((++this.#count * 0x1_0001).toString(16).padStart(8, "0")),
      name: own ? this.#profile.name : (this.peopleHere.find(({ person }) => person === line.sender)?.name ?? ""),
      sentAt: (this.#now += 1000),
      kind: "text",
      reached: 0,
      read: 0,
      of: members - 1,
      state: own ? "saved" : "received",
      missing: 0,
      ...line,
    };
    this.lines.push(full);
    this.emit("message", full);
    return full;
  }
}
