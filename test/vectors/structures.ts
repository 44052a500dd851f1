/** Vectors of every structure that travels: its fields as JSON (bytes in hex) beside its bytes. SPEC.md §18. */
import { contents } from "../../src/content/message.ts";
import { makeRecord, readRecord } from "../../src/content/record.ts";
import { makeChecked, readChecked } from "../../src/protocol/checked.ts";
import { fromCbor, hex, unhex, utf8 } from "../../src/protocol/codec.ts";
import { answers, controls, hails, opLists, placedMessages, signedBodies, welcomes } from "../../src/protocol/control.ts";
import { deviceLists, nextList } from "../../src/protocol/devices.ts";
import { distributions, openWhole } from "../../src/protocol/distribution.ts";
import { requests } from "../../src/protocol/request.ts";
import { makeCard } from "../../src/protocol/identity.ts";
import type { OpBody } from "../../src/protocol/membership.ts";
import { makeOp, proveUnseat } from "../../src/protocol/membership.ts";
import { proofs, readProof, saidOf } from "../../src/protocol/proof.ts";
import { NOW, type Person, room } from "../protocol/room.ts";
import { acks, address, bytesOf, chain, device, entry, group, id, key, member, message, nonce, of, op, person, plain, prekey, signature, tag, time, words, type Entry, type Json } from "./entries.ts";
import { deviceEntries, syncEntries } from "./meshStructures.ts";

/** A body, as its reader sees it, beside the whole signed bytes. */
const signedEntry = (name: string, body: unknown, bytes: Uint8Array): Entry =>
  entry(name, { ...(body as object), signature: (fromCbor(bytes) as readonly unknown[])[1] }, bytes);

const identityEntries = ({ self, card }: Person): readonly Entry[] => {
  const revokes = nextList(self.devices, self.person.secret!, { revoke: [device] })!;
  const guest = makeCard({ ...self, guest: true }, words, NOW).bytes;
  const raw = (bytes: Uint8Array): unknown => fromCbor((fromCbor(bytes) as readonly Uint8Array[])[0]!);
  return [
    signedEntry("device list", deviceLists.open(self.devices)!.body, self.devices),
    signedEntry("device list that revokes", deviceLists.open(revokes)!.body, revokes),
    entry("card", { body: raw(card.bytes) }, card.bytes),
    entry("card of a guest", { body: raw(guest) }, guest),
  ];
};

/** Each kind on one parent, signed; whether it is permitted there is another matter. */
const operationEntries = ({ self, card, state }: Person): readonly Entry[] => {
  const cut = [{ chain, count: 7 }];
  const policy = { open: true, direct: false, invite: "admins", guests: "refuse", lasts: 28_800 } as const;
  const byCode = { key, role: "member", uses: 3, expires: time, approval: true, history: "last", last: 50 } as const;
  const devices = nextList(self.devices, self.person.secret!, { revoke: [device] })!;
  const by = { group, parents: [op], author: state.seat.member, devices };
  const unseatProof = proveUnseat(self.person.secret!, by);
  const bodies: readonly OpBody[] = [
    { kind: "create", nonce, name: "Corridor", bucket: nonce, policy, card: card.bytes, prekey },
    { kind: "invite", ...byCode, hail: key },
    { kind: "join", invite: op, card: card.bytes, prekey, proof: signature },
    { kind: "admit", invite: op, member, person },
    { kind: "remove", person, members: [member], invites: [op], cut },
    { kind: "leave", cut: [] },
    { kind: "role", member, role: "admin" },
    { kind: "revoke", invite: op },
    { kind: "rekey" },
    { kind: "policy", policy },
    { kind: "device", member, card: card.bytes, prekey, proof: signature },
    { kind: "motion", line: member, to: "out" },
    { kind: "unseat", devices, members: [member], cut, proof: unseatProof },
  ];
  return bodies.map((body) => {
    const place = body.kind === "create" ? { parents: [], seq: 0 } : { group, parents: [op], seq: 4 };
    const made = makeOp({ ...place, at: time, body }, state.seat.secret);
    return entry(`operation ${body.kind}`, { id: made.id, ...made.op }, made.bytes);
  });
};

const placed = { index: 5, nonce, time, parents: [{ message, time: time - 1 }], acks, content: utf8("content") };

const controlEntries = ({ self, ops }: Person): readonly Entry[] => {
  const control = (name: string, value: Parameters<typeof controls.encode>[0]): Entry =>
    of(`control ${name}`, controls, value);
  const compare = { kind: "compare", session: id<string>("session", 16) } as const;
  const roomWord = { kind: "room", round: id<string>("round", 16) } as const;
  const commit = bytesOf("commit")(32);
  const signed = { slot: 1072, body: bytesOf("signed body")(40) };
  const handed = [{ index: 3, tag, key, signed }, { index: 4, tag, key }];
  const place = { time, message };
  const cipher = { name: bytesOf("cipher name")(16), cipher: bytesOf("cipher")(1120) };
  return [
    of("message", placedMessages, placed),
    of("message that does not stay", placedMessages, { ...placed, lasts: 3600 }),
    of("signed body", signedBodies, { body: utf8("body"), signature }),
    of("sealed operations", opLists, [ops[0]!.bytes]),
    control("distribution", { kind: "distribution", distribution: utf8("a distribution"), ops: [ops[0]!.bytes] }),
    control("ops", { kind: "ops", ops: [ops[0]!.bytes] }),
    control("pointer", { kind: "pointer", tag, key }),
    control("acks", { kind: "acks", acks, heads: [op] }),
    control("want", { kind: "want", heads: [op], chains: [chain] }),
    control("box", { kind: "box", distribution: utf8("a head"), box: bytesOf("box")(105) }),
    control("keys", {
      kind: "keys",
      chains: [{ head: utf8("a head"), keys: handed }],
      grant: { after: place, to: { ...place, time: time + 1 }, more: true },
    }),
    control("prekey", { kind: "prekey", prekey }),
    control("holds", { kind: "holds", files: [id("file", 16)], addresses: [address] }),
    control("seek", { kind: "seek", files: [id("file", 16)] }),
    control("proof", { kind: "proof", proof: bytesOf("proof")(40) }),
    control("given", { kind: "given", member, chains: [chain] }),
    control("recall", { kind: "recall", after: place }),
    control("kem", { kind: "kem", key: bytesOf("kem")(1216), wanted: [nonce], ciphers: [cipher], got: [nonce] }),
    control("compare commit", { ...compare, say: { kind: "commit", commit, list: self.devices, until: time } }),
    control("compare nonce", { ...compare, say: { kind: "nonce", nonce: key, list: self.devices } }),
    control("compare reveal", { ...compare, say: { kind: "reveal", nonce: key } }),
    control("compare stop", { ...compare, say: { kind: "stop" } }),
    control("room commit", { ...roomWord, say: { kind: "commit", startedBy: member, commit, until: time } }),
    control("room close", { ...roomWord, say: { kind: "close", members: [member] } }),
    control("room open", { ...roomWord, say: { kind: "open", nonce: key, digest: commit } }),
    control("room stop", { ...roomWord, say: { kind: "stop" } }),
    control("vouch", { kind: "vouch", vouches: [{ person, devices: [device], at: time }] }),
    control("own", { kind: "own", body: utf8("a frame among devices") }),
    control("declined", { kind: "declined", invite: op, member }),
    control("successor", { kind: "successor", distribution: utf8("a distribution"), nonce: bytesOf("nonce of operations")(24), ops: utf8("sealed") }),
  ];
};

/** Two of everything that one key signs once, as one who holds that key can make them. */
const proofEntries = async (ana: Person): Promise<readonly Entry[]> => {
  const distribution = await ana.rotate();
  const { head, body } = openWhole(distribution)!;
  const second = distributions.sign({ ...body, startedAt: body.startedAt + 1 }, ana.state.seat.secret).bytes;
  const before = ana.state;
  const [one, other] = ["yes", "no"].map((text) => {
    ana.state = before;
    const { placed: said, original } = ana.say(text, nonce);
    return { tag: original.tag, said: saidOf(placedMessages.encode(said), original.slot, original.signature) };
  });
  const { seat, view } = before;
  const [left, right] = ([{ kind: "rekey" }, { kind: "leave", cut: [] }] as const).map((said) =>
    makeOp({ group: before.group, parents: view.heads, seq: 2, at: NOW, body: said }, seat.secret),
  );
  const all = [
    of("proof messages", proofs, { kind: "messages", head, tag: one!.tag, first: one!.said, second: other!.said }),
    of("proof chains", proofs, { kind: "chains", first: head, second }),
    of("proof operations", proofs, { kind: "operations", first: left!.bytes, second: right!.bytes }),
  ];
  return all.map(([name, { value, bytes }]) => {
    const proved = readProof(unhex(bytes));
    return [name, { value: { ...(value as object), proves: plain(proved) }, bytes }];
  });
};

const comingEntries = ({ card, ops }: Person): readonly Entry[] => [
  of("welcome", welcomes, {
    group,
    ops: [ops[0]!.bytes],
    from: member,
    attestation: nonce,
    invite: op,
    part: 0,
    parts: 1,
    secret: key,
  }),
  of("hail ask", hails, { kind: "ask", card: card.bytes, member, proof: signature }),
  of("hail joined", hails, { kind: "joined", ops: [ops[0]!.bytes] }),
  of("answer welcome", answers, { kind: "welcome", prekey: 7, box: bytesOf("box")(80) }),
  of("answer refused", answers, { kind: "refused", reason: 2 }),
  of("answer wait", answers, { kind: "wait" }),
];

const checkedEntry = ({ self, card, person }: Person): Entry => {
  const said = { device: card.device, person, at: time, by: "emoji", name: words.name, list: self.devices } as const;
  const checked = makeChecked(said, self.device.secret);
  return signedEntry("checked", readChecked(checked), checked);
};

const contentEntries = ({ self }: Person): readonly Entry[] => {
  const said = { person: hex(self.person.public) as never, group, nonce, at: time, text: "We agree.", reply: message };
  const record = makeRecord(said, self.person.secret!);
  const terms = { needs: 15, delegations: ["KE", "BR"], closed: false };
  const plan = { place: "Corridor B", starts: time, minutes: 10, off: false };
  const ana = { person: hex(self.person.public) as never, as: "Ana" };
  const told = { by: "BR", to: hex(self.person.public) as never };
  const picture = { width: 1600, height: 1200, thumbnail: utf8("thumbnail") };
  const voice = { length: 61_000, bars: new Uint8Array(64).fill(7) };
  const together = "0123456789abcdef";
  const file = { name: "draft.jpg", type: "image/jpeg", size: 128_005, key, root: key, picture };
  return [
    of("content text", contents, { kind: "text", text: "Speak in support of X: 🕊️", reply: message }),
    of("content reaction", contents, { kind: "reaction", emoji: "🤝", to: message }),
    of("content file", contents, { kind: "file", ...file, text: "page 3", reply: message, together, voice, once: true }),
    of("content pin", contents, { kind: "pin", to: message, on: true }),
    of("content record", contents, { kind: "record", record }),
    of("content call", contents, { kind: "call", act: "support", text: "paragraph 4", seconds: 90 }),
    of("content answer", contents, { kind: "answer", to: message, answer: "has" }),
    of("content board", contents, { kind: "board", text: "“should” for “shall”", terms }),
    of("content terms", contents, { kind: "terms", to: message, terms: { ...terms, closed: true } }),
    of("content stand", contents, { kind: "stand", to: message, delegation: "CL", stand: "awaiting", told, due: time }),
    of("content asking", contents, { kind: "asking", to: message, delegation: "CL", on: true }),
    of("content huddle", contents, { kind: "huddle", text: "who speaks", plan }),
    of("content plan", contents, { kind: "plan", to: message, plan: { ...plan, off: true } }),
    of("content rollCall", contents, { kind: "rollCall", text: "Be in the room at 15:50.", again: message }),
    of("content naming", contents, {
      kind: "naming",
      text: "@Ana and @Chen, in support of X",
      reply: message,
      mentions: [ana],
    }),
    of("content revise", contents, { kind: "revise", to: message, text: "@Ana alone", mentions: [ana] }),
    of("content withdraw", contents, { kind: "withdraw", to: message }),
    signedEntry("record", readRecord(record), record),
    of("request list", requests, { kind: "list", salt: nonce, name: nonce }),
    of("request chunks", requests, { kind: "chunks", salt: nonce, name: nonce, from: 3124, count: 3125 }),
    of("request here", requests, { kind: "here", salt: nonce, known: utf8("marks!") }),
  ];
};

/** By name. */
export const structureVectors = async (): Promise<Readonly<Record<string, Json>>> => {
  const [ana] = room(["Vector Ana", "Vector Bo"]) as readonly [Person, Person];
  const { head } = openWhole(await ana.rotate())!;
  return Object.fromEntries([
    ...identityEntries(ana),
    signedEntry("distribution", distributions.open(head)!.body, ana.distribution),
    ...operationEntries(ana),
    ...controlEntries(ana),
    ...(await proofEntries(ana)),
    ...comingEntries(ana),
    ...contentEntries(ana),
    ...deviceEntries(ana),
    checkedEntry(ana),
    ...syncEntries(),
  ]);
};
