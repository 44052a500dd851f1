/** Messages of catch-up and of who else is here, SPEC.md §12. */
import { H, label } from "./crypto.ts";
import { bool, bstr, bytes, list, optional, struct, text, uint, union, word } from "./shapes.ts";

const slot = uint(65_535);
const topic = text(128);
const to = optional(bstr(32));
const ranges = list(
  union({ skip: { to }, fingerprint: { to, value: bytes(16) }, list: { to }, ids: { to, ids: bstr(131_072) } }),
  8192,
);
const frames = list(bstr(65_536), 4096);
const known = struct({ topic: uint(1023), slot, count: uint(), fingerprint: bytes(16), closed: bool });
const parts = (of: Parameters<typeof struct>[0]) => list(struct(of), 16);

export const sync = union({
  hello: { topics: list(topic, 1024), quota: uint(), slots: list(known, 4096) },
  busy: {},
  compare: { salt: bytes(16), parts: parts({ topic, slot, ranges }) },
  ranges: { parts: parts({ ranges, getting: bool }) },
  want: { parts: parts({ topic, slot, ids: bstr(1024 * 12) }) },
  frames: { parts: parts({ done: uint(1024), frames }) },
  give: { parts: parts({ topic, slot, frames }) },
  took: { more: bool },
  bye: { complete: bool },
});

/** An id as it stands in ranges and wants. */
export const salted = (salt: Uint8Array, id: Uint8Array): Uint8Array =>
  H(label("catch-up id"), salt, id).subarray(0, 12);

/** What a neighbour sees, for the doctor. */
export const look = struct({
  now: uint(),
  multicast: bool,
  back: word("untried", "open", "refused", "silent", "unreachable"),
  others: list(text(60), 4),
});

export const peers = struct({
  pages: list(text(80), 32),
  hubs: list(struct({ peer: text(80), address: text(120) }), 16),
  peers: list(struct({ peer: text(80), address: text(120) }), 16),
});
