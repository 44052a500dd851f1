/** Decoders of files and of HTTP bodies; for the table in `everyDecoder.ts`. */
import { readHead } from "../../src/daemon/headedBody.ts";
import * as schemas from "../../src/daemon/schemas.ts";
import { utf8 } from "../../src/protocol/codec.ts";
import { isListOf, openChunk, rootOf, sealChunk } from "../../src/protocol/file.ts";
import { pictureHeader } from "../../web/app/photo/header.ts";
import { askHub } from "../../web/peer/hubs.ts";
import { exifApp1, gif, jpegHeader, pngHeader, webpExtended, withSegments } from "../photo/pictures.ts";
import { seeded } from "../protocol/seeded.ts";
import type { Decoder } from "./everyDecoder.ts";

const random = seeded("decoders of files");

const fileParts = (): readonly Decoder[] => {
  const plain = new Uint8Array(900).fill(1);
  const secret = { key: random(32), size: plain.length };
  const chunk = sealChunk(secret, 0, plain);
  const list = random(32);
  const file = { ...secret, root: rootOf(list) };
  return [
    { name: "chunk list", seeds: [list], decode: (given) => isListOf(file, given) },
    { name: "chunk", seeds: [chunk], decode: (given) => openChunk(file, 0, given) },
    {
      name: "picture's header",
      seeds: [
        withSegments(jpegHeader(640, 480), exifApp1({ order: "II", gps: true, orientation: 6 })),
        pngHeader(3, 4),
        webpExtended(12, 34),
        gif(20, 10),
      ],
      decode: pictureHeader,
    },
  ];
};

const bodies = (): readonly Decoder[] => {
  const id = "ab".repeat(32);
  const picture = { width: 3, height: 4, thumbnail: "AAAA" };
  const shapes: readonly (readonly [string, Parameters<typeof schemas.parse>[0], unknown])[] = [
    ["profile", schemas.profileBody, { name: "Ana", flag: "FR", delegation: "Mission" }],
    ["caucus", schemas.createBody, { name: "Corridor", open: true, with: [id] }],
    ["invite", schemas.inviteBody, { uses: 3, ttl: 5000, approval: true }],
    ["join", schemas.joinBody, { code: "couloir:x", wait: 5 }],
    ["send", schemas.sendBody, { text: "hello", reply: id.slice(32), nonce: id.slice(32) }],
    ["react", schemas.reactBody, { emoji: "🤝" }],
    ["file", schemas.fileHead, { name: "a.jpg", type: "image/jpeg", size: 3, text: "t", picture }],
    ["passphrase", schemas.passphraseBody, { passphrase: "words" }],
    ["wipe", schemas.wipeBody, { yes: true }],
    ["remember", schemas.rememberBody, { value: { a: [1, "x", null] } }],
  ];
  const json = (given: Uint8Array): { readonly value: unknown } | undefined => {
    try {
      return { value: JSON.parse(new TextDecoder().decode(given)) };
    } catch {
      return undefined;
    }
  };
  const card = {
    peerId: "12D3KooWGzBXWNvHpLALvc3jRhyQVmXYdzpMqBnRQ",
    name: "Hub",
    venue: "couloir",
    urls: ["http://10.0.0.1"],
  };
  return [
    ...shapes.map(([name, schema, good]): Decoder => ({
      name: `body: ${name}`,
      seeds: [utf8(JSON.stringify(good))],
      decode: (given) => {
        const read = json(given);
        return read && schemas.parse(schema, read.value);
      },
      speaks: true,
    })),
    {
      name: "body with a head",
      seeds: [utf8('{"name":"a"}\nbytes')],
      decode: async (given) => {
        const { rest } = await readHead(new Response(new Uint8Array(given)).body, 300);
        let bytes = 0;
        for await (const part of rest) bytes += part.length;
        return bytes;
      },
      speaks: true,
    },
    {
      name: "hub.json",
      seeds: [utf8(JSON.stringify(card))],
      decode: (given) => askHub("http://10.0.0.1:8020", async () => new Response(new Uint8Array(given))),
    },
  ];
};

/** Chunks, pictures, and what comes to a daemon's or from a hub's HTTP server. */
export const decodersOfFiles = (): readonly Decoder[] => [...fileParts(), ...bodies()];
