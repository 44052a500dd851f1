/** A backend without keys and network, for tests and for looking at the screens. Behaves as the real one promises. */
import { CouloirError } from "../../../src/errors.ts";
import type { Picture } from "../../../src/types.ts";
import type { Backend, BackendKind, ConnectionView, DoctorFinding, RemoteApi } from "../../peer/backend.ts";
import { FakeMessenger } from "./fakeMessenger.ts";
import { ME } from "./persons.ts";
import { venue, type Venue } from "./venue.ts";

export interface FakeOptions {
  /** `none`: nobody is in range. `empty`: nothing has happened yet. */
  readonly scene?: "many" | "none" | "empty";
  readonly guest?: boolean;
  readonly kind?: BackendKind;
  readonly picture?: Picture;
  readonly findings?: readonly DoctorFinding[];
  /** What `readFile` gives. */
  readonly photo?: Uint8Array;
  readonly venue?: Partial<Venue>;
}

/** A one by one GIF: enough for tests that look at no pixels. */
const DOT: Picture = {
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
  code: "G82-J29-ED2",
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
    secure: {
      urls: ["https://192.168.8.20:8443"],
      fingerprint: Array.from({ length: 32 }, (_, at) => (160 + at).toString(16).toUpperCase()).join(":"),
    },
  };
  readonly messenger: FakeMessenger;
  /** What the doctor finds. */
  findings: readonly DoctorFinding[] | undefined;
  #connection: ConnectionView;
  readonly #links = new Set<(view: ConnectionView) => void>();
  readonly #missed = new Set<() => void>();

  constructor(options: FakeOptions = {}) {
    this.kind = options.kind ?? "page";
    this.findings = options.findings;
    this.guest = options.guest ?? false;
    const all = venue(options.picture ?? DOT);
    const scene = options.scene ?? "many";
    const empty: Venue = { people: [], caucuses: [], lines: new Map(), invitations: [], listed: [] };
    const shown = { ...(scene === "empty" ? empty : all), ...options.venue };
    this.#connection = scene === "many" ? CONNECTED : ALONE;
    const photo = options.photo ?? Uint8Array.from(atob(DOT.thumbnail), (char) => char.charCodeAt(0));
    this.messenger = new FakeMessenger(
      scene === "none" ? withoutAnybody(shown) : shown,
      photo,
      () => this.#connection.peers,
    );
  }

  get api(): RemoteApi {
    return this.messenger.api;
  }
  /** Calls in order, as `name argument…`. */
  get calls(): string[] {
    return this.messenger.calls;
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
  doctor(): Promise<readonly DoctorFinding[] | undefined> {
    this.calls.push("doctor");
    return Promise.resolve(this.findings);
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
    return Promise.resolve({ caucuses: this.messenger.venue.caucuses.length, messages: 214, files: 9 });
  }
  wipe(): Promise<void> {
    this.calls.push("wipe");
    return Promise.resolve();
  }
  close(): Promise<void> {
    return Promise.resolve();
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
