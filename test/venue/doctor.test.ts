/** Networks that keep their guests apart or filter multicast: what comes through all the same, and what the doctor says. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Status } from "../../src/daemon/api.ts";
import type { Diagnosis } from "../../src/daemon/diagnosis.ts";
import type { Code } from "../../src/daemon/doctor.ts";
import type { Invite } from "../../src/messenger/api.ts";
import type { GroupId } from "../../src/types.ts";
import { describeVenue, sameHistories, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

const LIAR = fileURLToPath(new URL("../helpers/venueLiar.ts", import.meta.url));

const visit = (node: VenueNode): Promise<Diagnosis> => node.ask<Diagnosis>("doctor");
/** What is in the way, by the doctor's word. */
const complaints = ({ findings }: Diagnosis): Code[] =>
  findings.filter(({ level }) => level === "look" || level === "bad").map(({ code }) => code);
const textOf = ({ findings }: Diagnosis, code: Code): string =>
  findings.find((one) => one.code === code)?.text ?? `nothing of ${code}`;
const seesEverybody = async (node: VenueNode, count: number): Promise<boolean> =>
  (await node.people()).filter(({ online }) => online).length === count;

describeVenue("venue: the doctor", function () {
  this.timeout(60_000);
  let venue: Venue | undefined;
  afterEach(() => venue?.close());

  it("says that all is well on a healthy network, with others and without, but for who is behind a firewall", async () => {
    venue = await Venue.open("Ana", "Bo", "Cleo", "Dora");
    const [ana, bo, cleo, dora] = venue.nodes() as [VenueNode, VenueNode, VenueNode, VenueNode];
    const all = [ana, bo, cleo, dora];
    await venue.firewall(dora);
    await ana.up();
    const alone = await visit(ana);
    assert.deepEqual([alone.well, complaints(alone)], [true, []]);
    assert.match(textOf(alone, "alone"), /Nobody is in reach yet/u);
    await Promise.all([bo.up(["--hub"]), cleo.up(), dora.up()]);
    await Promise.all(all.map((node) => until(`${node.name} sees all`, () => seesEverybody(node, 3))));
    await until(
      "all are linked",
      async () => {
        const links = (await Promise.all(all.map((node) => node.ask<Status>("status")))).map(({ peers }) => peers);
        if (links.every((count) => count === 3)) return true;
        throw new Error(links.join());
      },
      20_000,
    );
    assert.deepEqual(complaints(await visit(dora)), ["firewall"]);
    for (const diagnosis of await Promise.all([ana, bo, cleo].map(visit))) {
      assert.deepEqual([diagnosis.well, complaints(diagnosis)], [true, []], JSON.stringify(diagnosis));
      assert.equal(diagnosis.neighbours.length, 3);
      assert.match(textOf(diagnosis, "multicast"), /Multicast works here/u);
      assert.match(textOf(diagnosis, "paths"), /3 others are in reach: /u);
    }
  });

  it("asks on every network that the machine is on", async () => {
    venue = await Venue.open("Ana", "Bo");
    const [ana, bo] = venue.nodes() as [VenueNode, VenueNode];
    await venue.cable(ana, bo);
    await venue.cut([ana], [bo]);
    await bo.up();
    const diagnosis = await visit(ana);
    assert.match(textOf(diagnosis, "multicast"), /one other device answered/u, JSON.stringify(diagnosis));
    assert.deepEqual(complaints(diagnosis), ["not-running"]);
  });

  it("believes no liar against others, and with nobody else there says what it heard", async () => {
    venue = await Venue.open("Ana", "Liar", "Bo");
    const [ana, liar, bo] = venue.nodes() as [VenueNode, VenueNode, VenueNode];
    await Promise.all([ana.up(), liar.up([], { node: ["--import", LIAR] })]);
    const linked = (count: number): Promise<boolean> =>
      until(`Ana has ${count}`, async () => (await ana.ask<Status>("status")).peers === count);
    await linked(1);
    // Whether anybody has dialed Ana by then is chance, and with it what is said of a firewall.
    const alone = complaints(await visit(ana)).filter((code) => code !== "firewall");
    assert.deepEqual(alone, ["clock-differs", "isolation"]);
    await bo.up();
    await linked(2);
    await until("Bo sees both", () => seesEverybody(bo, 2));
    const diagnosis = await visit(ana);
    assert.deepEqual(complaints(diagnosis), [], JSON.stringify(diagnosis));
  });

  it("names a network that gives nobody an address, on which they find each other all the same", async () => {
    venue = await Venue.open("Ana", "Bo");
    const [ana, bo] = venue.nodes() as [VenueNode, VenueNode];
    for (const [node, made] of [
      [ana, "169.254.7.7"],
      [bo, "169.254.8.8"],
    ] as const)
      await venue.ip(node, "addr flush dev eth0", `addr add ${made}/16 dev eth0`);
    await Promise.all([ana.up(), bo.up()]);
    await until("Ana sees Bo", () => seesEverybody(ana, 1));
    const diagnosis = await visit(ana);
    assert.deepEqual(complaints(diagnosis), ["self-assigned", "no-gateway"], JSON.stringify(diagnosis));
    assert.match(textOf(diagnosis, "listening"), /169\.254\.7\.7/u);
  });

  it("names a network that keeps guests apart, where one daemon on a cable carries everything", async () => {
    venue = await Venue.open("Wired", "Ana", "Bo");
    const [wired, ana, bo] = venue.nodes() as [VenueNode, VenueNode, VenueNode];
    await venue.isolate([ana, bo]);
    await Promise.all([wired, ana, bo].map((node) => node.up()));
    await Promise.all([ana, bo].map((node) => until(`${node.name} sees both`, () => seesEverybody(node, 2))));
    const { caucus } = await ana.ask<{ caucus: GroupId }>("caucus", "new", "Fish", "--with", bo.person);
    await until("Bo is in", async () => (await bo.caucus(caucus)) !== undefined);
    await Promise.all([
      ana.ask("send", caucus, "can you hear me"),
      bo.ask("send", caucus, "as if you were next to me"),
    ]);
    await sameHistories([ana, bo], caucus, 2);
    const [byAna, byBo, byWired] = (await Promise.all([ana, bo, wired].map(visit))) as [
      Diagnosis,
      Diagnosis,
      Diagnosis,
    ];
    assert.deepEqual(complaints(byAna), ["isolation"], JSON.stringify(byAna));
    assert.deepEqual(complaints(byBo), ["isolation"], JSON.stringify(byBo));
    assert.match(
      textOf(byAna, "isolation"),
      new RegExp(
        `keeps its guests apart: ${bo.address} does not answer this computer, and answers ${wired.address}\\.`,
        "u",
      ),
    );
    assert.deepEqual(complaints(byWired), [], JSON.stringify(byWired));
  });

  it("lets people in by a short code or an invite where multicast is filtered, and says so", async () => {
    venue = await Venue.open("Ana", "Bo", "Cleo");
    const [ana, bo, cleo] = venue.nodes() as [VenueNode, VenueNode, VenueNode];
    await venue.filterMulticast();
    await ana.up(["--hub"]);
    const { code = "" } = await ana.ask<{ code?: string }>("status");
    const { caucus } = await ana.ask<{ caucus: GroupId }>("caucus", "new", "Fish");
    const invite = await ana.ask<Invite & { readonly url: string }>("invite", caucus, "--uses", "2");
    await Promise.all([bo.up(), cleo.up()]);

    const typed = performance.now();
    assert.deepEqual(await bo.ask("dial", code.toLowerCase()), { address: code.toLowerCase(), reached: true });
    await until("Ana sees Bo", () => seesEverybody(ana, 1));
    const byCode = performance.now() - typed;
    // What a camera makes of the QR code.
    const scanned = performance.now();
    assert.equal((await cleo.ask<{ state: string }>("join", invite.url)).state, "joined");
    const byInvite = performance.now() - scanned;
    console.log(`      in by code ${code} in ${Math.round(byCode)} ms, by invite in ${Math.round(byInvite)} ms`);

    assert.equal((await bo.ask<{ state: string }>("join", invite.code)).state, "joined");
    await ana.ask("send", caucus, "welcome");
    await until("Bo and Cleo read it", async () =>
      (await Promise.all([bo, cleo].map((node) => node.texts(caucus)))).every((texts) => texts.includes("welcome")),
    );
    for (const diagnosis of await Promise.all([bo, cleo].map(visit))) {
      assert.deepEqual(complaints(diagnosis), ["multicast-filtered"], JSON.stringify(diagnosis));
      assert.match(
        diagnosis.findings.find((one) => one.code === "multicast-filtered")?.next ?? "",
        /couloir dial CODE/u,
      );
    }
  });
});
