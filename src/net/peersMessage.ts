/** What `/couloir/peers/1` says, and which addresses it may name. */
import type { ShapeOf } from "../protocol/codec.ts";
import { codec, list, struct, text } from "../protocol/codec.ts";
import { hostOf, isLanHost, type AddressKey } from "./addresses.ts";

export const MAX_PAGES = 32;
export const MAX_HUBS = 16;
export const MAX_PEERS = 16;
const MAX_ADDRESS = 120;
export const MAX_ANSWER = 8192;
const peerId = text(80);
const place = struct({ peer: peerId, address: text(MAX_ADDRESS) });
const message = struct({
  pages: list(peerId, MAX_PAGES),
  hubs: list(place, MAX_HUBS),
  peers: list(place, MAX_PEERS),
});
/** See above. */
export type PeersMessage = ShapeOf<typeof message>;
/** The answer. */
export const peersMessage = codec(message, MAX_ANSWER);

/** A hub's WebSocket. */
export const isSocket = (key: AddressKey): boolean => /^\/ip[46]\/[^/]+\/tcp\/\d+\/ws$/.test(key);
/** Straight to a hub by WebRTC. */
export const isStraight = (key: AddressKey): boolean =>
  /^\/ip[46]\/[^/]+\/udp\/\d+\/webrtc-direct\/certhash\/[\w-]+$/.test(key);

/** Only what a page can dial, and only on local networks. */
export const mayTell = (key: AddressKey): boolean =>
  (isSocket(key) || isStraight(key)) && key.length <= MAX_ADDRESS && isLanHost(hostOf(key));

/** Only what a daemon listens at, and only on local networks. */
export const mayTellDaemon = (key: AddressKey): boolean =>
  /^\/ip[46]\/[^/]+\/tcp\/\d+$/.test(key) && isLanHost(hostOf(key));
