/** What two persons, or a room, read aloud: the same only where nothing was put between them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { hex } from "../../src/protocol/codec.ts";
import type { PairSession, RoomPart } from "../../src/protocol/compare.ts";
import { pairCommit, pairEmoji, roomCommit, roomEmoji } from "../../src/protocol/compare.ts";
import { listHash } from "../../src/protocol/devices.ts";
import type { RoomDevice } from "../../src/protocol/roomView.ts";
import { roomDigest } from "../../src/protocol/roomView.ts";
import type { DeviceId, GroupId, MemberId, PersonId } from "../../src/types.ts";
import { Person, seeded } from "./room.ts";

const random = seeded("compare");
const id = <T extends string>(length = 32): T => hex(random(length)) as T;
const [ana, bo, mallory] = ["Ana", "Bo", "Mallory"].map((name) => {
  const { person, self } = new Person(name);
  return { person, list: listHash(self.devices) };
}) as [PairSession["starter"], PairSession["starter"], PairSession["starter"]];

describe("seven emoji", () => {
  const base: PairSession = { group: id<GroupId>(), session: id(16), starter: ana, other: bo };
  const nonces = { starter: random(32), other: random(32) };

  it("are numbers below 64, of all 64, and the same for the same", () => {
    const all = new Set<number>();
    for (let i = 0; i < 200; i++) {
      const emoji = pairEmoji(base, { starter: random(32), other: random(32) });
      assert.equal(emoji.length, 7);
      for (const one of emoji) all.add(one);
    }
    assert.deepEqual(
      [...all].sort((a, b) => a - b),
      Array.from({ length: 64 }, (_, at) => at),
    );
    assert.deepEqual(pairEmoji(base, nonces), pairEmoji({ ...base }, { ...nonces }));
  });

  it("are others when anything that they stand for is another: persons, their devices, who asked, where, when", () => {
    const others: PairSession[] = [
      { ...base, group: id<GroupId>() },
      { ...base, session: id(16) },
      { ...base, starter: mallory },
      { ...base, other: mallory },
      { ...base, starter: { ...ana, list: random(32) } },
      { ...base, other: { ...bo, list: random(32) } },
      { ...base, starter: bo, other: ana },
    ];
    const seen = new Set([base, ...others].map((one) => pairEmoji(one, nonces).join()));
    assert.equal(seen.size, others.length + 1);
    assert.notDeepEqual(pairEmoji(base, { starter: nonces.other, other: nonces.starter }), pairEmoji(base, nonces));
  });

  it("cannot be steered by who sits between two (19: MITM/Sybil names)", () => {
    // Mallory is Bo to Ana and Ana to Bo. She may pass on any commitment and nonce, and choose her own once she has seen
    // what was sent before; what she committed to she cannot change.
    const withAna = (other: Uint8Array, starter: Uint8Array): string =>
      pairEmoji({ ...base, other: mallory }, { starter, other }).join();
    const withBo = (starter: Uint8Array, other: Uint8Array): string =>
      pairEmoji({ ...base, starter: mallory }, { starter, other }).join();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const draw = seeded(`mallory ${seed}`);
        const [ofAna, ofBo, own] = [draw(32), draw(32), draw(32)];
        const commits = {
          ana: hex(pairCommit({ ...base, other: mallory }, ofAna)),
          own: hex(pairCommit({ ...base, starter: mallory }, own)),
          passedOn: hex(pairCommit({ ...base, starter: mallory }, ofAna)),
        };
        // Ana's commitment, passed on as her own, opens to nothing at Bo's.
        assert.notEqual(commits.ana, commits.passedOn);
        assert.notEqual(commits.own, commits.passedOn);
        for (const toAna of [ofBo, own, draw(32)])
          for (const toBo of [ofAna, own]) assert.notEqual(withAna(toAna, ofAna), withBo(toBo, ofBo));
      }),
      { numRuns: 50, seed: 16 },
    );
  });

  it("are committed to by the nonce, and by between whom", () => {
    const [nonce, commit] = [random(32), pairCommit(base, nonces.starter)];
    for (const other of [pairCommit(base, nonce), pairCommit({ ...base, other: mallory }, nonces.starter)])
      assert.notDeepEqual(other, commit);
  });
});

describe("a room's emoji", () => {
  const group = id<GroupId>();
  const round = { group, round: id<string>(16) };
  const devices: RoomDevice[] = Array.from({ length: 5 }, () => ({
    key: id(),
    person: id<PersonId>(),
    device: id<DeviceId>(),
  }));
  const digest = roomDigest(group, devices);
  const part = (shown = digest): RoomPart & { readonly digest: Uint8Array } => {
    const [member, nonce] = [id<MemberId>(), random(32)];
    return { member, nonce, digest: shown, commit: roomCommit(round, member, { nonce, digest: shown }) };
  };
  const parts = [part(), part(), part()];

  it("are the same in whatever order words and rows came", () => {
    assert.equal(roomEmoji(round, digest, parts).length, 8);
    assert.deepEqual(roomEmoji(round, digest, parts.toReversed()), roomEmoji(round, digest, parts));
    assert.deepEqual(roomDigest(group, devices.toReversed()), digest);
  });

  it("differ with one device more, fewer or other, also of a person who is in already (16: Ghost device)", () => {
    const [first, ...rest] = devices as [RoomDevice, ...RoomDevice[]];
    const ghost: RoomDevice = { key: id(), person: first.person, device: id<DeviceId>() };
    const others = [
      [...devices, ghost],
      rest,
      [{ ...first, device: id<DeviceId>() }, ...rest],
      [{ ...first, key: id() }, ...rest],
      [{ ...first, person: id<PersonId>() }, ...rest],
    ].map((list) => roomDigest(group, list));
    others.push(roomDigest(id<GroupId>(), devices));
    const codes = [digest, ...others].map((one) => roomEmoji(round, one, parts).join());
    assert.equal(new Set(codes).size, codes.length);
  });

  it("differ for two of whom each was told of other members' parts", () => {
    const late = part();
    const codes = [parts, [...parts, late], parts.slice(1), [late, ...parts.slice(1)]].map((list) =>
      roomEmoji(round, digest, list).join(),
    );
    assert.equal(new Set(codes).size, codes.length);
  });

  it("are not what a member chooses who has seen all others open: commitments hold nonce and view", () => {
    const own = parts[0] as RoomPart;
    for (const change of [
      { nonce: random(32), digest },
      { nonce: own.nonce, digest: random(32) },
    ])
      assert.notDeepEqual(roomCommit(round, own.member, change), own.commit);
    const elsewhere = { ...round, round: id<string>(16) };
    assert.notDeepEqual(roomCommit(elsewhere, own.member, { nonce: own.nonce, digest }), own.commit);
    assert.notDeepEqual(roomCommit(round, id<MemberId>(), { nonce: own.nonce, digest }), own.commit);
  });
});
