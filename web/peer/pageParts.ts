/** What the backend of a page is made of. */
import type { BrowserHome } from "../../src/browser.ts";
import type { Clock } from "../../src/types.ts";
import type { Environment } from "./environment.ts";
import type { HubCard } from "./hubs.ts";
import type { EventName } from "./methods.ts";
import type { Answerer } from "./rpc.ts";

/** What an opened profile is run with. */
export interface PageBackendOptions {
  readonly environment: Environment;
  readonly home: BrowserHome;
  /** The profile's key; kept for as long as this tab may have to take over. */
  readonly key: Uint8Array;
  readonly locked: boolean;
  readonly guest: boolean;
  readonly hubs: ReadonlyMap<string, HubCard | undefined>;
  /** The venue's code that the address carried. */
  readonly venueCode?: string;
  /** This tab has just made the profile: nobody leads yet. */
  readonly fresh?: boolean;
  /** Begins the work of the leading tab; a `PageCore` unless a test says otherwise. */
  readonly lead?: (parts: LeadParts) => Promise<Core>;
  readonly clock?: Clock;
}

/** What the leading tab's work is given. */
export interface LeadParts {
  readonly lease: number;
  readonly onLost: () => void;
  readonly onVenue: (venue: string) => void;
  readonly tell: (event: EventName, value: unknown) => void;
}

/** The work of the leading tab. */
export interface Core extends Answerer {
  wake(): void;
  close(): Promise<void>;
}
