/** Vectors of devices: lists, a device taken out of a group, a link from its code to its signs. */
import { hex } from "../../src/protocol/codec.ts";
import { listHash, nextList } from "../../src/protocol/devices.ts";
import { fromOps, newSeat } from "../../src/protocol/group.ts";
import { freshDevice, makeCard, newDeviceOf } from "../../src/protocol/identity.ts";
import { HOUR } from "../../src/protocol/limits.ts";
import { linkFrames, linkKeys, linkReplies, linkSession, signReply, writeLinkCode } from "../../src/protocol/link.ts";
import { proveDevice } from "../../src/protocol/membership.ts";
import { ownFrames } from "../../src/protocol/own.ts";
import { agreementPair } from "../../src/protocol/primitives.ts";
import type { DeviceId } from "../../src/types.ts";
import { graphOf, NOW, type Person, publicOf, room, seeded, UNPROVED } from "../protocol/room.ts";

const linkVectors = () => {
  const random = seeded("vectors: link");
  const keys = freshDevice(random);
  const [secret, nonce, old] = [random(16), random(16), agreementPair(random(32))];
  const addresses = ["/ip4/192.168.1.7/tcp/9000"];
  const code = { secret, ...keys.entry, expires: NOW + HOUR, venue: "couloir", buckets: 1, addresses };
  const { link, hello, reply } = linkKeys(secret);
  const said = signReply(secret, { key: old.public, nonce, name: "Phone", guest: false }, keys.device);
  const session = linkSession(code, said, { secret: old.secret, other: code.agreement })!;
  return {
    secret: hex(secret),
    code: writeLinkCode(code),
    agreement: hex(keys.agreement.secret),
    key: hex(old.secret),
    link,
    hello: hello.tag,
    reply: reply.tag,
    replied: hex(linkReplies.encode(said)),
    signs: session.signs,
    frames: [session.at("new", 0).tag, session.at("old", 8).tag],
    agreed: hex(linkFrames.encode({ kind: "agreed" })),
  };
};

export const deviceVectors = () => {
  const [ana] = room(["Vector Dee", "Vector Eli"]) as readonly [Person, Person];
  const random = seeded("vectors: device");
  const root = ana.self.person.secret!;
  const phone = newDeviceOf({ seed: root, devices: ana.self.devices, guest: false }, random)!;
  const card = makeCard(phone, { name: "Vector Dee", flag: "FR", delegation: "" }, NOW);
  const lost = hex(phone.device.public) as DeviceId;
  const revoking = nextList(phone.devices, root, { revoke: [lost] })!;
  const seat = newSeat(random);
  const { member } = seat;
  const proof = proveDevice(seat.secret, ana.state.group, ana.member);
  ana.act({ kind: "device", member, card: card.bytes, prekey: publicOf(seat), proof });
  const before = ana.view.view;
  ana.act({ kind: "unseat", devices: revoking, members: [member], cut: [], proof: UNPROVED });
  const entry = { name: "muted", time: NOW, device: lost, value: "[]" };
  return {
    lists: [ana.self.devices, phone.devices, revoking].map((list) => ({ list: hex(list), hash: hex(listHash(list)) })),
    operations: ana.ops.map(({ id, bytes }) => ({ id, bytes: hex(bytes) })),
    views: [before, fromOps(graphOf(ana.ops), seat)!.view.view],
    values: hex(ownFrames.encode({ kind: "values", entries: [entry] })),
    link: linkVectors(),
  };
};
