/** What goes wrong in a venue ends in one line that says what to do, and in the right exit code. */
import assert from "node:assert/strict";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Level } from "level";
import { readCode, writeCode } from "../../src/messenger/inviteCode.ts";
import type { Invite } from "../../src/messenger/api.ts";
import { schemaIs } from "../../src/store/schema.ts";
import type { GroupId } from "../../src/types.ts";
import { describeVenue, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

describeVenue("venue: what goes wrong", function () {
  this.timeout(90_000);
  let venue: Venue | undefined;
  let [ana, ben, cyrus] = [] as unknown as [VenueNode, VenueNode, VenueNode];
  let caucus: GroupId;

  before(async () => {
    venue = await Venue.open("Anaïs", "Benedikt", "Cyrus");
    [ana, ben, cyrus] = venue.nodes() as [VenueNode, VenueNode, VenueNode];
    await Promise.all([ana, ben, cyrus].map((node) => node.up()));
    caucus = (await ana.ask<{ caucus: GroupId }>("caucus", "new", "Fish")).caucus;
    await until("they have met", async () => (await ana.people()).length === 2);
  });
  after(() => venue?.close());

  /** The command line as a process; it has to fail with this code, in one line. */
  const fails = async (node: VenueNode, args: readonly string[], code: number, words: RegExp): Promise<void> => {
    const data = args.includes("--data") ? [] : ["--data", node.folder];
    const ended = await node.start([...args, ...data]).ended;
    assert.equal(ended.code, code, ended.stderr);
    assert.equal(ended.stdout, "");
    assert.match(ended.stderr, /^couloir: [^\n]+\n$/u);
    assert.match(ended.stderr, words);
    assert.doesNotMatch(ended.stderr, /inside|\bat .*:\d+:\d+/u);
  };
  const aside = (name: string): string => join(ana.folder, "..", name);

  it("wrong usage", async () => {
    await fails(ana, ["send", "fish"], 2, /there is nothing to send: give a text/u);
    await fails(ana, ["send", "no such caucus", "hello"], 2, /no caucus or person “no such caucus”; there is “Fish”/u);
  });

  it("no daemon", () =>
    fails(ana, ["status", "--data", aside("nothing")], 3, /no daemon is running .* start one with: couloir up/u));

  it("a second daemon on the same folder, and a port that is taken", async () => {
    await fails(ana, ["up"], 1, /another couloir is running/u);
    const { port } = new URL(ana.daemon.ui);
    await fails(ana, ["up", "--data", aside("other"), "--port", port], 1, /choose another one or leave --port away/u);
    assert.equal((await ana.run("status")).code, 0, "the first one runs on");
  });

  it("an invite that is garbled, expired or used", async () => {
    const { code } = await ana.ask<Invite>("invite", caucus);
    await fails(ben, ["join", code.slice(0, -3)], 2, /copy it again/u);
    await fails(ben, ["join", "couloir:hello"], 2, /copy it again/u);
    const expired = writeCode({ ...readCode(code), expires: Date.now() - 1000 });
    await fails(ben, ["join", expired], 4, /expired; ask for a new one/u);
    assert.equal((await ben.run("join", code)).code, 0);
    await fails(cyrus, ["join", code], 4, /used.*ask for a new one/u);
  });

  it("nobody who can be reached", async () => {
    const { code } = await ana.ask<Invite>("invite", caucus);
    await venue!.cut([cyrus], [ana, ben]);
    await fails(cyrus, ["join", code, "--wait", "2"], 5, /no member answered yet/u);
    await venue!.heal();
    const lonely = ben.start(["up", "--data", aside("lonely"), "--no-mdns", "--peer", "/ip4/10.77.0.99/tcp/4001"]);
    await lonely.firstLine;
    lonely.kill("SIGTERM");
    const { code: left, stderr } = await lonely.ended;
    assert.deepEqual([left, stderr], [0, ""], "a dead address is no error");
  });

  it("a folder of a newer couloir, and a wrong passphrase or none", async () => {
    await cyrus.down();
    const newer = aside("newer");
    await cp(cyrus.folder, newer, { recursive: true });
    const level = new Level<Uint8Array, Uint8Array>(join(newer, "db"), { keyEncoding: "view", valueEncoding: "view" });
    await level.batch([schemaIs(99)]);
    await level.close();
    await fails(cyrus, ["up", "--data", newer], 1, /newer couloir; install that version or a later one/u);

    const [right, wrong] = [aside("right"), aside("wrong")];
    await writeFile(right, "correct horse\n");
    await writeFile(wrong, "battery staple\n");
    const locked = ["up", "--data", aside("locked")];
    const first = cyrus.start([...locked, "--passphrase-file", right]);
    await first.firstLine;
    first.kill("SIGTERM");
    assert.equal((await first.ended).code, 0);
    await fails(cyrus, [...locked, "--passphrase-file", wrong], 4, /passphrase/u);
    await fails(cyrus, locked, 2, /passphrase/u);
    await fails(cyrus, [...locked, "--passphrase-file", aside("none")], 2, /does not exist/u);
  });
});
