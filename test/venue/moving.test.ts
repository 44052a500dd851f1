/** A daemon whose machine changes its networks while it runs: it is found again, and goes on whatever the sockets say. */
import assert from "node:assert/strict";
import type { Status } from "../../src/daemon/api.ts";
import type { GroupId } from "../../src/types.ts";
import { describeVenue, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

const OUT = "route add default via 10.77.0.254";
/** Somebody else's lease now. */
const MOVED = "10.77.0.101";

describeVenue("venue: a machine that changes its networks", function () {
  this.timeout(60_000);
  this.bail(true);
  let venue: Venue;
  let [ana, bo] = [] as unknown as [VenueNode, VenueNode];
  let caucus: GroupId;
  let said = 0;

  const addresses = async (node: VenueNode): Promise<string> => (await node.ask<Status>("status")).addresses.join(" ");
  /** Each says something, and both read it; in how many ms. */
  const talk = async (): Promise<number> => {
    const began = performance.now();
    const texts = [ana, bo].map(({ name }) => `${name} ${(said += 1)}`);
    await ana.ask("send", caucus, texts[0]!);
    await bo.ask("send", caucus, texts[1]!);
    await until(`both read ${texts.join(", ")}`, async () =>
      (await Promise.all([ana.texts(caucus), bo.texts(caucus)])).every((read) =>
        texts.every((one) => read.includes(one)),
      ),
    );
    return Math.round(performance.now() - began);
  };
  const tell = (what: string, ms: number): void => console.log(`      ${what}: in touch again after ${ms} ms`);

  before(async () => {
    venue = await Venue.open("Ana", "Bo");
    [ana, bo] = venue.nodes() as [VenueNode, VenueNode];
    await Promise.all([ana.up(), bo.up()]);
    await until("they see each other", async () => (await ana.people()).some(({ person }) => person === bo.person));
    ({ caucus } = await ana.ask<{ caucus: GroupId }>("caucus", "new", "Fish", "--with", bo.person));
    await until("Bo is in", async () => (await bo.caucus(caucus)) !== undefined);
    await talk();
  });
  after(() => venue?.close());

  it("is found at a new address", async () => {
    await venue.ip(ana, `addr del ${ana.address}/24 dev eth0`, `addr add ${MOVED}/24 dev eth0`, OUT);
    tell("another address", await talk());
    assert.match(await addresses(ana), new RegExp(`/${MOVED}/`, "u"));
  });

  it("outlives an interface that goes down, and is there when it comes up", async () => {
    await venue.ip(ana, "link set eth0 down");
    await until("Ana knows", async () => !(await addresses(ana)).includes(MOVED));
    await ana.ask("send", caucus, "said into the void");
    await venue.ip(ana, "link set eth0 up", OUT);
    tell("the interface up again", await talk());
    await until("Bo reads it", async () => (await bo.texts(caucus)).includes("said into the void"));
  });

  it("finds on a cable whom it has lost on the Wi-Fi", async () => {
    const [cabled] = await venue.cable(ana, bo);
    await venue.ip(ana, "link set eth0 down");
    tell("a cable instead", await talk());
    assert.ok((await addresses(ana)).includes(`/${cabled}/`));
    await Promise.all([ana.down(), bo.down()]);
  });
});
