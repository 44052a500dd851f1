/** Which codes a device reads at all, before anything is said. */
import assert from "node:assert/strict";
import { beginOld } from "../../src/messenger/devices/linkOld.ts";
import { People } from "../../src/messenger/people.ts";
import { VenueDoor } from "../../src/messenger/venueDoor.ts";
import type { Session } from "../../src/messenger/session.ts";
import { nextList } from "../../src/protocol/devices.ts";
import { freshDevice, newSelf, personOf, type Self } from "../../src/protocol/identity.ts";
import { MAX_DEVICES } from "../../src/protocol/limits.ts";
import { type LinkCode, linkExpiry, writeLinkCode } from "../../src/protocol/link.ts";
import { NOW, seeded } from "../protocol/room.ts";

const random = seeded("link old");
const ana = newSelf(random);
const code = (change: Partial<LinkCode> = {}): string =>
  writeLinkCode({
    secret: random(16),
    ...freshDevice(random).entry,
    expires: linkExpiry(NOW),
    venue: "couloir",
    buckets: 1,
    addresses: [],
    ...change,
  });

/** As far as the beginning of a link looks at it. */
const sessionOf = (self: Self): Session => {
  const people = new People(() => NOW);
  people.devices.learn(personOf(self), self.devices);
  const parts = { clock: { now: () => NOW }, door: new VenueDoor(), options: { random } };
  return { ...parts, self, people, person: personOf(self) } as unknown as Session;
};

describe("a device that reads a link code", () => {
  it("takes one that is whole, good, of its venue and of another device", () => {
    const session = sessionOf(ana);
    const link = beginOld(session, code());
    assert.deepEqual([link.side, link.state, link.saying.length], ["old", "waiting", 1]);
    const own = { device: Buffer.from(ana.device.public).toString("hex") as never, agreement: ana.agreement.public };
    for (const [bad, name] of [
      [code({ venue: "elsewhere" }), "other-venue"],
      [code({ buckets: 8 }), "venue-differs"],
      [code({ expires: NOW - 1 }), "link-expired"],
      // Nobody may ask this device to wait for ever.
      [code({ expires: NOW + 2 * 86_400_000 }), "link-expired"],
      [code(own), "link-garbled"],
      ["couloir:abc", "link-garbled"],
    ] as const)
      assert.throws(() => beginOld(session, bad), { code: name }, name);
  });

  it("takes none without the root key, nor one device too many", () => {
    const linked = { ...ana, person: { public: ana.person.public } };
    assert.throws(() => beginOld(sessionOf(linked), code()), { fault: "refused", code: "not-main" });
    const add = Array.from({ length: MAX_DEVICES - 1 }, () => freshDevice(random).entry);
    const devices = nextList(ana.devices, ana.person.secret!, { add })!;
    assert.throws(() => beginOld(sessionOf({ ...ana, devices }), code()), { code: "too-many-devices" });
  });
});
