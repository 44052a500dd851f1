/** A messenger without keys and network: it keeps what it is told, and tells what it hears. */
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
  Profile,
  Receipt,
} from "../../../src/types.ts";
import type { RemoteApi } from "../../peer/backend.ts";
import { groupId, ME, messageId } from "./persons.ts";
import type { Venue } from "./venue.ts";

type Handlers = { [E in keyof MessengerEvents]: Set<(value: MessengerEvents[E]) => void> };

export class FakeMessenger {
  readonly api: RemoteApi;
  /** Calls in order, as `name argument…`. */
  readonly calls: string[] = [];
  /** The next call of this name rejects. */
  readonly failing = new Map<string, CouloirError>();
  readonly kept = new Map<string, unknown>();
  profile: Profile = { name: "Ana Kovač", flag: "HR", delegation: "" };
  venue: Venue;
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
      setRole: async (caucus) => fake.#caucus(caucus),
      setPolicy: async (caucus) => fake.#caucus(caucus),
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
      status: async () => ({ peerId: "12D3KooWFake", addresses: [], peers: fake.#peers() }),
    };
  }
}
