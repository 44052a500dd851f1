/**
 * Every decoder that takes bytes of others, in one table, with good bytes to begin from. What lies sealed is altered
 * inside and sealed again, for whoever has a key may mean harm as well.
 */
import type { Connection, Stream } from "@libp2p/interface";
import { writeCode } from "../../src/messenger/inviteCode.ts";
import { readMailFile } from "../../src/messenger/mailFile.ts";
import { answerHeartbeat } from "../../src/net/alive.ts";
import { peersMessage } from "../../src/net/peersMessage.ts";
import { lookMessage } from "../../src/net/look.ts";
import { readShortCode } from "../../src/net/shortCode.ts";
import { streamChannel } from "../../src/net/streamChannel.ts";
import { syncMessage, type SyncMessage } from "../../src/net/syncMessages.ts";
import { typedAddresses } from "../../src/net/typedAddress.ts";
import { venueHello, venueProofMessage } from "../../src/net/venueMessages.ts";
import { concat, hex, unhex, utf8 } from "../../src/protocol/codec.ts";
import {
  isEnvelope,
  openEnvelope,
  openHello,
  readHeader,
  sealEnvelope,
  sealHello,
  slotFor,
} from "../../src/protocol/envelope.ts";
import { newPrekey } from "../../src/protocol/identity.ts";
import { label, seal } from "../../src/protocol/primitives.ts";
import { readVenueCode, writeVenueCode } from "../../src/protocol/venue.ts";
import { answerRanges, idSet, openRanges, packNames, takeRanges } from "../../src/protocol/reconcile.ts";
import type { Clock, GroupId, Tag, Topic } from "../../src/types.ts";
import { NOW, seeded } from "../protocol/room.ts";
import { samples } from "../protocol/samples.ts";
import { decodersOfFiles } from "./decodersOfFiles.ts";
import { decodersOfPeople } from "./decodersOfPeople.ts";

/** One decoder. */
export interface Decoder {
  readonly name: string;
  /** Good bytes, of every kind that it takes. */
  readonly seeds: readonly Uint8Array[];
  /** Must not throw but a `CouloirError`, and that only where it speaks to a person. */
  readonly decode: (bytes: Uint8Array) => unknown;
  readonly speaks?: true;
  /** What it reads, written again: the same bytes. */
  readonly write?: (value: never) => Uint8Array;
}

const random = seeded("every decoder");
const key = { key: random(32), tag: hex(random(16)) as Tag };
const slot = slotFor(NOW);
const topic = "couloir/1/0011223344556677" as Topic;

const envelopes = async (): Promise<readonly Decoder[]> => {
  const context = label("control");
  const prekey = newPrekey(1, random);
  const frame = sealEnvelope(key, utf8("plain"), { slot, random, context });
  const hello = (await sealHello(prekey.key, utf8("first contact"), { slot, random })) as Uint8Array;
  return [
    { name: "envelope header", seeds: [frame, hello], decode: (given) => [isEnvelope(given), readHeader(given, NOW)] },
    { name: "envelope, opened", seeds: [frame], decode: (given) => openEnvelope(key.key, given, context) },
    { name: "first contact, opened", seeds: [hello], decode: (given) => openHello(prekey.secret, given) },
    {
      name: "padding",
      seeds: [concat(new Uint8Array(3), Uint8Array.of(5), utf8("plain"), new Uint8Array(184))],
      // Sealed by hand: whoever has the key pads as they like.
      decode: (given) => {
        const header = frame.subarray(0, 19);
        const box = seal(key.key, frame.subarray(19, 43), given, concat(header, context));
        return openEnvelope(key.key, concat(frame.subarray(0, 43), box), context);
      },
    },
  ];
};

const syncing = (): readonly Decoder[] => {
  const ids = Array.from({ length: 90 }, () => random(32));
  const set = idSet(ids);
  const other = idSet(ids.slice(3));
  const ranges = openRanges(set, 4096);
  const answer = answerRanges(other, ranges, 4096) ?? [];
  const frames = [random(256), random(256)];
  const messages: readonly SyncMessage[] = [
    {
      kind: "hello",
      topics: [topic],
      quota: 9,
      slots: [{ topic: 0, slot: 3, count: 2, fingerprint: random(16), closed: false }],
    },
    { kind: "busy" },
    { kind: "compare", salt: random(16), parts: [{ topic, slot: 3, ranges }] },
    { kind: "ranges", parts: [{ ranges: answer, getting: false }] },
    { kind: "want", parts: [{ topic, slot: 3, ids: packNames(ids.slice(0, 3)) }] },
    { kind: "frames", parts: [{ done: 2, frames }] },
    { kind: "give", parts: [{ topic, slot: 3, frames }] },
    { kind: "took", more: true },
    { kind: "bye", complete: true },
  ];
  const take = (given: Uint8Array): unknown => {
    const message = syncMessage.decode(given);
    // Ranges are acted upon as well, on both sides.
    if (message?.kind === "compare") for (const one of message.parts) answerRanges(set, one.ranges, 4096);
    if (message?.kind === "ranges") for (const one of message.parts) takeRanges(set, one.ranges, 4096);
    return message;
  };
  const write = (message: SyncMessage): Uint8Array => syncMessage.encode(message);
  return [{ name: "catch-up", seeds: messages.map((one) => syncMessage.encode(one)), decode: take, write }];
};

/** A stream that somebody else fills. */
const fakeStream = (): Stream & { come(bytes: Uint8Array): void } => {
  const events = new EventTarget();
  const stream = Object.assign(events, {
    status: "open",
    readStatus: "readable",
    writeStatus: "writable",
    writeBufferLength: 0,
    readBufferLength: 0,
    readableEnded: false,
    send: () => true,
    pause: () => undefined,
    resume: () => undefined,
    come: (data: Uint8Array) => void events.dispatchEvent(Object.assign(new Event("message"), { data })),
  });
  return stream as unknown as Stream & { come(bytes: Uint8Array): void };
};

const streams = (): readonly Decoder[] => {
  const clock: Clock = { now: () => 0, after: () => () => undefined };
  const noHooks = { onSign: () => undefined, onEnough: () => undefined };
  return [
    {
      name: "messages of a stream",
      seeds: [
        concat(Uint8Array.of(5), utf8("12345"), Uint8Array.of(0, 2), utf8("ab")),
        Uint8Array.of(0xff, 0xff, 3, 1),
      ],
      decode: async (given) => {
        const stream = fakeStream();
        const channel = streamChannel(stream, 4096);
        for (let at = 0; at < given.length; at += 50_000) stream.come(given.subarray(at, at + 50_000));
        stream.dispatchEvent(new Event("end"));
        const out: Uint8Array[] = [];
        // A length that is none ends the stream, which its owner is told by an error. Nobody reads on for ever.
        const read = async (): Promise<void> => {
          for (let next = await channel.receive(); next && out.length < 64; next = await channel.receive())
            out.push(next);
        };
        await read().catch(() => undefined);
        return out;
      },
    },
    {
      name: "heartbeat",
      seeds: [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)],
      decode: (given) => {
        const stream = fakeStream();
        answerHeartbeat(stream, {} as Connection, clock, noHooks);
        stream.come(given);
        return stream.status;
      },
    },
    {
      name: "peers",
      seeds: [
        peersMessage.encode({
          pages: ["12D3KooWA"],
          hubs: [{ peer: "12D3KooWB", address: "/ip4/10.0.0.1/tcp/1" }],
          peers: [],
        }),
      ],
      decode: (given) => peersMessage.decode(given),
      write: (value) => peersMessage.encode(value),
    },
    {
      name: "look",
      seeds: [lookMessage.encode({ now: NOW, multicast: true, back: "open", others: ["/ip4/10.0.0.1/tcp/1"] })],
      decode: (given) => lookMessage.decode(given),
      write: (value) => lookMessage.encode(value),
    },
    {
      name: "short code",
      seeds: ["G82G-0JXQ", "FZZQX-XB556", "Y208-0G28-95SZ"].map(utf8),
      decode: (given) => readShortCode(new TextDecoder().decode(given)),
    },
    {
      name: "typed address",
      seeds: ["hub.example:8020", "/ip4/10.0.0.1/tcp/1/ws", "http://10.0.0.1:8020/#x"].map(utf8),
      decode: (given) => typedAddresses(new TextDecoder().decode(given)),
    },
  ];
};

const venues = (): readonly Decoder[] => {
  const told = { name: "couloir", buckets: 8, key: random(16), hubs: ["/ip4/10.0.0.1/tcp/8020/ws"] };
  const frame = concat(Uint8Array.of(1, 0, 0), random(253));
  return [
    {
      name: "venue code",
      seeds: [utf8(writeVenueCode(told))],
      decode: (given) => readVenueCode(new TextDecoder().decode(given)),
      speaks: true,
    },
    {
      name: "venue hello",
      seeds: [venueHello.encode({ mark: random(8), buckets: 8, keyed: true, nonce: random(32) })],
      decode: (given) => venueHello.decode(given),
      write: (value) => venueHello.encode(value),
    },
    {
      name: "venue proof",
      seeds: [venueProofMessage.encode({ proof: random(32) })],
      decode: (given) => venueProofMessage.decode(given),
      write: (value) => venueProofMessage.encode(value),
    },
    {
      name: "file of mail",
      seeds: [
        concat(
          utf8("couloir mail 1\n"),
          Uint8Array.of(0),
          unhex(topic.slice(-16)),
          frame,
          Uint8Array.of(0xff, 0, 0, 0, 1),
        ),
      ],
      decode: async (given) => {
        const source = (async function* () {
          for (let at = 0; at < given.length; at += 5000) yield given.subarray(at, at + 5000);
        })();
        let count = 0;
        for await (const { frame: one } of readMailFile(source)) count += one.length;
        return count;
      },
      speaks: true,
    },
  ];
};

/** All of them. */
export const everyDecoder = async (): Promise<readonly Decoder[]> => {
  const wire = await samples();
  const code = utf8(
    writeCode({
      secret: random(16),
      group: "cd".repeat(32) as GroupId,
      expires: 1,
      venue: "",
      buckets: 1,
      addresses: [],
    }),
  );
  return [
    ...wire.map(({ name, bytes, read, write }) => ({
      name,
      seeds: name === "invite code" ? [bytes, code] : [bytes],
      decode: read,
      ...(write && { write }),
    })),
    ...(await envelopes()),
    ...syncing(),
    ...streams(),
    ...venues(),
    ...decodersOfFiles(),
    ...(await decodersOfPeople()),
  ];
};
