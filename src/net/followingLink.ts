/** The link of a page: what its messenger hints at stands in a code that a person follows, and may be dialed. */
import type { Dialable } from "./dialable.ts";
import { Libp2pLink, type LinkOptions } from "./libp2pLink.ts";

/** See above. */
export class FollowingLink extends Libp2pLink {
  readonly #dialable: Dialable;

  constructor(options: LinkOptions, dialable: Dialable) {
    super(options);
    this.#dialable = dialable;
  }

  override hint(addresses: readonly string[]): void {
    this.#dialable.follow(addresses);
    super.hint(addresses);
  }

  /** Addresses that a hub tells of: its word is no reason to dial beyond local networks and what a person named. */
  hear(addresses: readonly string[]): void {
    super.hint(addresses);
  }
}
