/**
 * What the screens talk to. Whoever holds the keys (this tab, another tab, the daemon) stands behind one interface, and
 * every method is asynchronous, for the other side may be in another process. Plain data crosses it and nothing else.
 */
import type { MessengerApi } from "../../src/messenger/api.ts";
import type { Millis, Profile } from "../../src/types.ts";

type Answer<T> = T extends Promise<unknown> | AsyncIterable<unknown> ? T : Promise<T>;
type Remote<T> = T extends (...args: infer A) => infer R ? (...args: A) => Answer<R> : T;

/**
 * `MessengerApi` with every method asynchronous, except `on`, and without `close`, which is the backend's. `person` is a
 * value. Every promise and iteration rejects with a `CouloirError` and nothing else. What has no `nonce` gets one here, and
 * a call that a closed tab or a restarting daemon left open is asked again by itself; where asking twice would do it twice
 * (a new caucus, an invite), it rejects with `network` "tab-gone".
 */
export type RemoteApi = {
  readonly [K in Exclude<keyof MessengerApi, "on" | "close">]: Remote<MessengerApi[K]>;
} & Pick<MessengerApi, "on">;

/** How an address of a hub is doing. */
export interface HubState {
  /** As a person types it: `http://192.168.8.20:4700`. */
  readonly url: string;
  /** `connected`: a link is up. `trying`: being dialled. `away`: it does not answer and is tried again by itself. */
  readonly state: "connected" | "trying" | "away";
  /** The name that the hub gives itself, where it has answered. Hostile text. */
  readonly name?: string;
}

/** What is in the way, for a sentence on the connection sheet. */
export type Trouble =
  /** The browser says that there is no network. */
  | "offline"
  /** No hub is known: `addHub`, or an invite that carries an address. */
  | "no-hub"
  /** The hub that is known does not answer. */
  | "hub-away"
  /** The hub answers, and nobody else is there yet. */
  | "nobody-here"
  /** Others are reached by the hub only: this Wi-Fi or this browser forms no direct connection. Nothing to do. */
  | "no-direct"
  /** The daemon on this machine does not answer; it is tried again by itself. */
  | "daemon-away";

/** What came while nobody looked. */
export interface Away {
  /** Whole minutes since this page (or one of its tabs) was last awake. */
  readonly minutes: number;
  /** Lines of others that came by catch-up since; grows while catch-up goes on. */
  readonly messages: number;
}

/** The state of the network, as the strip and the connection sheet show it. */
export interface ConnectionView {
  /** Peers with a link to this device: the hub included. */
  readonly peers: number;
  /** Links that lead through a hub, the one to the hub itself included. */
  readonly viaHub: number;
  /** Links straight to somebody's device: WebRTC in a page, TCP in a daemon. */
  readonly direct: number;
  /** Multiaddrs at which others reach this device. */
  readonly addresses: readonly string[];
  readonly hubs: readonly HubState[];
  /** The short code of this daemon, or of the hub that this page knows, for others to type. */
  readonly code?: string;
  /** After sleep or a closed page, until `seenAway`; absent when it was under a minute or nothing came. */
  readonly away?: Away;
  readonly trouble?: Trouble;
}

/** One thing that the doctor of a daemon says; `code` and `values` are those of `src/daemon/doctor.ts`. */
export interface DoctorFinding {
  readonly level: "good" | "note" | "look" | "bad";
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** The hub that served the page, by its own words: every text in it is hostile. */
export interface HubInfo {
  readonly name: string;
  readonly venue: string;
  /** Parts that the venue is cut into; 1 or 8. */
  readonly buckets?: number;
  readonly room: string;
  /** Where others open the app: what an invite link and its QR code are made of. */
  readonly urls: readonly string[];
  /** The same with a lock, by a certificate that the hub made itself; the certificate's SHA-256 for its owner alone. */
  readonly secure?: { readonly urls: readonly string[]; readonly fingerprint?: string };
}

/** What this device holds, for the sheet that asks before wiping. */
export interface Holdings {
  readonly caucuses: number;
  readonly messages: number;
  readonly files: number;
  /** When an identity file was last saved from here. */
  readonly backup?: Millis;
}

/** Who holds the keys: this tab of a served page, another tab, the daemon, or this tab of `couloir.html`. */
export type BackendKind = "page" | "tab" | "daemon" | "file";

/** What this tab has at hand again when it is loaded anew, by name, written before `write` returns. Neither throws. */
export interface Slip {
  read(name: string): Uint8Array | undefined;
  /** `undefined` forgets it. Whether there was room: a browser gives a tab some 10 to 20 MB. */
  write(name: string, bytes: Uint8Array | undefined): boolean;
}

/** One person's messenger, wherever it runs. */
export interface Backend {
  readonly api: RemoteApi;
  /** May change while the page is open: a tab becomes the one with the keys when that one closes (see `onConnection`). */
  readonly kind: BackendKind;
  /** The page came over plain http from another machine: whoever runs this Wi-Fi could alter it. Drives the banner. */
  readonly guest: boolean;
  /** The hub that served the page, or that `couloir.html` last reached. */
  readonly hub?: HubInfo | undefined;
  /** Whether the keys on this device are locked by a passphrase. */
  readonly locked: boolean;
  readonly slip?: Slip | undefined;
  connection(): Promise<ConnectionView>;
  /** Tells of each change of `connection()` or of `kind`; the result unsubscribes. */
  onConnection(handler: (view: ConnectionView) => void): () => void;
  /**
   * Events may have been missed (another tab took over, the daemon was away): read again what is shown. The result
   * unsubscribes.
   */
  onMissed(handler: () => void): () => void;
  /** Another tab has wiped this device or taken over another identity: reload. The result unsubscribes. */
  onGone(handler: () => void): () => void;
  /** The person has seen "You were away …": it is not shown again. */
  seenAway(): void;
  /**
   * Dials a hub at what a person typed or scanned: `192.168.8.20:4700`, a short code, a URL, or an invite link (whose code
   * is left alone); a daemon dials any other daemon as well, and hears nothing of who that is. Remembered. Rejects `usage`
   * for what is no address, `network` when nothing answers there.
   */
  addHub(address: string): Promise<HubInfo | undefined>;
  /** Looks around, for seconds, and says what is in the way. Undefined in a page, whose `connection()` says all it knows. */
  doctor(): Promise<readonly DoctorFinding[] | undefined>;
  /** "Check again": dials now what is known. */
  hurry(): void;
  /**
   * The link that somebody opens to follow an invite code: `http://<hub>/#<code>`. Undefined where no hub is known, and the
   * bare code has to do.
   */
  inviteLink(code: string): string | undefined;
  /** The identity as a file locked by the passphrase (see `identityFile`): keys, caucuses and history. */
  exportIdentity(passphrase: string): Promise<Uint8Array>;
  /**
   * The identity alone (root key and profile) as a link for a QR code, locked by the passphrase: `http://<hub>/#move=…`, or
   * `#move=…` where no hub is known. Caucuses come back by invitation.
   */
  moveLink(passphrase: string): Promise<string>;
  /**
   * Takes over an identity from a file or from the fragment `move=…`. Replaces what is on this device; the page reloads
   * itself afterwards. `refused` "wrong-passphrase", `invalid` for anything that is no such file.
   */
  importIdentity(from: Uint8Array | string, passphrase: string): Promise<void>;
  /** For the question before `wipe`. */
  holdings(): Promise<Holdings>;
  /** Deletes the keys, then everything of ours in this origin; other tabs close with it. The backend is dead afterwards. */
  wipe(): Promise<void>;
  /** Leaves; another tab takes over if there is one. */
  close(): Promise<void>;
}

/** Where the page came from, known before there is a backend. */
export interface Origin {
  readonly kind: "hub" | "daemon" | "file";
  /** See `Backend.guest`. */
  readonly guest: boolean;
  readonly hub?: HubInfo;
  /** The hub answers now; `false` also where none is known. */
  readonly hubAnswers: boolean;
  /** `required` on file://, where all local files share one storage; `optional` elsewhere. */
  readonly passphrase: "required" | "optional" | "none";
  /** Taken away on closing, as far as a browser shows it (a captive portal's mini browser, an app's own): warn. */
  readonly forgetful: boolean;
  /** An invite code that the address carried (after `#`). Taken out of the address bar. */
  readonly invite?: string;
  /** A code `couloir-verify:…` that the address carried: ask whether it was scanned in person, then `verify`. */
  readonly verify?: string;
  /** A venue's code, with its key, that the address carried. */
  readonly venue?: string;
  /** The fragment `move=…` that the address carried: ask for the passphrase, then `restore`. */
  readonly move?: string;
}

/** What a new person says. */
export interface Beginning {
  readonly profile: Profile;
  /** Locks the keys on this device. Must be given where `Origin.passphrase` is `required`. */
  readonly passphrase?: string;
  /** Further hub addresses, as typed. */
  readonly hubs?: readonly string[];
}

/** What the page has to do before there is a backend; `state` says which. */
export type Opening =
  /** A profile was open already or needed nothing: here it is. */
  | { readonly state: "ready"; readonly origin: Origin; readonly backend: Backend }
  /** Nobody has been here: the join screen. */
  | {
      readonly state: "new";
      readonly origin: Origin;
      begin(how: Beginning): Promise<Backend>;
      /** From an identity file or a `move=…` fragment. `keep`: locks the keys here with the same passphrase. */
      restore(from: Uint8Array | string, passphrase: string, keep: boolean): Promise<Backend>;
    }
  /** There is a profile under a passphrase. `refused` "wrong-passphrase" leaves it as it is; ask again. */
  | {
      readonly state: "locked";
      readonly origin: Origin;
      unlock(passphrase: string): Promise<Backend>;
      /** Whoever has forgotten it can only begin anew. */
      wipe(): Promise<void>;
    }
  /** The daemon's page without its token (the address was opened by hand): say how to get the right one. */
  | { readonly state: "no-token"; readonly origin: Origin }
  /** This browser cannot hold a profile at all. `code`: `no-storage`, `old-browser`, or a store's own. */
  | { readonly state: "impossible"; readonly origin: Origin; readonly code: string; readonly message: string };
