/** What a device that is being linked takes from the other side: nothing before its person's yes, and nothing else after. */
import assert from "node:assert/strict";
import type { NewSide } from "../../src/messenger/devices/linkState.ts";
import { takeHello, takeNew } from "../../src/messenger/devices/linkNew.ts";
import type { Step } from "../../src/messenger/step.ts";
import { TagBook } from "../../src/messenger/tagBook.ts";
import { nextList } from "../../src/protocol/devices.ts";
import { freshDevice, newSelf, personOf } from "../../src/protocol/identity.ts";
import type { LinkFrame } from "../../src/protocol/link.ts";
import { linkHellos, linkSession } from "../../src/protocol/link.ts";
import { agreementPair } from "../../src/protocol/primitives.ts";
import type { GroupId, LinkId, MemberId } from "../../src/types.ts";
import { NOW, seeded } from "../protocol/room.ts";

const random = seeded("link new");
const ana = newSelf(random);
const eve = newSelf(random);
const keys = freshDevice(random);
const list = (self = ana, entry = keys.entry): LinkFrame => ({
  kind: "list",
  devices: nextList(self.devices, self.person.secret!, { add: [entry] })!,
  group: "ab".repeat(32) as GroupId,
  author: "cd".repeat(32) as MemberId,
  guest: false,
});

const newSide = (state: NewSide["state"]): NewSide => {
  const code = { secret: random(16), ...keys.entry, expires: NOW, venue: "", buckets: 1, addresses: [] };
  const own = { secret: keys.agreement.secret, other: agreementPair(random(32)).public };
  const session = linkSession(code, { key: own.other, nonce: random(16) }, own)!;
  const said = { saying: [], wait: 0, patience: 1, parts: new Map<number, Uint8Array>() };
  const words = { name: "Ana", profile: { name: "Ana", flag: "", delegation: "" }, guest: false, called: "Phone" };
  const person = personOf(ana);
  return { link: "11".repeat(16) as LinkId, side: "new", code, keys, state, session, person, ...words, ...said };
};

/** As far as these frames look at it. */
const session = { self: { guest: false }, tags: new TagBook() };
const step = { now: NOW, context: { random }, session, after: () => {}, expect: () => {} } as unknown as Step;
const takes = async (link: NewSide, frame: LinkFrame): Promise<boolean> => {
  await takeNew(step, link, frame);
  return link.place !== undefined;
};

describe("a device that is being linked", () => {
  it("answers the first who reads its code, and nobody after that", () => {
    const { session: _, ...fresh } = newSide("waiting");
    const link: NewSide = fresh;
    const hello = () => linkHellos.encode({ key: agreementPair(random(32)).public });
    takeHello(step, link, hello());
    const { session, saying } = link;
    assert.equal(saying.length, 1);
    takeHello(step, link, hello());
    assert.deepEqual([link.session === session, link.saying === saying], [true, true]);
  });

  it("takes no list before its person has said yes", async () => {
    const link = newSide("compare");
    assert.equal(await takes(link, list()), false);
    link.state = "confirmed";
    assert.equal(await takes(link, list()), true);
    assert.equal(link.saying.length, 1);
  });

  it("takes none of anybody else than whom its person was shown, and none that is not about itself", async () => {
    assert.equal(await takes(newSide("confirmed"), list(eve)), false);
    assert.equal(await takes(newSide("confirmed"), list(ana, freshDevice(random).entry)), false);
    const entry = { ...keys.entry, agreement: agreementPair(random(32)).public };
    assert.equal(await takes(newSide("confirmed"), list(ana, entry)), false);
    const unsigned = list() as Extract<LinkFrame, { kind: "list" }>;
    const devices = unsigned.devices.map((byte, i) => (i === 40 ? byte ^ 1 : byte));
    assert.equal(await takes(newSide("confirmed"), { ...unsigned, devices }), false);
  });

  it("is somebody's for one answer only: who it is shown does not change under its person's eyes", async () => {
    const link = newSide("compare");
    await takes(link, { kind: "about", person: personOf(eve), name: "Eve", flag: "", delegation: "" });
    assert.deepEqual([link.person, link.name], [personOf(ana), "Ana"]);
  });
});
