/** Who is removed reads nothing more, whatever their device gets hold of; who is let in again reads from there on. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { makeVenue } from "../../src/messenger/venue.ts";
import { openProfile } from "../../src/store/openNode.ts";
import type { EnvelopeId, GroupId } from "../../src/types.ts";
import { dumpRecords } from "../helpers/profileSecrets.ts";
import { findTraces } from "../helpers/traces.ts";
import { describeVenue, sameHistories, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

const OFFLINE = "typed by Benedikt before the removal, published after it";
const SECRET = ["said by Anaïs after the removal", "said by Benedikt after the removal"] as const;
const AGAIN = ["said by Anaïs to all three again", "said by Benedikt to all three again"] as const;

describeVenue("venue: a member who is removed", function () {
  this.timeout(120_000);
  this.bail(true);
  let venue: Venue | undefined;
  let [ana, ben, cyrus] = [] as unknown as [VenueNode, VenueNode, VenueNode];
  let caucus: GroupId;
  /** A caucus of all three that nobody leaves: what is said there last has everything else before it. */
  let fence: GroupId;

  const members = async (node: VenueNode): Promise<number> => (await node.caucus(caucus))?.members.length ?? 0;
  const make = async (name: string): Promise<GroupId> =>
    (await ana.ask<{ caucus: GroupId }>("caucus", "new", name, "--with", ben.person, "--with", cyrus.person)).caucus;

  before(async () => {
    venue = await Venue.open("Anaïs", "Benedikt", "Cyrus");
    [ana, ben, cyrus] = venue.nodes() as [VenueNode, VenueNode, VenueNode];
    await Promise.all([ana, ben, cyrus].map((node) => node.up()));
    await until("Anaïs knows both", async () => (await ana.people()).length === 2);
    caucus = await make("Inner circle");
    fence = await make("Everybody");
    for (const node of [ana, ben, cyrus]) {
      await until(`${node.name} is in both`, async () => (await node.caucus(caucus)) && (await node.caucus(fence)));
      await node.ask("send", caucus, `said by ${node.name} before`);
    }
    await sameHistories([ana, ben, cyrus], caucus, 3);
  });
  after(() => venue?.close());

  it("opens nothing that is sent by who has seen it, and nothing typed offline before it", async () => {
    await venue!.cut([ben], [ana, cyrus]);
    await until(
      "Benedikt knows that he is offline",
      async () => (await ben.ask<{ peers: number }>("status")).peers === 0,
    );
    await ben.ask("send", caucus, OFFLINE);
    await ana.ask("remove", caucus, cyrus.person);
    await until("Cyrus learns of it", async () => (await cyrus.caucus(caucus))?.state === "gone");
    await ana.ask("send", caucus, SECRET[0]);
    await venue!.heal();
    await until("Benedikt learns of it", async () => (await members(ben)) === 2);
    await ben.ask("send", caucus, SECRET[1]);
    await sameHistories([ana, ben], caucus, 6);
    const refused = await cyrus.run("send", caucus, "I am still here, am I not?");
    assert.equal(refused.code, 4);
    assert.match(refused.stderr, /^couloir: you are no longer in that caucus[^\n]*\n$/u);

    await ben.ask("send", fence, "that was all");
    await until("Cyrus hears what came after", async () => (await cyrus.texts(fence)).length === 1);
    assert.deepEqual(await cyrus.texts(caucus), (await ana.texts(caucus)).slice(0, 3));
  });

  it("though all of it lies on their disk, sealed", async () => {
    await ana.down();
    await cyrus.down();
    const [sent, got] = await Promise.all([mailOf(ana), mailOf(cyrus)]);
    assert.deepEqual(
      [...sent].filter((envelope) => !got.has(envelope)),
      [],
    );
    const traces = async (node: VenueNode): Promise<string[]> => {
      const opened = join(node.folder, "..", `${node.name} opened`);
      await dumpRecords(node.folder, opened);
      const texts = [OFFLINE, ...SECRET].map((text) => [text, Buffer.from(text)] as const);
      return findTraces(opened, Object.fromEntries(texts));
    };
    assert.deepEqual(await traces(cyrus), []);
    assert.ok((await traces(ana)).length >= 3, "the search finds them with who may read them");
    await Promise.all([ana.up(), cyrus.up()]);
  });

  it("reads from there on, and nothing from between, when let in again", async () => {
    await until("Anaïs finds Cyrus", async () =>
      (await ana.people()).some(({ person, online }) => online && person === cyrus.person),
    );
    await ana.ask("add", caucus, cyrus.person);
    await until("Cyrus is in it again", async () => (await cyrus.caucus(caucus))?.state === "joined");
    await until("Benedikt sees that", async () => (await members(ben)) === 3);
    await ana.ask("send", caucus, AGAIN[0]);
    await ben.ask("send", caucus, AGAIN[1]);
    await sameHistories([ana, ben], caucus, 8);
    await until("Cyrus reads both", async () => (await cyrus.texts(caucus)).length >= 5);
    const before = (await ana.texts(caucus)).slice(0, 3);
    assert.deepEqual(await cyrus.texts(caucus), [...before, ...AGAIN]);
    await cyrus.ask("send", caucus, "said by Cyrus to all three again");
    await sameHistories([ana, ben], caucus, 9);
    for (const node of [ana, ben, cyrus]) await node.down();
  });

  const mailOf = async ({ folder }: VenueNode): Promise<Set<EnvelopeId>> => {
    const { store, vault } = await openProfile(folder);
    const found = new Set<EnvelopeId>();
    for (const topic of makeVenue("couloir").buckets)
      for await (const { envelope } of store.envelopes(topic)) found.add(envelope);
    await store.close();
    vault.forget();
    return found;
  };
});
