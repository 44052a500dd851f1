/** One good specimen of every structure by which devices of one person are linked, kept in step and revoked. */
import { hex } from "../../src/protocol/codec.ts";
import { deviceLists, nextList } from "../../src/protocol/devices.ts";
import { linkFrames, linkGrants, linkHellos, linkReplies } from "../../src/protocol/link.ts";
import { makeOp, proveUnseat, readOp } from "../../src/protocol/membership.ts";
import { ownFrames } from "../../src/protocol/own.ts";
import type { DeviceId, GroupId, MemberId } from "../../src/types.ts";
import { type Person, publicOf, seeded } from "./room.ts";
import { of, type Sample } from "./sample.ts";

const random = seeded("device samples");
const id = <T extends string>(length: number): T => hex(random(length)) as T;

export const deviceSamples = (ana: Person): readonly Sample[] => {
  const [group, member, device] = [id<GroupId>(32), id<MemberId>(32), id<DeviceId>(32)];
  const prekey = publicOf(ana.state.seat);
  const ops = [ana.ops[0]!.bytes];
  const devices = nextList(ana.self.devices, ana.self.person.secret!, { revoke: [device] })!;
  const said = { devices, members: [member], cut: [] };
  const parents = ana.view.heads;
  const place = { group: ana.state.group, parents };
  const proof = proveUnseat(ana.self.person.secret!, { ...place, author: ana.member, devices });
  const body = { kind: "unseat", ...said, proof } as const;
  const unseat = makeOp({ ...place, seq: 1, at: 1, body }, ana.state.seat.secret);
  const own = (kind: string, rest: object): Sample =>
    of(`own ${kind}`, ownFrames, { kind, ...rest } as Parameters<typeof ownFrames.encode>[0]);
  const link = (kind: string, rest: object = {}): Sample =>
    of(`link ${kind}`, linkFrames, { kind, ...rest } as Parameters<typeof linkFrames.encode>[0]);
  const words = { name: "Ana", flag: "FR", delegation: "" };
  return [
    { name: "device list that revokes", bytes: devices, read: (bytes) => deviceLists.open(bytes) },
    { name: "operation unseat", bytes: unseat.bytes, read: readOp },
    own("values", { entries: [{ name: "muted", time: 7, device, value: "[]" }] }),
    own("have", { stamps: [{ name: random(8), time: 7, device: random(8) }] }),
    own("places", { places: [{ group, member }] }),
    own("ask", { group, author: member, member, prekey, proof: random(64) }),
    own("seated", { group, ops, part: 0, parts: 1 }),
    own("lines", { to: device, group, lines: [random(100)] }),
    of("link hello", linkHellos, { key: random(32) }),
    of("link reply", linkReplies, {
      key: random(32),
      nonce: random(16),
      name: "Phone",
      guest: true,
      signature: random(64),
    }),
    link("about", { person: ana.person, ...words }),
    link("list", { devices, group, author: member, guest: false }),
    link("agreed"),
    link("refused"),
    link("seat", { card: ana.card.bytes, member, prekey, proof: random(64) }),
    link("grant", { part: 0, parts: 1, bytes: random(200) }),
    link("done"),
    of("link grant", linkGrants, {
      root: random(32),
      ...words,
      ops,
      places: [{ group, member }],
      contacts: [{ card: ana.card.bytes, blocked: true }],
    }),
  ];
};
