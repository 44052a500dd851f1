/** Three daemons on one bridge find each other and talk; one of them is killed on the way. */
import assert from "node:assert/strict";
import type { Invite, JoinResult } from "../../src/messenger/api.ts";
import type { GroupId } from "../../src/types.ts";
import { describeVenue, sameHistories, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

/** What the product promises: mDNS alone brings those in a building together within so many milliseconds. */
const DISCOVERY_MS = 5_000;

describeVenue("venue: three daemons on one bridge", function () {
  this.timeout(90_000);
  this.bail(true);
  let venue: Venue | undefined;
  let all: VenueNode[];
  let [ana, ben, chandra] = [] as unknown as [VenueNode, VenueNode, VenueNode];
  let fish: GroupId;
  let salt: GroupId;

  before(async () => {
    venue = await Venue.open("Anaïs", "Benedikt", "Chandra");
    all = venue.nodes();
    [ana, ben, chandra] = all as [VenueNode, VenueNode, VenueNode];
    // Their agents are processes, too, and should not take their time from the daemons.
    await Promise.all(all.map((node) => node.run("status")));
  });
  after(() => venue?.close());

  it("find each other by multicast alone, within five seconds", async () => {
    await Promise.all(all.map((node) => node.up()));
    const began = performance.now();
    const meets = async (node: VenueNode): Promise<boolean> => {
      const people = await node.people();
      return all.every(
        (other) => other === node || people.some(({ person, online }) => online && person === other.person),
      );
    };
    await Promise.all(all.map((node) => until(`${node.name} meets the others`, () => meets(node))));
    const took = Math.round(performance.now() - began);
    assert.ok(took <= DISCOVERY_MS, `it took ${took} ms`);
    console.log(`      found each other ${took} ms after the last one was up`);
  });

  it("form one caucus by name and another by invite code", async () => {
    const others = ["--with", ben.person, "--with", chandra.name];
    fish = (await ana.ask<{ caucus: GroupId }>("caucus", "new", "Fish", ...others)).caucus;
    salt = (await chandra.ask<{ caucus: GroupId }>("caucus", "new", "Salt and Sea")).caucus;
    for (const node of [ana, ben]) {
      const { code } = await chandra.ask<Invite>("invite", salt);
      assert.deepEqual(await node.ask<JoinResult>("join", code), { caucus: salt, state: "joined" });
    }
    const joined = async (node: VenueNode, caucus: GroupId): Promise<boolean> => {
      const members = (await node.caucus(caucus))?.members ?? [];
      if (members.length === 3 && members.every(({ state }) => state === "joined")) return true;
      throw new Error(JSON.stringify(members));
    };
    for (const caucus of [fish, salt])
      await Promise.all(all.map((node) => until(`${node.name} sees three members`, () => joined(node, caucus))));
  });

  it("hear each other, all ways, in one order", async () => {
    for (const caucus of [fish, salt])
      await Promise.all(all.map((node) => node.ask("send", caucus, `${node.name} speaks`)));
    await ana.ask("send", fish, "two\nlines, and “quotes” 🕊️");
    await sameHistories(all, fish, 4);
    await sameHistories(all, salt, 3);
    await until("Anaïs knows that her words reached both", async () =>
      (await ana.history(fish)).every(
        ({ sender, of, reached }) => sender !== ana.person || (of === 2 && reached === 2),
      ),
    );
  });

  it("miss nothing and repeat nothing when one is killed amid the traffic", async () => {
    const saved: string[] = [];
    const talk = async (node: VenueNode, count: number): Promise<void> => {
      for (let n = 1; n <= count; n += 1) {
        const text = `${node.name} ${n}`;
        const { code } = await node.run("send", fish, text, "--json");
        if (code === 0) saved.push(text);
        else assert.equal(node, chandra, "only the one who was killed fails");
      }
    };
    const talking = [talk(ana, 30), talk(ben, 30), talk(chandra, 60)];
    await until(
      "Chandra is in the middle of it",
      async () => saved.filter((text) => text.startsWith("Chandra")).length >= 8,
    );
    chandra.daemon.kill("SIGKILL");
    await chandra.daemon.ended;
    await Promise.all(talking);
    assert.ok(saved.length < 120, "it was killed before it was through");
    await chandra.up();
    const texts = await sameHistories(all, fish, 4 + saved.length);
    for (const text of saved) assert.equal(texts.filter((one) => one === text).length, 1, text);
    assert.equal(new Set(texts).size, texts.length, "nothing twice");
    await sameHistories(all, salt, 3);
  });

  it("stop in order, and have nothing to complain about", async () => {
    for (const node of all) await node.down();
  });
});
