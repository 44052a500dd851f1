/**
 * Where a newcomer knocks: two of a device's addresses, for a code that is scanned has room for no more. A page can dial
 * WebSockets only, a machine on two networks is reached on one of them by some and on the other by others, and a hub may
 * be switched off: so one of the two is a page's, and they lead to two hosts, where there are such. Two addresses of one hub
 * that relays are no two hosts: nobody says which of them are its containers'.
 *
 * Through a relay one comes to know others, so of a relayed address the relay's is enough; but it is never all, for
 * nobody answers for a relay. One with a hub's certificate would be printed, and wrong after the hub's next start.
 */
interface Entrance {
  readonly address: string;
  readonly host: string;
  /** Who is there. */
  readonly peer: string | undefined;
  /** A page can dial it. */
  readonly page: boolean;
  /** The device's own, not that of a relay. */
  readonly own: boolean;
  /** In the venue, not of this machine's containers or its VPN. */
  readonly here: boolean;
}

const entrance = (told: string, here: boolean): Entrance => {
  const [address = "", through] = told.split("/p2p-circuit");
  const host = address.split("/")[2] ?? "";
  const [, peer] = address.split("/p2p/");
  return { address, host, peer, page: /\/ws(?:\/|$)/u.test(address), own: through === undefined, here };
};

/** The one of which most of this is true, what is named first counting most; of several the first. */
const best = (all: readonly Entrance[], traits: readonly ((one: Entrance) => boolean)[]): Entrance | undefined => {
  const rank = (one: Entrance): number => traits.reduce((sum, has) => sum * 2 + Number(has(one)), 0);
  return all.toSorted((a, b) => rank(b) - rank(a))[0];
};

/**
 * Two at most of the addresses at which a device can be reached; `told` begins with those that most can dial. `apart`: those
 * of them that are not in the venue, which come after all others.
 */
export const entrances = (told: readonly string[], apart: readonly string[] = []): readonly string[] => {
  const all = told
    .filter((address) => !address.includes("/certhash/"))
    .map((address) => entrance(address, !apart.includes(address)));
  const own = ({ own: is }: Entrance): boolean => is;
  const page = ({ page: is }: Entrance): boolean => is;
  const here = ({ here: is }: Entrance): boolean => is;
  const first = best(all, [here, own, page]);
  if (first === undefined) return [];
  const rest = all.filter(({ address }) => address !== first.address);
  const elsewhere = ({ host, peer, own: is }: Entrance): boolean => host !== first.host && (is || peer !== first.peer);
  const second = best(rest, first.page ? [here, elsewhere, own, page] : [here, page, elsewhere, own]);
  return [first, ...(second === undefined ? [] : [second])].map(({ address }) => address);
};
