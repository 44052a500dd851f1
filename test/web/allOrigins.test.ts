/**
 * A caucus of five on the three origins at once: a hub's page on plain http, the page of one's own daemon, and a file;
 * beside them a page on the hub's own machine, and the hub's daemon. Each is in another language, and after each round in
 * the next: in three rounds every origin meets every language.
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
import { board, call, huddle, readsBoard, rollCall } from "../helpers/laying.ts";
import { until } from "../helpers/venue.ts";
import { uniqueName } from "../helpers/venueNet.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";
import { png } from "../photo/pictures.ts";

const FILE = `file://${fileURLToPath(new URL("../../dist/couloir.html", import.meta.url))}`;
const PASSPHRASE = "quatre mots sans lien";
const DOVE = "\u{1f54a}\ufe0f";
const LANGUAGES = ["ar", "zh", "en"] as const;
/** In scripts that run the other way than some of the screens. */
const ROUNDS = [
  { title: "Islands and coasts", act: "floor" },
  { title: "المياه والصرف الصحي", act: "outside" },
  { title: "气候资金", act: "interrupt" },
] as const;

type Three = [Delegate, Delegate, Delegate];

/** Three of them in turn, beginning with another each time. */
const from = ([a, b, c]: Three, at: number): Three =>
  (
    [
      [a, b, c],
      [b, c, a],
      [c, a, b],
    ] as const
  )[at % 3]!.slice() as Three;

describeWeb("web: three origins in three languages", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let folder: string;
  let url: string;
  let early: string;
  let [guest, owner, carrier, host] = [] as unknown as [Delegate, Delegate, Delegate, Delegate];
  const hub = () => web.node("Hub");
  const three = (): Three => [guest, owner, carrier];
  const all = (): Delegate[] => [guest, owner, carrier, host];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), uniqueName("origins")));
    web = await WebVenue.open("Hub", "Ben", "Phone", "Laptop");
    await web.node("Ben").up(["--flag", "BE"]);
    // Made before there is a hub: it names Ben's daemon alone, which no page can dial.
    const caucus = await web.caucus("Ben", "Before there was a hub");
    ({ code: early } = await web.node("Ben").ask<{ code: string }>("invite", caucus));
    url = await web.hub("Hub", "--flag", "CH");
    [guest, owner, carrier, host] = await Promise.all([
      web.sits("Phone", { ...PHONE, language: "ar" }),
      web.sits("Ben", { ...LAPTOP, language: "zh" }),
      web.sits("Laptop", { ...LAPTOP, language: "en" }),
      web.sits("Hub", { ...LAPTOP, language: "ar" }),
    ]);
  });
  after(async () => {
    await web?.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const [round, { title, act }] of ROUNDS.entries()) {
    const spoken = (at: number): Language => LANGUAGES[(round + at) % LANGUAGES.length]!;
    describe(`round ${round + 1}: ${[0, 1, 2].map(spoken).join(", ")}`, () => {
      let link: string;
      let caucus: GroupId;
      const [one, other, third] = [0, 1, 2].map((at) => () => from(three(), round)[at]!) as [
        () => Delegate,
        () => Delegate,
        () => Delegate,
      ];
      const table = (): Promise<TableView> => hub().ask<TableView>("table", caucus);

      it("a page on the hub's machine opens a caucus, and makes a poster for it", async () => {
        if (round === 0) {
          await host.opens(`http://localhost:${new URL(url).port}/`);
          await host.joins({ name: "Mere Tuilagi", country: "FJ" });
          assert.equal(await host.isTrusted(), true);
        }
        await host.presses(host.t("list-new"));
        await host.fills(host.t("new-name"), title);
        await host.presses(host.t("new-open", { people: 0 }));
        await host.enters(title);
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
        await guest.opens("about:blank");
        await guest.opens(link);
        if (round > 0) await guest.speaks(spoken(0));
        guest.taps = 0;
        await guest.joins({ name: "Amina Njoroge", country: "KE" });
        await guest.says(`Amina in round ${round}`);
        await host.sees(`Amina in round ${round}`);
        assert.equal(guest.taps, 5);
        assert.equal(await guest.isTrusted(), false);
        // It would have been let go if it could not do what it is there for.
        assert.equal(guest.page.workers().length, 1, "a worker verifies");
      });

      it("on the page of one's own daemon", async () => {
        owner.name = "Ben";
        if (round === 0) await owner.opens(web.node("Ben").daemon.ui);
        assert.equal(await owner.isTrusted(), true);
        await owner.presses(owner.t("list-scan"));
        await owner.fills(owner.t("code-field"), link);
        await owner.presses(owner.t("code-join"), owner.page.getByRole("dialog"));
        await owner.enters(title);
        await owner.says(`Ben in round ${round}`);
        await guest.sees(`Ben in round ${round}`);
      });

      it("and in couloir.html from a stick, locked by a passphrase", async () => {
        const who = { name: "Léa Martin", country: "FR", passphrase: PASSPHRASE };
        const { hash } = new URL(link);
        await carrier.opens("about:blank");
        if (round > 0) {
          await carrier.opens(`${FILE}${hash}`);
          await carrier.speaks(spoken(2));
          await carrier.joins(who);
        } else {
          await carrier.opens(`${FILE}#${early}`);
          await carrier.joins(who);
          // The hub's address is on its screen.
          await carrier.presses(carrier.like("strip-none"));
          await carrier.presses(carrier.t("conn-type"));
          await carrier.fills(carrier.t("conn-address"), new URL(url).host);
          await carrier.presses(carrier.t("conn-dial"));
          await carrier.presses(carrier.t("close"));
          await carrier.enters("Before there was a hub");
          await carrier.opens("about:blank");
          await carrier.opens(`${FILE}${hash}`);
          await carrier.fills(carrier.t("passphrase"), PASSPHRASE);
          await carrier.presses(carrier.t("unlock"));
          await carrier.presses(carrier.t("code-join"), carrier.page.getByRole("dialog"));
        }
        assert.equal(await carrier.isTrusted(), true);
        await carrier.enters(title);
        await carrier.says(`Léa in round ${round}`);
        for (const reader of [guest, owner]) await reader.sees(`Léa in round ${round}`);
      });

      it("with the hub's daemon five are in it, and all read all in one order", async () => {
        await hub().ask("join", link);
        caucus = (await hub().ask<CaucusView[]>("caucus", "ls")).find(({ name }) => name === title)!.caucus;
        for (const reader of all()) await reader.finds(reader.t("here-of", { here: 4, all: 4 }));
        await hub().ask("send", caucus, "word of 4");
        for (const [at, writer] of all().entries()) await writer.says(`word of ${at}`);
        for (const reader of all()) for (const at of [0, 1, 2, 3, 4]) await reader.sees(`word of ${at}`);
        // One's own words stand last until it is known that they are out.
        await until("all have them in one order", async () => {
          const [first, ...others] = await Promise.all([
            ...all().map((reader) => reader.reads()),
            ...[hub(), web.node("Ben")].map((node) => node.texts(caucus)),
          ]);
          const last = (words: readonly string[]): string => words.slice(-5).join("|");
          return others.every((words) => last(words) === last(first!));
        });
      });

      it("a roll call is read by all, and says so where it was called", async () => {
        await rollCall(one(), [other(), third()], "Be in the room at 15:50");
        const call = await until("the hub has it", async () => (await table()).rollCalls[0]);
        await until("the hub knows who says that they read it", async () => {
          const { people } = await hub().ask<RollCallView>("roll", "show", caucus, call.message);
          return [other(), third()].every(({ name }) => people.find((one) => one.name === name)?.saidSo !== undefined);
        });
      });

      it("people come to a huddle, late, or not at all", async () => {
        await huddle(other(), [third(), one()], { topic: "Who speaks first", place: "Corridor B" });
        const { message } = await until("the hub has it", async () => (await table()).huddles[0]);
        await hub().ask<HuddleView>("answer", caucus, message, "coming");
        const coming = other().page.locator(".card--huddle .answers > div", { hasText: other().t("huddle-coming") });
        await coming.getByText("2", { exact: true }).waitFor();
      });

      it("a board counts what delegations say themselves, and hearsay apart", async () => {
        await board(third(), [one(), other()], { text: "Keep 31 March.", more: "NO,CL", needs: 2 });
        const { message } = await until("the hub has it", async () => (await table()).boards[0]);
        const said = await hub().ask<BoardView>("board", "stand", caucus, message, "CL", "support", "--by", "FJ");
        assert.deepEqual(said.for, { own: 1, hearsay: 1 });
        await one().finds(one().t("board-asks", { names: [other().name] }));
        for (const reader of [one(), other()]) {
          const csv = await readsBoard(reader, reader.t("board-for", { all: "2", own: "1", told: "1" }));
          assert.match(csv, new RegExp(`^..,support,own,${one().name},`, "mu"));
          assert.match(csv, /^CL,support,hearsay,/mu);
        }
      });

      it("a call fills every screen until the first has it", async () => {
        await call(one(), [other(), third(), host], { act, text: "Keep the date", here: 4, taker: other().name });
        assert.deepEqual((await hub().lines<CallView>("ringing")).flat(), []);
      });

      it("a photo goes to all, and so does an emoji that was found by its name", async () => {
        const path = join(folder, "draft.png");
        for (const [at, sender] of (round === 0 ? [one(), host] : [one()]).entries()) {
          // Another width each time, by which it is known.
          await writeFile(
            path,
            png(640 + at, 480, (x, y) => [x % 256, y % 256, round * 60]),
          );
          await sender.sendsPhoto(path);
          for (const reader of all()) if (reader !== sender) await reader.looksAtPhoto(640 + at);
        }
        for (const [at, sender] of three().entries()) {
          const name = emojiName(DOVE, spoken(at));
          await sender.presses(sender.t("emoji"));
          await sender.presses(sender.t("emoji-all"));
          await sender.page.getByRole("searchbox", { name: sender.t("emoji-search") }).fill(name);
          await sender.presses(name, sender.page.getByRole("dialog"));
          await sender.presses(sender.t("send"));
        }
        await until("the hub reads three doves", async () => {
          return (await hub().texts(caucus)).filter((text) => text === DOVE).length === 3;
        });
      });

      it("the hub goes: who can goes on, and a daemon alone keeps what is said; and comes back to all of it", async () => {
        await guest.presses(guest.t("back"));
        for (const talker of [guest, carrier, host]) await talker.finds(talker.like("strip-both", "people"));
        await guest.enters(title);
        hub().daemon.kill("SIGKILL");
        await hub().daemon.ended;
        await carrier.says("Who still hears me?");
        for (const reader of [guest, host]) await reader.sees("Who still hears me?");
        await guest.says("I do");
        await carrier.sees("I do");
        await owner.finds(owner.like("strip-none"));
        await owner.writes("Nobody yet");
        await owner.presses(owner.t("send-later"));
        await owner.finds(owner.t("receipt-waiting"));
        await web.hub("Hub");
        for (const reader of [guest, carrier, host]) await reader.sees("Nobody yet");
        for (const text of ["Who still hears me?", "I do"]) await owner.sees(text);
        await until("the hub has all", async () => {
          const texts = await hub().texts(caucus);
          return ["Who still hears me?", "I do", "Nobody yet"].every((text) => texts.includes(text));
        });
      });

      it("all turn to the next language, and read the same", async () => {
        for (const [at, reader] of all().entries()) {
          const before = (await reader.reads()).join("|");
          if (reader === guest) await reader.presses(reader.t("back"));
          await reader.presses(reader.t("tab-settings"));
          await reader.speaks(spoken((at % 3) + 1));
          await reader.page.getByRole("heading", { name: reader.t("tab-settings"), exact: true }).waitFor();
          await reader.presses(reader.t("tab-caucuses"));
          await reader.enters(title);
          // What lies on the table comes a moment after what was said.
          await until("all is there", async () => (await reader.reads()).join("|") === before);
        }
      });

      it("whoever wipes is nobody there any more, and the others keep what they said", async () => {
        for (const [leaver, words] of [
          [guest, `Amina in round ${round}`],
          [carrier, `Léa in round ${round}`],
        ] as const) {
          if (leaver === guest) await leaver.presses(leaver.t("back"));
          await leaver.presses(leaver.t("tab-settings"));
          await leaver.presses(leaver.t("set-wipe-key"));
          const word = leaver.t("wipe-word");
          await leaver.fills(leaver.t("wipe-type", { word }), word);
          await leaver.presses(leaver.t("wipe-now"));
          await leaver.finds(leaver.t("wipe-done-hint"));
          assert.equal(await leaver.page.evaluate(() => localStorage.length), 0);
          await host.sees(words);
        }
      });
    });
  }

  describe("all the time", () => {
    it("nothing went wrong, and nothing left the room", () => {
      // On localhost a page asks whether a daemon serves it; a hub does not know of that. A second call is refused. And of a
      // hub that goes they speak.
      const gone = /404 .*\/session$|403 .*\/table$|ERR_CONNECTION_REFUSED|WebSocket connection|status of 503/u;
      for (const { browser } of all()) browser.assertWell(gone);
    });
  });
});
