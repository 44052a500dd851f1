/** A person on another device: what comes with them, what does not, and how others see it. */
import assert from "node:assert/strict";
import { openIdentity } from "../../src/messenger/identityFile.ts";
import { unwrapKey, wrapKey } from "../../src/store/keyBox.ts";
import { fileOf, THUMBNAIL, bytesOf, contentOf } from "../helpers/simFile.ts";
import { moves } from "../helpers/simMoving.ts";
import { meet } from "../helpers/simWorld.ts";

const PASSPHRASE = "corridor diplomacy";
const lock = { wrap: wrapKey, unwrap: unwrapKey };

describe("a person who moves", () => {
  it("is the same person on a new device, reads what was said, and comes in again by invitation", async () => {
    const { alice, bob, carol, world } = await meet(751, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await alice.says(caucus, "before");
    await world.passes(1_000);
    await bob.says(caucus, "so it is");
    const photo = fileOf("draft.jpg", 90_000, { picture: { width: 4, height: 3, thumbnail: THUMBNAIL } });
    const { message } = await alice.does(alice.messenger.sendFile(caucus, photo));
    await world.settles();
    const { id } = bob;
    const file = await bob.backsUp(PASSPHRASE);
    const oldDevice = bob.messenger.status().peerId;
    await bob.stops();

    const again = world.person("bob again");
    await again.takesOver(file, PASSPHRASE);
    await again.starts();
    await world.settles();
    assert.equal(again.id, id);
    assert.notEqual(again.messenger.status().peerId, oldDevice);
    assert.equal(again.messenger.profile().name, "bob");
    assert.deepEqual(await again.reads(caucus), ["before", "so it is"]);
    const view = again.messenger.caucuses().find((one) => one.caucus === caucus);
    assert.deepEqual([view?.name, view?.state, view?.mayInvite], ["Caucus", "gone", false]);
    assert.deepEqual(
      again.messenger
        .people()
        .map(({ name }) => name)
        .toSorted(),
      ["alice", "carol"],
    );
    await assert.rejects(again.messenger.send(caucus, "not yet"), { code: "not-a-member" });
    // A picture is still shown, and fetched from whoever has it.
    await again.does(again.messenger.fetchFile(caucus, message));
    await world.settles();
    assert.deepEqual(await contentOf(again, caucus, message), bytesOf("draft.jpg", 90_000));

    await alice.does(alice.messenger.add(caucus, id));
    await world.settles();
    assert.equal(again.messenger.caucuses().find((one) => one.caucus === caucus)?.state, "joined");
    await alice.does(alice.messenger.send(caucus, "welcome back"));
    await world.settles();
    await again.does(again.messenger.send(caucus, "glad to be"));
    await world.settles();
    assert.deepEqual(await again.reads(caucus), ["before", "so it is", "welcome back", "glad to be"]);
    assert.deepEqual(await carol.reads(caucus), ["before", "so it is", "welcome back", "glad to be"]);
    // One person, whatever devices they had.
    assert.deepEqual(alice.members(caucus), ["alice", "bob", "carol"]);
  });

  it("is written to on the device that they use now", async () => {
    const { alice, bob, world } = await meet(752, ["alice", "bob"]);
    const first = await alice.writesTo(bob);
    await alice.says(first, "to the old one");
    await world.settles();
    const again = await moves(world, bob, "bob again");
    const second = await alice.does(alice.messenger.direct(bob.id));
    assert.notEqual(second, first);
    await alice.does(alice.messenger.send(second, "to the new one"));
    await world.settles();
    assert.equal(await again.does(again.messenger.direct(alice.id)), second);
    await again.does(again.messenger.send(second, "got it"));
    await world.settles();
    assert.deepEqual(await alice.reads(second), ["to the new one", "got it"]);
    assert.deepEqual(await again.reads(first), ["to the old one"]);
  });

  it("who began on plain http is a guest to all, there and wherever they move", async () => {
    const { alice, world } = await meet(753, ["alice"]);
    const gast = world.person("gast", { guest: true });
    await gast.starts();
    await world.introduces();
    assert.equal(alice.messenger.people()[0]?.guest, true);
    assert.equal(gast.messenger.people()[0]?.guest, false);
    const caucus = await alice.creates("Caucus", [gast]);
    await world.settles();
    const guests = () =>
      alice.messenger
        .caucuses()
        .find((one) => one.caucus === caucus)!
        .members.map(({ guest }) => guest);
    assert.deepEqual(guests(), [false, true]);
    // On a device of their own, with a program that nobody could alter.
    const moved = await moves(world, gast, "gast moved");
    await moved.restarts();
    await world.settles();
    assert.deepEqual([alice.messenger.people().length, alice.messenger.people()[0]?.guest], [1, true]);
  });

  it("takes nothing along that would make two devices one", async () => {
    const { bob } = await meet(754, ["alice", "bob"]);
    const file = await bob.backsUp(PASSPHRASE);
    const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n));
    const [one, other] = [
      await openIdentity(file, PASSPHRASE, { random, lock }),
      await openIdentity(file, PASSPHRASE, { random, lock }),
    ];
    assert.deepEqual(one.self.person, other.self.person);
    for (const key of ["device", "agreement"] as const) assert.notDeepEqual(one.self[key], other.self[key]);
  });
});
