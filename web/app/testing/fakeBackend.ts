/** A backend without keys and network, for tests and for looking at the screens. Behaves as the real one promises. */
import { CouloirError } from "../../../src/errors.ts";
import type { NewFile } from "../../../src/messenger/api.ts";
import type {
  CaucusView,
  FileView,
  GroupId,
  MessageId,
  MessageView,
  MessengerEvents,
  PersonId,
  Picture,
  Profile,
  Receipt,
} from "../../../src/types.ts";
import type { Backend, BackendKind, ConnectionView, RemoteApi } from "../../peer/backend.ts";
import { groupId, ME, messageId, venue, type Venue } from "./venue.ts";

type Handlers = { [E in keyof MessengerEvents]: Set<(value: MessengerEvents[E]) => void> };

export interface FakeOptions {
  /** `none`: nobody is in range. `empty`: nothing has happened yet. */
  readonly scene?: "many" | "none" | "empty";
  readonly guest?: boolean;
  readonly kind?: BackendKind;
  readonly picture?: Picture;
  /** What `readFile` gives. */
  readonly photo?: Uint8Array;
  readonly venue?: Partial<Venue>;
}

/** A one by one GIF: enough for tests that look at no pixels. */
export const DOT: Picture = {
  width: 1,
  height: 1,
  thumbnail: "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
};

const CONNECTED: ConnectionView = {
  peers: 6,
  viaHub: 2,
  direct: 4,
  addresses: ["/ip4/192.168.8.31/udp/4701/webrtc-direct"],
  hubs: [{ url: "http://192.168.8.20:4700", state: "connected", name: "Nordic delegation" }],
};
const ALONE: ConnectionView = {
  peers: 0,
  viaHub: 0,
  direct: 0,
  addresses: [],
  hubs: [{ url: "http://192.168.8.20:4700", state: "away" }],
  away: { minutes: 14, messages: 32 },
  trouble: "hub-away",
};

export class FakeBackend implements Backend {
  readonly kind: BackendKind;
  readonly guest: boolean;
  readonly locked = false;
  readonly hub = {
    name: "Nordic delegation",
    venue: "Conference centre",
    room: "Level −1, Salle Verte",
    urls: ["http://192.168.8.20:4700"],
  };
  readonly api: RemoteApi;
  /** Calls in order, as `name argument…`, for tests. */
  readonly calls: string[] = [];
  /** The next call of this name rejects. */
  readonly failing = new Map<string, CouloirError>();
  readonly kept = new Map<string, unknown>();
  profile: Profile = { name: "Ana Kovač", flag: "HR", delegation: "" };
  venue: Venue;
  #connection: ConnectionView;
  readonly #handlers: Handlers = {
    message: new Set(),
    receipt: new Set(),
    caucus: new Set(),
    invitation: new Set(),
    person: new Set(),
    peers: new Set(),
    notice: new Set(),
    transfer: new Set(),
  };
  readonly #links = new Set<(view: ConnectionView) => void>();
  readonly #missed = new Set<() => void>();
  readonly #photo: Uint8Array;
  #next = 10_000;

  constructor(options: FakeOptions = {}) {
    this.kind = options.kind ?? "page";
    this.guest = options.guest ?? false;
    this.#photo = options.photo ?? Uint8Array.from(atob(DOT.thumbnail), (char) => char.charCodeAt(0));
    const all = venue(options.picture ?? DOT);
    const scene = options.scene ?? "many";
    const empty: Venue = { people: [], caucuses: [], lines: new Map(), invitations: [], listed: [] };
    this.venue = { ...(scene === "empty" ? empty : all), ...options.venue };
    this.#connection = scene === "many" ? CONNECTED : ALONE;
    if (scene === "none") this.venue = withoutAnybody(this.venue);
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

  connect(view: ConnectionView): void {
    this.#connection = view;
    for (const handler of this.#links) handler(view);
  }

  connection(): Promise<ConnectionView> {
    return Promise.resolve(this.#connection);
  }
  onConnection(handler: (view: ConnectionView) => void): () => void {
    this.#links.add(handler);
    return () => this.#links.delete(handler);
  }
  onMissed(handler: () => void): () => void {
    this.#missed.add(handler);
    return () => this.#missed.delete(handler);
  }
  onGone(): () => void {
    return () => {};
  }
  seenAway(): void {
    const { away: _, ...rest } = this.#connection;
    this.connect(rest);
  }
  addHub(address: string): Promise<Backend["hub"] & object> {
    this.calls.push(`addHub ${address}`);
    return address.includes("192.168.8")
      ? Promise.resolve(this.hub)
      : Promise.reject(new CouloirError("network", "hub-away", "Nothing answers there."));
  }
  hurry(): void {
    this.calls.push("hurry");
  }
  inviteLink(code: string): string {
    return `http://192.168.8.20:4700/#${code}`;
  }
  exportIdentity(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(64));
  }
  moveLink(): Promise<string> {
    return Promise.resolve(`http://192.168.8.20:4700/#move=${"A".repeat(120)}`);
  }
  importIdentity(): Promise<void> {
    return Promise.resolve();
  }
  holdings(): Promise<{ caucuses: number; messages: number; files: number }> {
    return Promise.resolve({ caucuses: this.venue.caucuses.length, messages: 214, files: 9 });
  }
  wipe(): Promise<void> {
    this.calls.push("wipe");
    return Promise.resolve();
  }
  close(): Promise<void> {
    return Promise.resolve();
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
    const last = line.kind === "reaction" ? {} : { last: line };
    const others = line.sender === ME || line.kind === "reaction" ? 0 : 1;
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
    const members = this.venue.caucuses.find((one) => one.caucus === caucus)?.members.length ?? 1;
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
      of: members - 1,
      state: "saved",
      missing: 0,
      ...more,
    };
    this.hear(line);
    return line;
  }

  #change(caucus: GroupId, message: MessageId, file: Partial<FileView>): MessageView {
    const line = this.#lines(caucus).find((one) => one.message === message);
    if (!line?.file) throw new CouloirError("usage", "file-not-here", "That is no file.");
    const changed = { ...line, file: { ...line.file, ...file } };
    this.venue = {
      ...this.venue,
      lines: new Map(this.venue.lines).set(
        caucus,
        this.#lines(caucus).map((one) => (one.message === message ? changed : one)),
      ),
    };
    return changed;
  }

  #setCaucus(view: CaucusView): void {
    this.venue = {
      ...this.venue,
      caucuses: [...this.venue.caucuses.filter((one) => one.caucus !== view.caucus), view],
    };
    this.emit("caucus", view);
  }

  #caucus(id: GroupId): CaucusView {
    const found = this.venue.caucuses.find((one) => one.caucus === id);
    if (!found) throw new CouloirError("usage", "no-such-caucus", "There is no such caucus.");
    return found;
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
      admin: false,
    });
    return { caucus: id, state: "joined" };
  }

  // One object, so that every method is there and the compiler sees it.
  #makeApi(): RemoteApi {
    // oxlint-disable-next-line unicorn/no-this-assignment, typescript/no-this-alias -- generators below have no arrow form
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
      caucuses: async () => fake.venue.caucuses,
      listed: async () => fake.venue.listed,
      createCaucus: async (name, options) => {
        fake.#note("createCaucus", name, options?.with?.length ?? 0);
        return fake.#enter(groupId(name), name).caucus;
      },
      invite: async () => ({ code: `couloir:${"7KQ4M2XP".repeat(12)}`, expires: Date.now() + 3_600_000 }),
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
      add: async (caucus) => fake.#caucus(caucus),
      remove: async (caucus) => fake.#caucus(caucus),
      leave: async (caucus) => {
        fake.#note("leave");
        fake.#setCaucus({ ...fake.#caucus(caucus), state: "gone" });
      },
      direct: async (person) => {
        const found = fake.venue.caucuses.find((one) => one.direct && one.members.some((who) => who.person === person));
        return found?.caucus ?? fake.#enter(groupId(person), "").caucus;
      },
      send: async (caucus, text, options) => {
        fake.#note("send", text);
        return fake.#say(caucus, text, options?.reply ? { reply: options.reply } : {});
      },
      react: async (caucus, message, emoji) => {
        fake.#note("react", emoji);
        return fake.#say(caucus, emoji, { kind: "reaction", reply: message });
      },
      sendFile: async (caucus, file: NewFile) => {
        fake.#note("sendFile", file.name);
        const { name, type, size, picture } = file;
        const view: FileView = { name, type, size, ...(picture && { picture }), have: size, state: "here", keptBy: 1 };
        return fake.#say(caucus, file.text ?? "", { kind: "file", file: view });
      },
      fetchFile: async (caucus, message) => fake.#change(caucus, message, { state: "coming" }),
      cancelFile: async (caucus, message) => fake.#change(caucus, message, { state: "away" }),
      readFile: async function* () {
        yield fake.#photo;
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
      remember: async (name, value) => {
        fake.kept.set(name, value);
      },
      remembered: async (name) => fake.kept.get(name),
      markRead: async (caucus) => {
        fake.#note("markRead");
        fake.#setCaucus({ ...fake.#caucus(caucus), unread: 0 });
      },
      history: async function* (caucus, options) {
        const lines = fake.#lines(caucus);
        yield* options?.limit === undefined ? lines : lines.slice(-options.limit);
      },
      message: async (caucus, message) => fake.#lines(caucus).find((one) => one.message === message),
      on: (event, handler) => {
        fake.#handlers[event].add(handler);
        return () => fake.#handlers[event].delete(handler);
      },
      status: async () => ({ peerId: "12D3KooWFake", addresses: [], peers: fake.#connection.peers }),
    };
  }
}

const withoutAnybody = (all: Venue): Venue => ({
  ...all,
  people: all.people.map((one) => ({ ...one, online: false, path: "none" })),
  caucuses: all.caucuses.map((one) => ({
    ...one,
    members: one.members.map((who) => (who.person === ME ? who : { ...who, online: false })),
  })),
});
