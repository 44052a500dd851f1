/** A link that keeps to the venue: what its messenger hints at stands in a code that a person follows, and may be dialed. */
import { isCircuit, isWebRtcDirect } from "./addresses.ts";
import type { Dialable } from "./dialable.ts";
import { Libp2pLink, type LinkOptions } from "./libp2pLink.ts";

/** See above. */
export class FollowingLink extends Libp2pLink {
  readonly #dialable: Dialable;
  readonly #onFollow: (addresses: readonly string[]) => void;

  /** `onFollow` is told what is worth remembering for the next start. */
  constructor(options: LinkOptions, dialable: Dialable, onFollow: (addresses: readonly string[]) => void = () => {}) {
    super(options);
    this.#dialable = dialable;
    this.#onFollow = onFollow;
  }

  override hint(addresses: readonly string[]): void {
    this.#dialable.follow(addresses);
    super.hint(addresses);
    const lasting = addresses.filter((address) => !isCircuit(address) && !isWebRtcDirect(address));
    if (lasting.length > 0) this.#onFollow(lasting);
  }

  /** A person typed these. */
  override async dialNow(addresses: readonly string[]): Promise<boolean> {
    this.#dialable.nameAll(addresses);
    return super.dialNow(addresses);
  }

  /** Addresses that a hub tells of: its word is no reason to dial beyond local networks and what a person named. */
  hear(addresses: readonly string[]): void {
    super.hint(addresses);
  }
}
