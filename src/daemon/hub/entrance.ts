/** What a hub's QR code says: where the app is, and what venue this is. Pure. */
import type { VenueView } from "../../messenger/api.ts";
import { MAX_VENUE_HUBS, readVenueCode, writeVenueCode } from "../../protocol/venue.ts";
import type { HubDescriptor } from "./hubServer.ts";

/** Addresses of the hub itself that go into a code: a machine may be on two networks. */
const OWN = 2;

/** The venue with this hub's addresses in its code, the others after them. */
export const handedOn = (venue: VenueView, { addresses }: Pick<HubDescriptor, "addresses">): VenueView => {
  const told = readVenueCode(venue.code);
  // Without the peer's name, and without the certificate of this run: a code is kept and printed.
  const own = addresses
    .filter((address) => !address.includes("/certhash/"))
    .map((address) => address.replace(/\/p2p\/[^/]+$/u, ""))
    .slice(0, OWN);
  const hubs = [...new Set([...own, ...told.hubs])].slice(0, MAX_VENUE_HUBS);
  return { ...venue, code: writeVenueCode({ ...told, hubs }) };
};

/**
 * A hub's address with the venue behind `#`, which a browser never sends: the key reaches the page and not the wire. The
 * bare address where the hub itself tells all that there is.
 */
export const withVenue = (url: string, { buckets, keyed, code }: VenueView): string =>
  keyed || buckets > 1 ? `${url}/#${code}` : url;
