/** Row 18 of the attacks, without a box: another's agreement key on one's own card. */
import assert from "node:assert/strict";
import { memberWith } from "../../../src/protocol/group.ts";
import { deviceLists } from "../../../src/protocol/devices.ts";
import { makeCard, type Self } from "../../../src/protocol/identity.ts";
import type { OpBody } from "../../../src/protocol/membership.ts";
import { meet, NOW, Person, room } from "../room.ts";

/** A person whose card names an agreement key that they do not have. */
class Copier extends Person {
  readonly #copied: Self;
  constructor(name: string, whose: Person) {
    super(name);
    const { body } = deviceLists.open(this.self.devices) as NonNullable<ReturnType<typeof deviceLists.open>>;
    const devices = body.devices.map((one) => ({ ...one, agreement: whose.self.agreement.public }));
    this.#copied = {
      ...this.self,
      devices: deviceLists.sign({ ...body, devices }, this.self.person.secret as Uint8Array).bytes,
    };
  }
  override joinBody(...of: Parameters<Person["joinBody"]>): ReturnType<Person["joinBody"]> {
    const body = super.joinBody(...of) as Extract<OpBody, { kind: "join" }>;
    return { ...body, card: makeCard(this.#copied, { name: "", flag: "", delegation: "" }, NOW).bytes };
  }
}

describe("attack 18: unknown key-share by a copied key", () => {
  it("what Alice's device sends to one alone is Alice's, though somebody came in with her key before her", async () => {
    const [bob] = room(["Bob"]) as [Person];
    const alice = new Person("Alice");
    const mallory = new Copier("Mallory", alice);
    const invite = bob.invite();
    mallory.join(invite, bob.ops);
    bob.learn(mallory.ops);
    alice.join(invite, bob.ops);
    meet(bob, alice, mallory);
    assert.equal((await bob.follow(await alice.rotate())).kind, "chain");
    assert.equal((await bob.follow(await mallory.rotate())).kind, "absent", "she cannot speak with it");
    assert.equal(memberWith(bob.state, alice.self.agreement.public), alice.member);
  });
});
