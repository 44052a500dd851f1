/**
 * The hubs that this page knows: what they say of themselves and whether they answer. What a hub says is hostile text, and
 * nothing but addresses of local networks and of hosts that a person named is ever dialled (see `dialable.ts`).
 */
import { usage } from "../../src/errors.ts";
import { looksLikeShortCode, readShortCode } from "../../src/net/shortCode.ts";
import { isVenueCode } from "../../src/protocol/venue.ts";
import type { HubInfo, HubState } from "./backend.ts";
import { pieces } from "./streams.ts";

/** A hub's own description, checked. */
export interface HubCard {
  readonly info: HubInfo;
  readonly peerId: string;
  /** Multiaddrs to dial, the one at which it has just answered first. */
  readonly addresses: readonly string[];
}

/** `fetch`, or what stands for it in a test. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const ANSWER_WITHIN = 4000;
/** The port that a hub has unless somebody chose another. */
const USUAL_PORT = "8020";
const MAX_CARD = 65_536;
const MAX_TEXT = 200;
const MAX_LIST = 16;

const text = (value: unknown): string => (typeof value === "string" ? value.toWellFormed().slice(0, MAX_TEXT) : "");
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [])
    .filter((one): one is string => typeof one === "string" && one.length <= 300)
    .slice(0, MAX_LIST);

const isUrl = (url: string, protocol: RegExp): boolean => URL.canParse(url) && protocol.test(new URL(url).protocol);

/** The origin of a hub at what a person typed or scanned: an address, a URL, an invite link. `usage` for anything else. */
export const hubUrl = (typed: string): string => {
  const place = readShortCode(typed);
  const bare = place?.way === "hub" ? `http://${place.host}:${place.port}` : typed.trim();
  const wrong = usage(
    "bad-address",
    "a hub's address looks like 192.168.8.20:4700, and its code like G82-J29-ED2, as its screen shows them",
  );
  try {
    const whole = /^https?:\/\//i.test(bare);
    const url = new URL(whole ? bare : `http://${bare}`);
    if (!whole && url.port === "" && !/:80(?:$|[/#?])/.test(bare)) url.port = USUAL_PORT;
    if (
      (!whole && (bare.includes("://") || looksLikeShortCode(bare))) ||
      url.hostname === "" ||
      url.username !== "" ||
      /\s/.test(bare) ||
      bare.length > 2000
    )
      throw wrong;
    return url.origin;
  } catch {
    throw wrong;
  }
};

/** The venue's code in what a person typed or scanned, behind the `#` of a hub's address. */
export const carriedVenue = (typed: string): string | undefined => {
  try {
    const code = decodeURIComponent(typed.trim().replace(/^[^#]*#/u, ""));
    return isVenueCode(code) ? code : undefined;
  } catch {
    return undefined;
  }
};

/** The multiaddr at which the hub behind a URL takes WebSockets. */
export const hubAddress = (origin: string, peerId: string): string => {
  const { hostname, port, protocol } = new URL(origin);
  const secure = protocol === "https:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const kind = host.includes(":") ? "ip6" : /^[\d.]+$/.test(host) ? "ip4" : "dns4";
  const tcp = port === "" ? (secure ? "443" : "80") : port;
  return `/${kind}/${host}/tcp/${tcp}/${secure ? "tls/ws" : "ws"}/p2p/${peerId}`;
};

const capped = async ({ body }: Response): Promise<string> => {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of pieces(body)) {
    size += part.length;
    if (size > MAX_CARD) return "";
    parts.push(part);
  }
  return new Blob(parts).text();
};

/** What the hub at a URL says of itself; `undefined` when nothing of the kind answers in time. Never rejects. */
export const askHub = async (origin: string, fetch: Fetch): Promise<HubCard | undefined> => {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN);
    const answer = await fetch(`${origin}/hub.json`, {
      signal,
      cache: "no-store",
      redirect: "error",
      credentials: "omit",
    });
    if (!answer.ok) return undefined;
    const card = JSON.parse(await capped(answer)) as Record<string, unknown> | null;
    const peerId = text(card?.["peerId"]);
    if (card === null || !/^[1-9A-HJ-NP-Za-km-z]{20,100}$/.test(peerId)) return undefined;
    const urls = texts(card["urls"]).filter((url) => isUrl(url, /^https?:$/));
    // Without the certificate's hash: told over plain http it would prove nothing, and its owner's screen shows it.
    const locked = texts((card["secure"] as { readonly urls?: unknown } | undefined)?.urls);
    const secure = locked.filter((url) => isUrl(url, /^https:$/));
    return {
      info: {
        name: text(card["name"]),
        venue: text(card["venue"]),
        buckets: card["buckets"] === 8 ? 8 : 1,
        room: text(card["room"]),
        urls,
        ...(secure.length > 0 && { secure: { urls: secure } }),
      },
      peerId,
      addresses: [...new Set([hubAddress(origin, peerId), ...texts(card["addresses"])])],
    };
  } catch {
    return undefined;
  }
};

/** Hubs that are remembered though they never answered. */
const MAX_SILENT = 4;

interface Known {
  card: HubCard | undefined;
  state: "trying" | "away";
}

/** The hubs of one profile, by URL. */
export class HubBook {
  readonly #fetch: Fetch;
  readonly #known = new Map<string, Known>();
  readonly #onChange: () => void;

  constructor(fetch: Fetch, onChange: () => void) {
    this.#fetch = fetch;
    this.#onChange = onChange;
  }

  /** Notes a hub without asking it. */
  note(url: string, card?: HubCard): void {
    const known = this.#known.get(url);
    if (known === undefined) {
      // Whatever was typed once is asked again and again: of what never answered, only the newest.
      const silent = [...this.#known].filter(([, one]) => one.card === undefined);
      for (const [old] of silent.slice(0, Math.max(0, silent.length + 1 - MAX_SILENT))) this.#known.delete(old);
      this.#known.set(url, { card, state: "trying" });
    } else if (card !== undefined) Object.assign(known, { card, state: "trying" });
  }

  urls(): readonly string[] {
    return [...this.#known.keys()];
  }

  /** Addresses to dial, of all hubs that have answered once. */
  addresses(): readonly string[] {
    return [...new Set([...this.#known.values()].flatMap(({ card }) => card?.addresses ?? []))];
  }

  /** Asks a hub anew; `undefined` when it does not answer. */
  async look(url: string): Promise<HubCard | undefined> {
    const card = await askHub(url, this.#fetch);
    this.note(url, card);
    const known = this.#known.get(url);
    if (known !== undefined) known.state = card === undefined ? "away" : "trying";
    this.#onChange();
    return card;
  }

  /** How they do, given the peers to which there is a link now. */
  states(linked: ReadonlySet<string>): readonly HubState[] {
    return [...this.#known].map(([url, { card, state }]) => ({
      url,
      state: card !== undefined && linked.has(card.peerId) ? "connected" : state,
      ...(card === undefined || card.info.name === "" ? {} : { name: card.info.name }),
    }));
  }

  /** What the hubs say of themselves that have answered, in the order of their addition. */
  cards(): readonly HubCard[] {
    return [...this.#known.values()].flatMap(({ card }) => card ?? []);
  }
}
