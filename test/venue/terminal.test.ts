/** What a hostile peer writes reaches nobody's terminal as anything but words. */
import assert from "node:assert/strict";
import type { GroupId } from "../../src/types.ts";
import { describeVenue, until, Venue } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

const ESC = "\u001b";
const BEL = "\u0007";
const CSI = "\u009b";
/** Sets the title, clears the screen, writes over lines, links elsewhere, answers back, and turns the text around. */
const HARM = `${ESC}]0;owned${BEL}${ESC}[2J${ESC}[31m${CSI}2J\u0085\b\b\r${ESC}]8;;http://x${ESC}\\${ESC}[c\u202e`;
/** All that a terminal obeys but for the end of a line, and what turns text around. */
const HARMFUL = /[[\p{Cc}\u202a-\u202e\u2066-\u2069]--\n]/v;
/** What our own screens say: colours, and in a chat the cursor and the line. Nothing of the above is among it. */
const OURS = new RegExp(`${ESC}\\[(?:[0-9;]*m|[0-9]*[ABCDGJK]|\\?2004[hl]|\\?25[hl])`, "gu");

describeVenue("venue: a hostile peer and a terminal", function () {
  this.timeout(90_000);
  let venue: Venue | undefined;
  let [ana, eve] = [] as unknown as [VenueNode, VenueNode];
  let caucus: GroupId;

  before(async () => {
    venue = await Venue.open("Anaïs", `Eve${HARM}l`);
    [ana, eve] = venue.nodes() as [VenueNode, VenueNode];
    await Promise.all([ana.up(), eve.up(["--delegation", `Mission${HARM}`])]);
    await until("they meet", async () => (await eve.people()).length === 1 && (await ana.people()).length === 1);
    caucus = (await eve.ask<{ caucus: GroupId }>("caucus", "new", `Trap${HARM}door`, "--with", ana.person)).caucus;
    await eve.ask("send", caucus, `first${HARM}\n${HARM}last`);
    await until("Anaïs has it", async () => (await ana.texts(caucus)).length === 1);
    // The harm is done in earnest: it is there, byte for byte, and only the screens leave it out.
    assert.deepEqual(await ana.texts(caucus), [`first${HARM}\n${HARM}last`]);
    assert.equal((await ana.people())[0]?.name, `Eve${HARM}l`);
  });
  after(() => venue?.close());

  const harmless = (screen: string, ...words: readonly string[]): void => {
    for (const word of words) assert.ok(screen.includes(word), `${word} in ${JSON.stringify(screen)}`);
    // The terminal itself puts a carriage return before the end of a line.
    assert.doesNotMatch(screen.replaceAll(/\r+\n/gu, "\n").replaceAll(OURS, ""), HARMFUL);
    assert.ok(!screen.includes(`${ESC}[31m`) && !screen.includes(`${ESC}[2J`), "not even what we could have said");
  };
  const shown = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout } = await ana.start([...args, "--data", ana.folder], { terminal: true }).ended;
    assert.equal(code, 0, stdout);
    return stdout;
  };

  it("people, caucuses and history show words only", async () => {
    harmless(await shown("people"), "Eve l", "Mission");
    harmless(await shown("caucus", "ls"), "Trap door", "Eve l");
    harmless(await shown("history", caucus), "first", "last", "Eve l");
    harmless(await shown("export", caucus), "Trap door", "first", "last");
    harmless(await shown("invite", caucus), "couloir:");
  });

  it("so does JSON, which escapes the rest", async () => {
    for (const args of [["people"], ["caucus", "ls"], ["history", caucus]])
      harmless(await shown(...args, "--json"), "\\u001b");
  });

  it("so do errors", async () => {
    const { code, stdout } = await ana.start(["send", "nobody", "hello", "--data", ana.folder], { terminal: true })
      .ended;
    assert.equal(code, 2);
    harmless(stdout, "Eve l");
  });

  it("so do a chat and a tail, while it comes in", async () => {
    const chat = ana.start(["chat", caucus, "--data", ana.folder], { terminal: true });
    const tail = ana.start(["tail", "--data", ana.folder], { terminal: true });
    await until("both listen", async () => chat.stdout().includes("last") && tail.stdout().includes("Listening"));
    await eve.ask("send", caucus, `live${HARM}wire`);
    await until("both show it", async () => [chat, tail].every((one) => one.stdout().includes("wire")));
    chat.tell("/quit");
    tail.kill("SIGKILL");
    const [talk, lines] = await Promise.all([chat.ended, tail.ended]);
    harmless(talk.stdout, "Eve l", "first");
    harmless(lines.stdout, "Trap door");
  });

  it("so does the daemon itself", async () => {
    const { stderr } = await ana.down();
    assert.doesNotMatch(stderr, HARMFUL);
  });
});
