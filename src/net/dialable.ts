/** The hosts that are dialed: those of local networks, and those that a person named. Nothing else leaves the venue. */
import { addressKey, hostOf, isIp, isLocalName } from "./addresses.ts";

/** Hosts that are remembered beyond local ones; a person names a few. */
const MAX_NAMED = 256;

/** See above. A venue may have public addresses on its Wi-Fi: a host there has to be named. */
export class Dialable {
  readonly #named = new Set<string>();
  readonly #isNear: (host: string) => boolean;

  /** `hosts`: as `name` takes them. `isNear`: on a network of this machine, where it can tell. */
  constructor(hosts: readonly string[] = [], isNear: (host: string) => boolean = () => false) {
    this.#isNear = isNear;
    for (const host of hosts) this.name(host);
  }

  /** A person has typed this host, opened the page from it, or reached somebody there before. */
  name(host: string): void {
    if (host !== "" && this.#named.size < MAX_NAMED) this.#named.add(host.replace(/^\[|\]$/g, ""));
  }

  /** The addresses of a code that a person follows. Only IP addresses count: a name would be asked for outside. */
  follow(addresses: readonly string[]): void {
    for (const address of addresses) {
      const host = hostOf(addressKey(address) ?? "");
      if (isIp(host)) this.name(host);
    }
  }

  /** The same of whole addresses. */
  nameAll(addresses: readonly string[]): void {
    for (const address of addresses) {
      const key = addressKey(address);
      if (key !== undefined) this.name(hostOf(key));
    }
  }

  may(host: string): boolean {
    return isLocalName(host) || this.#named.has(host) || this.#isNear(host);
  }
}
