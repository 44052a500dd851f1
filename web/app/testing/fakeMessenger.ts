/** A messenger without keys and network: it keeps what it is told, and tells what it hears. */
import { soughtWords } from "../../../src/content/finding.ts";
import { QUIET } from "../../../src/content/quiet.ts";
import { CouloirError, usage } from "../../../src/errors.ts";
import type { Invite, InviteOptions, NewFile } from "../../../src/messenger/api.ts";
import { NEVER } from "../../../src/messenger/api.ts";
import type {
  CaucusView,
  CodeView,
  ComparisonView,
  DeviceId,
  DeviceView,
  FileView,
  GroupId,
  LinkId,
  LinkView,
  MessageId,
  MessageView,
  MessengerEvents,
  OpId,
  PersonId,
  PersonView,
  Profile,
  Receipt,
  RoomCodeView,
  WaitingView,
  Wording,
} from "../../../src/types.ts";
import type { ToolView } from "../../../src/types/tools.ts";
import type { RemoteApi } from "../../peer/backend.ts";
import { foundOf, pageOf } from "./fakeHistory.ts";
import { changed, laid } from "./toolPlay.ts";
import { groupId, ME, member, messageId, one } from "./persons.ts";
import type { Venue } from "./venue.ts";

/** Seven signs to compare. */
const SIGNS = ["🐢", "🌵", "🚲", "🎸", "🍓", "⚓", "🐧"];
const deviceId = (n: number): DeviceId => n.toString(16).padStart(64, "d") as DeviceId;

type Handlers = { [E in keyof MessengerEvents]: Set<(value: MessengerEvents[E]) => void> };

const plainVenue = { name: "Conference centre", buckets: 1, keyed: false, code: "couloir-venue:fake" };

const withEntry = (before: unknown, entry: string, value: unknown): unknown => {
  const all = Object.entries({ ...(before as object | undefined), [entry]: value }).filter(
    ([, one]) => one !== undefined,
  );
  return all.length > 0 ? Object.fromEntries(all) : undefined;
};

export class FakeMessenger {
  readonly api: RemoteApi;
  /** Calls in order, as `name argument…`. */
  readonly calls: string[] = [];
  /** The next call of this name rejects. */
  readonly failing = new Map<string, CouloirError>();
  readonly kept = new Map<string, unknown>();
  /** Names of what this person's other devices have as well. */
  readonly shared = new Set<string>();
  profile: Profile = { name: "Ana Kovač", flag: "HR", delegation: "" };
  venue: Venue;
  readonly #handlers: Handlers = {
    message: new Set(),
    receipt: new Set(),
    erased: new Set(),
    caucus: new Set(),
    invitation: new Set(),
    person: new Set(),
    peers: new Set(),
    notice: new Set(),
    transfer: new Set(),
    comparison: new Set(),
    roomCode: new Set(),
    link: new Set(),
    devices: new Set(),
    remembered: new Set(),
    tool: new Set(),
    codes: new Set(),
    waiting: new Set(),
  };
  readonly codes = new Map<GroupId, readonly CodeView[]>();
  readonly waiting = new Map<GroupId, readonly WaitingView[]>();
  /** What messages said before. */
  readonly former = new Map<MessageId, readonly Wording[]>();
  /** What lies on tables, by the message that laid it there. */
  readonly onTable = new Map<MessageId, ToolView>();
  readonly comparisons = new Map<PersonId, ComparisonView>();
  readonly roomCodes = new Map<GroupId, RoomCodeView>();
  devices: readonly DeviceView[] = [
    { device: deviceId(1), name: "Laptop", here: true, main: true, state: "linked", lastHeard: Date.now() },
  ];
  links: readonly LinkView[] = [];
  readonly photo: Uint8Array;
  readonly #peers: () => number;
  #next = 10_000;

  /** `photo`: what `readFile` gives. */
  constructor(venue: Venue, photo: Uint8Array, peers: () => number) {
    this.venue = venue;
    this.photo = photo;
    this.#peers = peers;
    this.api = this.#makeApi();
  }

  emit<E extends keyof MessengerEvents>(event: E, value: MessengerEvents[E]): void {
    for (const handler of this.#handlers[event]) handler(value);
  }

  /** Somebody says something: it is kept, and told of. */
  hear(line: MessageView): void {
    this.#add(line);
    this.emit("message", line);
  }

  #note(name: string, ...rest: readonly unknown[]): void {
    this.calls.push([name, ...rest].join(" "));
    const failure = this.failing.get(name);
    this.failing.delete(name);
    if (failure) throw failure;
  }

  #lines(caucus: GroupId): readonly MessageView[] {
    return this.venue.lines.get(caucus) ?? [];
  }

  #add(line: MessageView): void {
    const lines = this.#lines(line.caucus).filter((one) => one.message !== line.message);
    const silent = QUIET.has(line.kind);
    const last = silent ? {} : { last: line };
    const others = line.sender === ME || silent ? 0 : 1;
    this.venue = {
      ...this.venue,
      lines: new Map(this.venue.lines).set(line.caucus, [...lines, line]),
      caucuses: this.venue.caucuses.map((one) =>
        one.caucus === line.caucus ? { ...one, ...last, unread: one.unread + others } : one,
      ),
    };
  }

  #say(caucus: GroupId, text: string, more: Partial<MessageView> = {}): MessageView {
    this.#next += 1;
    const { members = [ME], lasts } = this.venue.caucuses.find((one) => one.caucus === caucus) ?? {};
    const line: MessageView = {
      message: messageId(this.#next),
      caucus,
      sender: ME,
      name: this.profile.name,
      sentAt: Date.now(),
      kind: "text",
      text,
      reached: 0,
      read: 0,
      of: members.length - 1,
      state: "saved",
      missing: 0,
      ...(lasts !== undefined && !more.onRecord && !more.tool && { goesAt: Date.now() + 1000 * lasts }),
      ...more,
    };
    this.hear(line);
    return line;
  }

  /** A message has gone by itself. */
  erases(caucus: GroupId, message: MessageId): void {
    this.#put(caucus, message, []);
    this.emit("erased", { caucus, message });
  }

  #line(caucus: GroupId, message: MessageId): MessageView {
    const line = this.#lines(caucus).find((one) => one.message === message);
    if (!line) throw usage("unknown-message", "That message is not here.");
    return line;
  }

  #change(caucus: GroupId, message: MessageId, file: Partial<FileView>): MessageView {
    const line = this.#line(caucus, message);
    if (!line.file) throw new CouloirError("usage", "file-not-here", "That is no file.");
    const changed = { ...line, file: { ...line.file, ...file } };
    this.#put(caucus, message, [changed]);
    return changed;
  }

  /** Another line in the place of one, or none. */
  #put(caucus: GroupId, message: MessageId, left: readonly MessageView[]): void {
    const lines = this.#lines(caucus).flatMap((one) => (one.message === message ? left : [one]));
    this.venue = { ...this.venue, lines: new Map(this.venue.lines).set(caucus, lines) };
  }

  /** Somebody gave a message other words, or took it back. */
  becomes(line: MessageView): MessageView {
    const before = this.#line(line.caucus, line.message);
    const said = { text: before.text, at: before.revisedAt ?? before.sentAt };
    this.former.set(line.message, [...(this.former.get(line.message) ?? []), said]);
    this.#put(line.caucus, line.message, [line]);
    this.emit("receipt", line);
    return line;
  }

  #setCaucus(view: CaucusView): CaucusView {
    this.venue = {
      ...this.venue,
      caucuses: [...this.venue.caucuses.filter((one) => one.caucus !== view.caucus), view],
    };
    this.emit("caucus", view);
    return view;
  }

  #caucus(id: GroupId): CaucusView {
    const found = this.venue.caucuses.find((one) => one.caucus === id);
    if (!found) throw new CouloirError("usage", "no-such-caucus", "There is no such caucus.");
    return found;
  }

  #setPerson(person: PersonId, change: Partial<PersonView>): PersonView {
    const before = this.venue.people.find((one) => one.person === person);
    if (!before) throw new CouloirError("usage", "unknown-person", "Nobody of that id is known here.");
    const after = { ...before, ...change };
    this.venue = { ...this.venue, people: this.venue.people.map((one) => (one === before ? after : one)) };
    this.emit("person", after);
    return after;
  }

  /** A comparison of emoji begins, goes on or ends. */
  comparing(view: ComparisonView): ComparisonView {
    if (view.state === "ended") this.comparisons.delete(view.person);
    else this.comparisons.set(view.person, view);
    this.emit("comparison", view);
    return view;
  }
  /** A room code begins, goes on or ends. */
  inRoom(view: RoomCodeView): RoomCodeView {
    if (view.state === "ended") this.roomCodes.delete(view.caucus);
    else this.roomCodes.set(view.caucus, view);
    this.emit("roomCode", view);
    return view;
  }

  /** A link goes on, as the other side and this one make it. */
  linkIs(change: Partial<LinkView> & Pick<LinkView, "link">): LinkView {
    const before = this.links.find(({ link }) => link === change.link);
    const expires = Date.now() + 600_000;
    const begun = { side: "old", state: "waiting", expires, signs: [], name: "", guest: false } as const;
    const view: LinkView = { ...begun, ...before, ...change };
    this.links = [...this.links.filter(({ link }) => link !== view.link), view];
    this.emit("link", view);
    return view;
  }

  /** The other side has answered: now the signs are compared. */
  linkMeets(link: LinkId, name: string): LinkView {
    return this.linkIs({ link, state: "compare", name, signs: SIGNS });
  }

  #setDevices(devices: readonly DeviceView[]): readonly DeviceView[] {
    this.devices = devices;
    this.emit("devices", devices);
    return devices;
  }

  #makeCode(caucus: GroupId, options: InviteOptions = {}): Invite {
    const { uses = 1, ttl = 3_600_000, approval = false, history = "none", last } = options;
    const code = `couloir:${"7KQ4M2XP".repeat(12)}`;
    const madeAt = Date.now();
    const expires = ttl === "never" ? NEVER : madeAt + ttl;
    this.#next += 1;
    const invite = this.#next.toString(16).padStart(64, "c") as OpId;
    const grant = { history, ...(last !== undefined && { last }) };
    const kind = uses === 1 ? "personal" : "poster";
    const by = { by: ME, name: this.profile.name, madeAt };
    const view: CodeView = { ...by, ...grant, invite, kind, uses, used: 0, expires, approval, code, mayRevoke: true };
    this.setCodes(caucus, [...(this.codes.get(caucus) ?? []), view]);
    return { code, expires, invite };
  }

  /** The codes of a caucus are others. */
  setCodes(caucus: GroupId, codes: readonly CodeView[]): readonly CodeView[] {
    this.codes.set(caucus, codes);
    this.emit("codes", { caucus });
    return codes;
  }

  /** Somebody waits to be let in, or waits no more; a caucus shows it as well. */
  waits(caucus: GroupId, waiting: readonly WaitingView[]): readonly WaitingView[] {
    this.waiting.set(caucus, waiting);
    this.emit("waiting", { caucus });
    const view = this.#caucus(caucus);
    const asked = waiting.map(({ name, person }) => member(one(name), { person, state: "asked", confirmed: false }));
    this.#setCaucus({ ...view, members: [...view.members.filter(({ state }) => state !== "asked"), ...asked] });
    return waiting;
  }

  #enter(id: GroupId, name: string): { caucus: GroupId; state: "joined" } {
    this.#setCaucus({
      caucus: id,
      name,
      open: false,
      direct: false,
      members: [],
      unread: 0,
      state: "joined",
      mayInvite: true,
      quantum: false,
      admin: false,
    });
    return { caucus: id, state: "joined" };
  }

  // One object, so that every method is there and the compiler sees it.
  #makeApi(): RemoteApi {
    // oxlint-disable-next-line typescript/no-this-alias -- generators below have no arrow form
    const fake = this;
    return {
      person: ME,
      profile: async () => fake.profile,
      setProfile: async (profile) => {
        fake.#note("setProfile", profile.name);
        fake.profile = profile;
      },
      people: async () => fake.venue.people,
      block: async (person: PersonId) => {
        fake.#note("block", person);
        const people = fake.venue.people.map((one) => (one.person === person ? { ...one, blocked: true } : one));
        fake.venue = { ...fake.venue, people };
      },
      verifyCode: async () => `couloir-verify:${"AQ".repeat(49)}`,
      verify: async (code, person) => {
        fake.#note("verify", code, person ?? "");
        const found = person ?? fake.venue.people[0]?.person ?? ME;
        return fake.#setPerson(found, { trust: "verified", verified: true, checkedBy: "code", checkedAt: Date.now() });
      },
      compare: async (person) => {
        fake.#note("compare", person);
        const asked = fake.comparisons.get(person);
        const { name } = fake.#setPerson(person, {});
        const caucus = asked?.caucus ?? groupId(person);
        const base = { person, name, caucus, expires: Date.now() + 600_000 };
        if (asked?.state !== "asked") return fake.comparing({ ...base, state: "waiting" });
        return fake.comparing({ ...base, state: "compare", emoji: [0, 9, 18, 27, 36, 45, 63] });
      },
      endComparison: async (person, outcome) => {
        fake.#note("endComparison", person, outcome);
        const before = fake.comparisons.get(person);
        const reason = outcome === "cancel" ? "cancelled" : outcome;
        if (before) fake.comparing({ ...before, state: "ended", reason });
        if (outcome === "cancel") return fake.#setPerson(person, {});
        if (outcome === "differ") return fake.#setPerson(person, { trust: "mismatch", verified: false });
        return fake.#setPerson(person, {
          trust: "verified",
          verified: true,
          checkedBy: "emoji",
          checkedAt: Date.now(),
        });
      },
      comparisons: async () => [...fake.comparisons.values()],
      roomCode: async (caucus) => {
        fake.#note("roomCode", caucus);
        const asked = fake.roomCodes.get(caucus);
        const base = { startedBy: ME, committed: [], opened: [], differs: [], expires: Date.now() + 600_000 };
        const known = { ...base, ...asked, caucus, state: "gathering" } as const;
        return fake.inRoom({ ...known, committed: [...known.committed, ME] });
      },
      closeRoomCode: async (caucus) => {
        fake.#note("closeRoomCode", caucus);
        const round = fake.roomCodes.get(caucus);
        if (!round) throw new CouloirError("usage", "no-room-code", "There is no room code to close.");
        return fake.inRoom({ ...round, state: "opening", opened: [ME] });
      },
      endRoomCode: async (caucus, outcome) => {
        fake.#note("endRoomCode", caucus, outcome);
        const round = fake.roomCodes.get(caucus);
        if (round) fake.inRoom({ ...round, state: "ended", reason: outcome === "cancel" ? "cancelled" : outcome });
        if (outcome === "match") fake.#setCaucus({ ...fake.#caucus(caucus), comparedAt: Date.now() });
        return fake.#caucus(caucus);
      },
      roomCodes: async () => [...fake.roomCodes.values()],
      vouch: async (person, looked) => {
        fake.#note("vouch", person, looked);
        return fake.#setPerson(person, { app: looked ? "vouched" : "unchecked", vouchedBy: looked ? [ME] : [] });
      },
      acceptKeys: async (person) => {
        fake.#note("acceptKeys", person);
        return fake.#setPerson(person, { trust: "unverified", verified: false });
      },
      caucuses: async () => fake.venue.caucuses,
      listed: async () => fake.venue.listed,
      createCaucus: async (name, options) => {
        fake.#note(
          "createCaucus",
          name,
          options?.with?.length ?? 0,
          ...(options?.guests === "refuse" ? ["no guests"] : []),
        );
        return fake.#enter(groupId(name), name).caucus;
      },
      invite: async (caucus, options) => {
        fake.#note("invite", options?.history ?? "none");
        return fake.#makeCode(caucus, options);
      },
      codes: async (caucus) => fake.codes.get(caucus) ?? [],
      revokeCode: async (caucus, invite) => {
        fake.#note("revokeCode");
        return fake.setCodes(
          caucus,
          (fake.codes.get(caucus) ?? []).filter((one) => one.invite !== invite),
        );
      },
      waiting: async (caucus) => fake.waiting.get(caucus) ?? [],
      approve: async (caucus, person) => {
        fake.#note("approve", person);
        fake.waits(
          caucus,
          (fake.waiting.get(caucus) ?? []).filter((one) => one.person !== person),
        );
        return fake.#caucus(caucus);
      },
      refuse: async (caucus, person) => {
        fake.#note("refuse", person);
        return fake.waits(
          caucus,
          (fake.waiting.get(caucus) ?? []).filter((one) => one.person !== person),
        );
      },
      join: async (code) => {
        fake.#note("join", code);
        return fake.#enter(groupId(code), "Joined by code");
      },
      invitations: async () => fake.venue.invitations,
      accept: async (caucus) => {
        fake.#note("accept");
        const invitation = fake.venue.invitations.find((one) => one.caucus === caucus);
        fake.venue = { ...fake.venue, invitations: fake.venue.invitations.filter((one) => one.caucus !== caucus) };
        return fake.#enter(caucus, invitation?.name ?? "");
      },
      decline: async (caucus) => {
        fake.#note("decline");
        fake.venue = { ...fake.venue, invitations: fake.venue.invitations.filter((one) => one.caucus !== caucus) };
      },
      add: async (caucus, person, options) => {
        fake.#note("add", person, options?.history ?? "none");
        return fake.#caucus(caucus);
      },
      remove: async (caucus, person) => {
        fake.#note("remove", person);
        return fake.#caucus(caucus);
      },
      setRole: async (caucus, person, role) => {
        fake.#note("setRole", person, role);
        const view = fake.#caucus(caucus);
        const members = view.members.map((one) => (one.person === person ? { ...one, role } : one));
        return fake.#setCaucus({ ...view, members });
      },
      setPolicy: async (caucus, { invite, guests, lasts }) => {
        fake.#note("setPolicy", invite ?? "", guests ?? "", ...(lasts === undefined ? [] : [lasts]));
        const { adminsInvite, noGuests, lasts: before, ...view } = fake.#caucus(caucus);
        const closed = invite === undefined ? adminsInvite : invite === "admins";
        const refused = guests === undefined ? noGuests : guests === "refuse";
        const stays = lasts === undefined ? before : lasts || undefined;
        const said = { by: ME, name: fake.profile.name, at: Date.now(), ...(stays && { lasts: stays }) };
        return fake.#setCaucus({
          ...view,
          ...(closed && { adminsInvite: true }),
          ...(refused && { noGuests: true }),
          ...(stays && { lasts: stays }),
          ...(lasts !== undefined && { lastings: [...(view.lastings ?? []), said] }),
        });
      },
      leave: async (caucus) => {
        fake.#note("leave");
        fake.#setCaucus({ ...fake.#caucus(caucus), state: "gone" });
      },
      heal: async () => fake.#note("heal"),
      recordOf: async () => "cmVjb3Jk",
      revise: async (caucus, message, text) => {
        fake.#note("revise", message, text);
        return fake.becomes({ ...fake.#line(caucus, message), text, revisedAt: Date.now() });
      },
      wordings: async (caucus, message) => {
        const { kind, text, sentAt, revisedAt } = fake.#line(caucus, message);
        return kind === "withdrawn" ? [] : [...(fake.former.get(message) ?? []), { text, at: revisedAt ?? sentAt }];
      },
      withdraw: async (caucus, message) => {
        fake.#note("withdraw", message);
        const { file: _file, mentions: _named, ...rest } = fake.#line(caucus, message);
        fake.becomes({ ...rest, kind: "withdrawn", text: "", withdrawnAt: Date.now() });
      },
      forget: async (caucus, message) => {
        fake.#note("forget", message);
        fake.#put(caucus, message, []);
        fake.emit("erased", { caucus, message });
      },
      pin: async (caucus, message, on) => {
        fake.#note("pin", message, on);
        return fake.#say(caucus, on ? "pinned" : "unpinned", { kind: "pin", reply: message });
      },
      pins: async (caucus) => {
        const lines = fake.#lines(caucus);
        const latest = new Map(lines.flatMap((one) => (one.kind === "pin" && one.reply ? [[one.reply, one]] : [])));
        return [...latest].reverse().flatMap(([message, { sender, name, sentAt, text }]) => {
          const line = lines.find((one) => one.message === message);
          return line && text === "pinned" ? [{ by: sender, name, at: sentAt, line }] : [];
        });
      },
      sayTool: async (caucus, word) => {
        fake.#note("sayTool", word.kind);
        const line = fake.#say(caucus, "text" in word ? word.text : word.kind, {
          kind: word.kind,
          tool: word,
          ...("to" in word && { reply: word.to }),
        });
        const root = "to" in word ? word.to : line.message;
        const before = fake.onTable.get(root);
        const after = "to" in word ? before && changed(before, word, line.message) : laid(caucus, root, word);
        if (after) fake.onTable.set(root, after);
        fake.emit("tool", { caucus, message: root });
        return line;
      },
      table: async (caucus) => {
        const all = [...fake.onTable.values()].filter((one) => one.caucus === caucus).reverse();
        return {
          calls: all.filter((one) => one.tool === "call"),
          boards: all.filter((one) => one.tool === "board"),
          huddles: all.filter((one) => one.tool === "huddle"),
          rollCalls: all.filter((one) => one.tool === "rollCall"),
        };
      },
      tool: async (_, message) => {
        const found = fake.onTable.get(message);
        if (!found) throw usage("unknown-tool", "nothing of that id lies on the table of this caucus");
        return found;
      },
      ringing: async () => [...fake.onTable.values()].filter((one) => one.tool === "call").filter(({ rings }) => rings),
      direct: async (person) => {
        const found = fake.venue.caucuses.find((one) => one.direct && one.members.some((who) => who.person === person));
        return found?.caucus ?? fake.#enter(groupId(person), "").caucus;
      },
      send: async (caucus, text, options) => {
        const { reply, onRecord } = options ?? {};
        fake.#note("send", text, ...(onRecord ? ["on record"] : []));
        return fake.#say(caucus, text, { ...(reply && { reply }), ...(onRecord && { onRecord }) });
      },
      react: async (caucus, message, emoji) => {
        fake.#note("react", emoji);
        return fake.#say(caucus, emoji, { kind: "reaction", reply: message });
      },
      sendFile: async (caucus, file: NewFile) => {
        fake.#note("sendFile", file.name);
        const { name, type, size, picture, together, voice, once } = file;
        const view: FileView = {
          name,
          type,
          size,
          ...(picture && { picture }),
          have: size,
          state: "here",
          keptBy: 1,
          keepers: [ME],
          ...(together && { together }),
          ...(voice && { voice }),
          ...(once && { once }),
        };
        return fake.#say(caucus, file.text ?? "", { kind: "file", file: view });
      },
      fetchFile: async (caucus, message) => fake.#change(caucus, message, { state: "coming" }),
      cancelFile: async (caucus, message) => fake.#change(caucus, message, { state: "away" }),
      readFile: async function* () {
        yield fake.photo;
      },
      receipts: async (caucus, message): Promise<readonly Receipt[]> => {
        const line = fake.#lines(caucus).find((one) => one.message === message);
        return fake.#caucus(caucus)
          .members.filter((one) => one.person !== ME)
          .map(({ person, name }, at) => ({
            person,
            name,
            reached: at < (line?.reached ?? 0),
            read: at < (line?.read ?? 0),
          }));
      },
      devices: async () => fake.devices,
      links: async () => fake.links,
      offerLink: async (name) => {
        fake.#note("offerLink", name);
        const code = `couloir-link:${"7KQ4M2XP".repeat(20)}`;
        return fake.linkIs({ link: messageId(1) as string as LinkId, side: "new", code });
      },
      readLink: async (code) => {
        fake.#note("readLink", code);
        return fake.linkIs({ link: messageId(2) as string as LinkId, side: "old" });
      },
      confirmLink: async (link, options) => {
        fake.#note("confirmLink", options?.history ?? 0, options?.main ?? false);
        return fake.linkIs({ link, state: "confirmed" });
      },
      cancelLink: async (link) => {
        fake.#note("cancelLink");
        return fake.linkIs({ link, state: "failed", problem: { code: "link-cancelled", text: "It was cancelled." } });
      },
      revokeDevice: async (device) => {
        fake.#note("revokeDevice", device);
        return fake.#setDevices(
          fake.devices.map((one) => (one.device === device ? { ...one, state: "revoked" as const } : one)),
        );
      },
      remember: async (name, value, options) => {
        if (options?.shared === true) fake.shared.add(name);
        fake.kept.set(
          name,
          options?.entry === undefined ? value : withEntry(fake.kept.get(name), options.entry, value),
        );
      },
      remembered: async (name) => fake.kept.get(name),
      markRead: async (caucus) => {
        fake.#note("markRead");
        fake.#setCaucus({ ...fake.#caucus(caucus), unread: 0 });
      },
      history: async function* (caucus, options) {
        yield* pageOf(fake.#lines(caucus), options);
      },
      search: async (words, options = {}) => {
        fake.#note("search", words);
        const all = [...fake.venue.lines.values()].flat();
        return foundOf(all, soughtWords(words), { ...options, reads: 2000 });
      },
      message: async (caucus, message) => fake.#lines(caucus).find((one) => one.message === message),
      on: (event, handler) => {
        fake.#handlers[event].add(handler);
        return () => fake.#handlers[event].delete(handler);
      },
      status: async () => ({ peerId: "12D3KooWFake", addresses: [], peers: fake.#peers() }),
      mail: async () => ({ envelopes: 214, bytes: 1_048_576, room: 33_554_432, unsealed: 0 }),
      exportMail: async function* () {
        yield new TextEncoder().encode("couloir mail 1\n");
      },
      importMail: async () => ({ new: 32, known: 4, expired: 1, refused: 0, elsewhere: 0, whole: true }),
      venue: async () => plainVenue,
      joinVenue: async () => plainVenue,
    };
  }
}
