/** Vectors of what devices of one person say, of links between devices, and of streams between neighbours. */
import { lineShape } from "../../src/messenger/lines.ts";
import { presenceAnswers } from "../../src/messenger/presenceFrame.ts";
import { peersMessage } from "../../src/net/peersMessage.ts";
import { lookMessage } from "../../src/net/look.ts";
import { syncMessage } from "../../src/net/syncMessages.ts";
import { codec, utf8 } from "../../src/protocol/codec.ts";
import { MAX_CONTENT } from "../../src/protocol/limits.ts";
import { linkFrames, linkGrants, linkHellos, linkReplies } from "../../src/protocol/link.ts";
import { ownFrames, stampOf } from "../../src/protocol/own.ts";
import type { Person } from "../protocol/room.ts";
import { address, bytesOf, chain, device, group, key, member, message, nonce, of, op, person, prekey, signature, time, words, type Entry } from "./entries.ts";

export const deviceEntries = ({ self, card, ops }: Person): readonly Entry[] => {
  const value = { name: "couloir/profile", time, device, value: JSON.stringify(words) };
  const own = (name: string, body: Parameters<typeof ownFrames.encode>[0]): Entry => of(`own ${name}`, ownFrames, body);
  const link = (name: string, body: Parameters<typeof linkFrames.encode>[0]): Entry =>
    of(`link ${name}`, linkFrames, body);
  const sealed = { chain, index: 5, heads: [op] };
  const line = {
    message,
    time,
    author: member,
    person,
    ...sealed,
    again: [{ ...sealed, index: 6 }],
    content: utf8("content"),
    parents: [{ message, time: time - 1 }],
    audience: [person],
    reached: [person],
    read: [],
    key: new Uint8Array(32),
    granted: true,
    changed: true,
    gone: { how: "withdrawn", at: time },
  } as const;
  return [
    own("values", { kind: "values", entries: [value] }),
    own("have", { kind: "have", stamps: [stampOf(value)] }),
    own("places", { kind: "places", places: [{ group, member }] }),
    own("ask", { kind: "ask", group, author: member, member, prekey, proof: signature }),
    own("seated", { kind: "seated", group, ops: [ops[0]!.bytes], part: 0, parts: 1 }),
    own("lines", { kind: "lines", to: device, group, lines: [utf8("a line")] }),
    of("line", codec(lineShape, MAX_CONTENT), line),
    of("link hello", linkHellos, { key }),
    of("link reply", linkReplies, { key, nonce, name: "Phone", guest: true, signature }),
    link("about", { kind: "about", person, ...words }),
    link("list", { kind: "list", devices: self.devices, group, author: member, guest: false }),
    link("agreed", { kind: "agreed" }),
    link("refused", { kind: "refused" }),
    link("seat", { kind: "seat", card: card.bytes, member, prekey, proof: signature }),
    link("grant", { kind: "grant", part: 0, parts: 1, bytes: utf8("a part") }),
    link("done", { kind: "done" }),
    of("link grant whole", linkGrants, {
      root: key,
      ...words,
      ops: [ops[0]!.bytes],
      places: [{ group, member }],
      contacts: [{ card: card.bytes, blocked: true }],
    }),
  ];
};

export const syncEntries = (): readonly Entry[] => {
  const sync = (name: string, value: Parameters<typeof syncMessage.encode>[0]): Entry =>
    of(`sync ${name}`, syncMessage, value);
  const topic = "couloir/1/0123456789abcdef";
  const [fingerprint, to] = [bytesOf("fingerprint")(16), bytesOf("bound")(2)];
  const slot = { topic, slot: 1072 };
  const ranges = [
    { kind: "skip", to: Uint8Array.of(0x20) },
    { kind: "fingerprint", to: Uint8Array.of(0x40), value: fingerprint },
    { kind: "list", to: Uint8Array.of(0x41, ...to) },
    { kind: "ids", ids: bytesOf("ids")(24) },
  ] as const;
  return [
    sync("hello", {
      kind: "hello",
      topics: [topic],
      quota: 268_435_456,
      slots: [{ topic: 0, slot: 1072, count: 3, fingerprint, closed: false }],
    }),
    sync("busy", { kind: "busy" }),
    sync("compare", {
      kind: "compare",
      salt: nonce,
      parts: [
        { ...slot, ranges },
        { ...slot, slot: 1071, ranges: ranges.slice(0, 2) },
      ],
    }),
    sync("ranges", {
      kind: "ranges",
      parts: [
        { ranges, getting: false },
        { ranges: [{ kind: "skip" }], getting: true },
      ],
    }),
    sync("want", { kind: "want", parts: [{ ...slot, ids: bytesOf("ids")(24) }] }),
    sync("frames", { kind: "frames", parts: [{ done: 2, frames: [bytesOf("frame")(256)] }] }),
    sync("give", { kind: "give", parts: [{ ...slot, frames: [bytesOf("frame")(256)] }] }),
    sync("took", { kind: "took", more: true }),
    sync("bye", { kind: "bye", complete: true }),
    of("peers", peersMessage, {
      pages: ["12D3KooWPage"],
      hubs: [{ peer: "12D3KooWHub", address: `${address}/ws` }],
      peers: [{ peer: "12D3KooWDaemon", address }],
    }),
    of("presence answer", presenceAnswers, { frames: [{ age: 2500, frame: bytesOf("frame")(256) }] }),
    of("look", lookMessage, { now: 1_790_000_000_000, multicast: true, back: "silent", others: [address] }),
  ];
};
