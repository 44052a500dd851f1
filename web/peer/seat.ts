/** What a tab is among the others of its profile, and what it is made of. */
import type { BrowserHome } from "../../src/store/browserHome.ts";
import type { Clock, Millis } from "../../src/types.ts";
import type { Rpc } from "./rpc.ts";
import type { Wire } from "./wire.ts";

/** The work of a tab that leads. */
export interface Leading {
  /** Ends it; nothing is written afterwards. Never rejects. */
  close(): Promise<void>;
}

/** What a tab is now. */
export type Seat<L extends Leading> =
  | { readonly kind: "leads"; readonly work: L }
  | { readonly kind: "follows"; readonly leader: string };

/** What the tabs of a profile are made of. */
export interface TabsOptions<L extends Leading> {
  readonly home: BrowserHome;
  readonly wire: Wire;
  readonly rpc: Rpc;
  readonly clock: Clock;
  /** Begins the work under a lease; `onLost` is for it to call when a write found the lease gone. */
  readonly lead: (lease: number, onLost: () => void) => Promise<L>;
  /** Told of every change of seat; `undefined` while there is none. */
  readonly onSeat: (seat: Seat<L> | undefined) => void;
  /** The work could not begin: the profile cannot be opened. */
  readonly onFailed: (error: unknown) => void;
  /** Since when nobody looks at this tab; `undefined` while somebody does. */
  readonly hiddenSince: () => Millis | undefined;
  readonly locks?: LockManager | undefined;
}
