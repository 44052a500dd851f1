/** A data folder that is open, and the messenger that starts on it. `assemble.ts` makes the real one. */
import type { MessengerApi } from "../messenger/api.ts";
import type { MovedIdentity } from "../messenger/identityFile.ts";
import type { Surroundings } from "../net/survey.ts";
import type { HubPart } from "../node.ts";

/** What decides how a node is put together. */
export interface NodeOptions {
  readonly folder: string;
  /** A venue's name or code: those in different ones do not see each other. That of last time where absent. */
  readonly venue?: string;
  readonly buckets?: number;
  readonly venueKey?: "new" | "none";
  /** Bytes of others' mail to keep. */
  readonly carry?: number;
  /** Multiaddrs to listen on; the network's own choice when empty. */
  readonly listen: readonly string[];
  /** Multiaddrs to dial at the start. */
  readonly peers: readonly string[];
  readonly mdns: boolean;
  /** Say nothing of oneself to the venue. */
  readonly hidden: boolean;
  /** Invitations wait for an answer instead of being accepted. */
  readonly waitForConsent: boolean;
  /** A file with the passphrase: of the folder, or for a new folder. */
  readonly passphraseFile?: string;
  /** The passphrase itself, where it is known already: of the folder, or for a new folder. */
  readonly passphrase?: string;
  /** Asks a person for the passphrase; absent where nobody can be asked. */
  readonly ask?: () => Promise<string>;
  /** What the network logs, as JSON on stderr: `debug`, `info` or `warn`; nothing when absent. */
  readonly logLevel?: string;
  /** A line for whoever looks after the daemon. */
  readonly log: (line: string) => void;
}

/** An open data folder. */
export interface OpenFolder {
  /** Joins the network, as a hub or not. */
  start(hub?: HubPart): Promise<MessengerApi>;
  /** Dials these addresses now, and remembers them; whether somebody answered. */
  dial(addresses: readonly string[]): Promise<boolean>;
  /** What this device sees of its network; nothing before `start`. */
  survey(): Promise<Surroundings | undefined>;
  /** What was kept under this name, by this run or an earlier one. */
  kept(name: string): Promise<unknown>;
  keep(name: string, value: unknown): Promise<void>;
  /** The person of this folder as a file under a passphrase. */
  exportIdentity(passphrase: string): Promise<Uint8Array>;
  /** Whom such a file holds. */
  openIdentity(file: Uint8Array, passphrase: string): Promise<MovedIdentity>;
  /** Puts somebody into a folder that is empty, before `start`. */
  plant(identity: MovedIdentity): Promise<void>;
  /** Stops what was started and closes the folder. */
  close(): Promise<void>;
  /** Deletes the profile; to be called when it is closed. */
  wipe(): Promise<void>;
}

/** Opens a data folder, or makes one; `start` is separate, so that a busy port costs no presence on the network. */
export type Assemble = (options: NodeOptions) => Promise<OpenFolder>;
