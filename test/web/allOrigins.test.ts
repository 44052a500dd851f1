/**
 * A caucus of five on the three origins at once: a hub's page on plain http, the page of one's own daemon, and a file;
 * beside them a page on the hub's own machine, and the hub's daemon. Each is in another language, and turns to the next
 * twice: every origin meets every language.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CaucusView, GroupId } from "../../src/types.ts";
import type { BoardView, CallView, HuddleView, RollCallView, TableView } from "../../src/types/tools.ts";
import type { Language } from "../../web/app/i18n/index.ts";
import { LAPTOP, PHONE, type Delegate } from "../helpers/delegate.ts";
import { emojiName } from "../helpers/emojiNames.ts";
import { answered, board, calls, huddle, readsBoard, rollCall, takes } from "../helpers/laying.ts";
import { until } from "../helpers/venue.ts";
import { uniqueName } from "../helpers/venueNet.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";
import { png } from "../photo/pictures.ts";

const FILE = `file://${fileURLToPath(new URL("../../dist/couloir.html", import.meta.url))}`;
const PASSPHRASE = "quatre mots sans lien";
const DOVE = "\u{1f54a}\ufe0f";
const EARLY = "Before there was a hub";
/** In a script that runs the other way than some of the screens. */
const TITLE = "المياه والصرف الصحي";
const LANGUAGES = ["ar", "zh", "en"] as const;
/** In which language one of them is, after so many turns. */
const spoken = (at: number, turns: number): Language => LANGUAGES[(turns + at) % LANGUAGES.length]!;

describeWeb("web: three origins in three languages", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let folder: string;
  let url: string;
  let early: string;
  let link: string;
  let caucus: GroupId;
  let [guest, owner, carrier, host] = [] as unknown as [Delegate, Delegate, Delegate, Delegate];
  const hub = () => web.node("Hub");
  const all = (): Delegate[] => [guest, owner, carrier, host];
  const allDo = (act: (one: Delegate, at: number) => Promise<unknown>) => Promise.all(all().map(act));
  const table = (): Promise<TableView> => hub().ask<TableView>("table", caucus);
  /** Waits until everybody has read everything that the hub has. */
  const allRead = async (): Promise<void> => {
    const texts = await hub().texts(caucus);
    await allDo((one, at) =>
      until(`${at} reads all`, async () => {
        const lines = await one.reads();
        return texts.every((text) => lines.includes(text));
      }),
    );
  };
  /** Each turns to the language that they have after so many turns. */
  const allTurn = async (turns: number): Promise<void> => {
    await allRead();
    await allDo(async (one, at) => {
      const before = (await one.reads()).join("|");
      if (one === guest) await one.presses(one.t("back"));
      await one.presses(one.t("tab-settings"));
      await one.speaks(spoken(at, turns));
      await one.page.getByRole("heading", { name: one.t("tab-settings"), exact: true }).waitFor();
      await one.presses(one.t("tab-caucuses"));
      await one.enters(TITLE);
      await until("it is all there", async () => (await one.reads()).join("|") === before);
    });
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), uniqueName("origins")));
    web = await WebVenue.open("Hub", "Ben", "Phone", "Laptop");
    await web.node("Ben").up(["--flag", "BE"]);
    // Made before there is a hub: it names Ben's daemon alone, which no page can dial.
    ({ code: early } = await web.node("Ben").ask<{ code: string }>("invite", await web.caucus("Ben", EARLY)));
    url = await web.hub("Hub", "--flag", "CH");
    [guest, owner, carrier, host] = await Promise.all([
      web.sits("Phone", PHONE),
      web.sits("Ben", { ...LAPTOP, language: spoken(1, 0) }),
      web.sits("Laptop", { ...LAPTOP, language: spoken(2, 0) }),
      web.sits("Hub", { ...LAPTOP, language: spoken(3, 0) }),
    ]);
  });
  after(async () => {
    await web?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("a page on the hub's machine, a peer of its own there too: opens a caucus, and makes a poster for it", async () => {
    await host.opens(`http://localhost:${new URL(url).port}/`);
    await host.joins({ name: "Mere Tuilagi", country: "FJ" });
    assert.equal(await host.isTrusted(), true);
    await host.presses(host.t("list-new"));
    await host.fills(host.t("new-name"), TITLE);
    await host.presses(host.t("new-open", { people: 0 }));
    await host.enters(TITLE);
    await host.presses(host.t("more"));
    const sheet = host.page.getByRole("dialog");
    await host.presses(host.like("menu-codes"), sheet);
    await host.presses(host.t("codes-make-poster"), sheet);
    await sheet.getByLabel(host.like("poster-approval")).uncheck();
    await host.presses(host.t("poster-make"), sheet);
    link = await host.scans(host.t("invite-qr"));
    assert.equal(new URL(link).origin, new URL(url).origin);
    await host.presses(host.t("close"), sheet);
  });

  it("from the poster to the first message on plain http, without the browser's own cryptography", async () => {
    await guest.opens(link);
    await guest.speaks(spoken(0, 0));
    guest.taps = 0;
    await guest.joins({ name: "Amina Njoroge", country: "KE" });
    await guest.says("Amina is in");
    await host.sees("Amina is in");
    assert.equal(guest.taps, 5);
    assert.equal(await guest.isTrusted(), false);
    // It would have been let go if it could not do what it is there for.
    assert.equal(guest.page.workers().length, 1, "a worker verifies");
  });

  it("on the page of one's own daemon", async () => {
    owner.name = "Ben";
    await owner.opens(web.node("Ben").daemon.ui);
    assert.equal(await owner.isTrusted(), true);
    await owner.presses(owner.t("list-scan"));
    await owner.fills(owner.t("code-field"), link);
    await owner.presses(owner.t("code-join"), owner.page.getByRole("dialog"));
    await owner.enters(TITLE);
    await owner.says("Ben, from his own machine");
    await guest.sees("Ben, from his own machine");
  });

  it("and in couloir.html from a stick, locked by a passphrase", async () => {
    await carrier.opens(`${FILE}#${early}`);
    await carrier.joins({ name: "Léa Martin", country: "FR", passphrase: PASSPHRASE });
    assert.equal(await carrier.isTrusted(), true);
    // The hub's address is on its screen.
    await carrier.presses(carrier.like("strip-none"));
    await carrier.presses(carrier.t("conn-type"));
    await carrier.fills(carrier.t("conn-address"), new URL(url).host);
    await carrier.presses(carrier.t("conn-dial"));
    await carrier.presses(carrier.t("close"));
    await carrier.enters(EARLY);
    await carrier.opens("about:blank");
    await carrier.opens(`${FILE}${new URL(link).hash}`);
    await carrier.fills(carrier.t("passphrase"), PASSPHRASE);
    await carrier.presses(carrier.t("unlock"));
    await carrier.presses(carrier.t("code-join"), carrier.page.getByRole("dialog"));
    await carrier.enters(TITLE);
    await carrier.says("Léa, from a file");
    await Promise.all([guest, owner].map((one) => one.sees("Léa, from a file")));
  });

  it("with the hub's daemon five are in it, and all read all in one order", async () => {
    await hub().ask("join", link);
    caucus = (await hub().ask<CaucusView[]>("caucus", "ls")).find(({ name }) => name === TITLE)!.caucus;
    await allDo((one) => one.finds(one.t("here-of", { here: 4, all: 4 })));
    await Promise.all([hub().ask("send", caucus, "word of 4"), allDo((one, at) => one.says(`word of ${at}`))]);
    await allDo(async (one) => {
      for (const at of [0, 1, 2, 3, 4]) await one.sees(`word of ${at}`);
    });
    // One's own words stand last until it is known that they are out.
    await until("all have them in one order", async () => {
      const [first, ...others] = await Promise.all([
        ...all().map((one) => one.reads()),
        ...[hub(), web.node("Ben")].map((node) => node.texts(caucus)),
      ]);
      const last = (words: readonly string[]): string => words.slice(-5).join("|");
      return others.every((words) => last(words) === last(first!));
    });
  });

  it("a roll call is read by all, and says so where it was called", async () => {
    await rollCall(guest, [owner, carrier], "Be in the room at 15:50");
    const { message } = await until("the hub has it", async () => (await table()).rollCalls[0]);
    await until("the hub knows who says that they read it", async () => {
      const { people } = await hub().ask<RollCallView>("roll", "show", caucus, message);
      return [owner, carrier].every(({ name }) => people.find((who) => who.name === name)?.saidSo !== undefined);
    });
  });

  it("people come to a huddle, late, or not at all", async () => {
    const topic = "Who speaks first";
    await huddle(owner, [carrier, guest], { topic, place: "Corridor B" });
    const { message } = await until("the hub has it", async () => (await table()).huddles[0]);
    await hub().ask<HuddleView>("answer", caucus, message, "coming");
    await answered(owner, topic, ["huddle-coming", 2]);
  });

  it("all turn to the next language, and read the same", () => allTurn(1));

  it("a board counts what delegations say themselves, and hearsay apart", async () => {
    await board(guest, [owner, carrier], { text: "Keep 31 March.", more: ["NO", "CL"], needs: 2 });
    const { message } = await until("the hub has it", async () => (await table()).boards[0]);
    const said = await hub().ask<BoardView>("board", "stand", caucus, message, "CL", "support", "--by", "FJ");
    assert.deepEqual(said.for, { own: 1, hearsay: 1 });
    await owner.finds(owner.t("board-asks", { names: [carrier.name] }));
    for (const reader of [owner, carrier]) {
      const csv = await readsBoard(reader, reader.t("board-for", { all: "2", own: "1", told: "1" }));
      assert.match(csv, /^BE,support,own,Ben,/mu);
      assert.match(csv, /^CL,support,hearsay,/mu);
    }
  });

  it("a call fills every screen until the first has it", async () => {
    const call = { act: "outside", text: "Keep the date", here: 4 } as const;
    const others = [guest, owner, host] as const;
    const ringing = async () => (await hub().lines<CallView>("ringing")).flat().length;
    await calls(carrier, others, call);
    assert.equal(await ringing(), 1);
    await takes(carrier, others, call);
    assert.equal(await ringing(), 0);
  });

  it("all turn once more", () => allTurn(2));

  it("photos go to all, and so do emoji that were found by their names", async () => {
    const path = join(folder, "draft.png");
    for (const [at, sender] of all().entries()) {
      // Another width each time, by which it is known.
      await writeFile(
        path,
        png(640 + at, 480, (x, y) => [x % 256, y % 256, at * 60]),
      );
      await sender.sendsPhoto(path);
      await allDo(async (one) => one !== sender && one.looksAtPhoto(640 + at));
    }
    const photos = (await hub().history(caucus)).filter(({ file }) => file?.picture !== undefined);
    assert.equal(photos.length, 4);
    await allDo(async (one, at) => {
      const name = emojiName(DOVE, spoken(at, 2));
      await one.presses(one.t("emoji"));
      await one.presses(one.t("emoji-all"));
      await one.page.getByRole("searchbox", { name: one.t("emoji-search") }).fill(name);
      await one.presses(name, one.page.getByRole("dialog"));
      await one.presses(one.t("send"));
    });
    await until(
      "the hub reads those of all",
      async () => (await hub().texts(caucus)).filter((text) => text === DOVE).length === 4,
    );
  });

  it("the hub goes: who can goes on, and a daemon alone keeps what is said; and comes back to all of it", async () => {
    await guest.presses(guest.t("back"));
    for (const talker of [guest, carrier, host]) await talker.finds(talker.like("strip-both", "people"));
    await guest.enters(TITLE);
    hub().daemon.kill("SIGKILL");
    await hub().daemon.ended;
    await carrier.says("Who still hears me?");
    for (const one of [guest, host]) await one.sees("Who still hears me?");
    await guest.says("I do");
    await carrier.sees("I do");
    await owner.finds(owner.like("strip-none"));
    await owner.writes("Nobody yet");
    await owner.presses(owner.t("send-later"));
    await owner.finds(owner.t("receipt-waiting"));
    await web.hub("Hub");
    await Promise.all([guest, carrier, host].map((one) => one.sees("Nobody yet")));
    for (const text of ["Who still hears me?", "I do"]) await owner.sees(text);
    await until("the hub has all", async () => {
      const texts = await hub().texts(caucus);
      return ["Who still hears me?", "I do", "Nobody yet"].every((text) => texts.includes(text));
    });
  });

  it("nothing went wrong, and nothing left the room", () => {
    // On localhost a page asks whether a daemon serves it; a hub does not know of that. A second call is refused. And of a
    // hub that goes they speak.
    const gone = /404 .*\/session$|403 .*\/table$|ERR_CONNECTION_REFUSED|WebSocket connection|status of 503/u;
    for (const { browser } of all()) browser.assertWell(gone);
  });
});
