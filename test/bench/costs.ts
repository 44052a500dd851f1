/** What a message, a rotation and a newcomer cost in bytes and in time, for groups of several sizes. Nothing here needs Node. */
import { hex } from "../../src/protocol/codec.ts";
import { answers, hails, welcomes } from "../../src/protocol/control.ts";
import { Dag } from "../../src/protocol/dag.ts";
import { openEnvelope, sealEnvelope, slotFor } from "../../src/protocol/envelope.ts";
import { openBox, sealBox } from "../../src/protocol/hpke.ts";
import { withVerdicts } from "../../src/protocol/lateEngine.ts";
import { label } from "../../src/protocol/primitives.ts";
import { admitAll } from "../../src/protocol/proving.ts";
import { resolve } from "../../src/protocol/resolve.ts";
import { chunked, rotate } from "../../src/protocol/sending.ts";
import type { Tag } from "../../src/types.ts";
import { meet, NOW, Person, room, seeded } from "../protocol/room.ts";

/** The sizes that are measured, in members of one device each. */
export const SIZES = [10, 50, 150] as const;
/** Characters of a text. */
const TEXT = 200;
const MESSAGES = 125;
const BATCH = 25;
/** Rotations, of which the middle one counts: other things run beside. */
const ROTATIONS = 5;

/** Milliseconds since some moment: of a processor's time where a host tells it, for other things run beside. */
let clock = (): number => performance.now();
export const measureBy = (by: () => number): void => {
  clock = by;
};

/** Bytes of all frames, and milliseconds. */
export interface Costs {
  readonly members: number;
  readonly send: { readonly bytes: number; readonly seal: number; readonly open: number };
  /** A new chain for the view as it was; for one of those served. */
  readonly rotation: { readonly bytes: number; readonly seal: number; readonly open: number };
  /** What one member answers and the newcomer reads; what the newcomer sends until their first word has a key. */
  readonly join: {
    readonly answer: number;
    readonly seal: number;
    readonly read: number;
    readonly bytes: number;
    readonly chain: number;
  };
}

const middle = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
const sum = (frames: readonly Uint8Array[]): number => frames.reduce((bytes, frame) => bytes + frame.length, 0);
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `Delegate ${i}`);

/** A group of so many, whose first two have a chain of their own. */
export const group = async (members: number): Promise<readonly [Person, Person, ...Person[]]> => {
  const people = room(names(members)) as unknown as readonly [Person, Person, ...Person[]];
  const [ana, bo] = people;
  await bo.follow(await ana.rotate());
  await ana.follow(await bo.rotate());
  return people;
};

/** The frames of one more chain of a device, and the time that they took. */
export const rotation = async (by: Person): Promise<{ readonly bytes: number; readonly ms: number }> => {
  const since = clock();
  const { state, frames } = await rotate(by.state, by.context);
  const ms = clock() - since;
  by.state = state;
  return { bytes: sum(frames), ms };
};

const sending = async (ana: Person, bo: Person): Promise<Costs["send"]> => {
  const text = "a".repeat(TEXT);
  // Not timed: what a first call costs.
  bo.hear(ana.chain, 0, ana.say(text).frame);
  const seals: number[] = [];
  const opens: number[] = [];
  let bytes = 0;
  for (let at = 1; at < MESSAGES; at += BATCH) {
    const began = clock();
    const frames = Array.from({ length: BATCH }, () => ana.say(text).frame);
    const between = clock();
    for (const [i, frame] of frames.entries())
      if ((await withVerdicts(() => bo.hear(ana.chain, at + i, frame))).kind !== "message")
        throw new Error("did not open");
    seals.push((between - began) / BATCH);
    opens.push((clock() - between) / BATCH);
    bytes = frames[0]?.length ?? 0;
  }
  return { bytes, seal: middle(seals), open: middle(opens) };
};

const joining = async (ana: Person, size: number): Promise<Costs["join"]> => {
  const random = seeded(`newcomer to ${size}`);
  const newcomer = new Person("Newcomer", random);
  const invite = ana.invite();
  const { number, key } = newcomer.card.prekey;
  const at = { key: random(32), tag: hex(random(16)) as Tag };
  const options = { slot: slotFor(NOW), random, context: label("hail") };
  const info = label("answer box");

  let since = clock();
  const lists = chunked(ana.ops);
  const frames: Uint8Array[] = [];
  for (const [part, ops] of lists.entries()) {
    const welcome = welcomes.encode({
      group: ana.state.group,
      ops,
      from: ana.member,
      attestation: random(16),
      invite: invite.id,
      part,
      parts: lists.length,
    });
    const box = (await sealBox(key, welcome, { info, ikm: random(32) })) as Uint8Array;
    frames.push(sealEnvelope(at, answers.encode({ kind: "welcome", prekey: number, box }), options));
  }
  const seal = clock() - since;

  since = clock();
  const dag = new Dag();
  const secret = newcomer.self.prekeys[0]?.secret as Uint8Array;
  for (const frame of frames) {
    const answer = answers.decode(openEnvelope(at.key, frame, options.context) as Uint8Array);
    const plain = answer?.kind === "welcome" ? await openBox(secret, answer.box, { info }) : undefined;
    await admitAll(dag, (plain && welcomes.decode(plain))?.ops ?? []);
  }
  if (resolve(dag)?.members.size !== size) throw new Error("the welcome is not whole");
  const read = clock() - since;

  const op = newcomer.join(invite, ana.ops);
  const joined = sealEnvelope(at, hails.encode({ kind: "joined", ops: [op.bytes] }), options);
  const first = await rotation(newcomer);
  meet(ana, newcomer);
  return { answer: sum(frames), seal, read, bytes: joined.length + first.bytes, chain: first.ms };
};

/** Measures a group of one size. */
export const costsOf = async (members: number): Promise<Costs> => {
  const [ana, bo] = await group(members);
  const send = await sending(ana, bo);
  const made: { readonly bytes: number; readonly ms: number }[] = [];
  const opened: number[] = [];
  for (let i = 0; i < ROTATIONS; i++) {
    made.push(await rotation(ana));
    const since = clock();
    if ((await bo.follow(ana.distribution)).kind !== "chain") throw new Error("the chain did not open");
    opened.push(clock() - since);
  }
  return {
    members,
    send,
    rotation: {
      bytes: made[0]?.bytes ?? 0,
      seal: middle(made.map(({ ms }) => ms)),
      open: middle(opened),
    },
    join: await joining(ana, members),
  };
};
