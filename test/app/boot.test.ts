import assert from "node:assert/strict";
import { refused } from "../../src/errors.ts";
import type { GroupId } from "../../src/types.ts";
import { Boot } from "../../web/app/boot.ts";
import { follow, wear } from "../../web/app/look.ts";
import { Preferences, type Shelf } from "../../web/app/preferences.ts";
import { dir, language, type Language } from "../../web/app/i18n/index.ts";
import { Router } from "../../web/app/router.ts";
import { FakeBackend } from "../../web/app/testing/fakeBackend.ts";
import { groupId } from "../../web/app/testing/persons.ts";
import type { Opening, Origin } from "../../web/peer/backend.ts";

const still = {
  history: { state: null, pushState: () => {}, replaceState: () => {}, go: () => {} },
  addEventListener: () => {},
};
const origin: Origin = { kind: "hub", guest: false, hubAnswers: true, passphrase: "optional", forgetful: false };
const profile = { name: "Ana", flag: "HR", delegation: "" };

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

const boot = (opening: Opening | Error): Boot =>
  new Boot(
    () => (opening instanceof Error ? Promise.reject(opening) : Promise.resolve(opening)),
    new Router(still),
    new Preferences(undefined, "en"),
  );

describe("beginning", () => {
  it("a new person joins and follows the invite that brought them", async () => {
    const backend = new FakeBackend({ scene: "empty" });
    const one = boot({
      state: "new",
      origin: { ...origin, invite: "couloir:AAAA" },
      begin: async (how) => {
        backend.messenger.profile = how.profile;
        return backend;
      },
      restore: async () => backend,
    });
    await settled();
    assert.equal(one.stage.value.stage, "new");
    assert.equal(await one.join({ profile }), undefined);
    await settled();
    assert.equal(one.stage.value.stage, "in");
    assert.deepEqual(backend.calls, ["join couloir:AAAA"]);
    assert.equal(one.router.route.value.place.at, "caucus");
  });

  it("whoever is somebody already is asked before a link speaks in their name", async () => {
    const backend = new FakeBackend();
    const one = boot({ state: "ready", origin: { ...origin, invite: "couloir:AAAA" }, backend });
    await settled();
    const stage = one.stage.value;
    assert.ok(stage.stage === "in");
    assert.equal(stage.controller.pending.value, "couloir:AAAA");
    assert.deepEqual(one.router.route.value.over, { over: "code" });
    assert.deepEqual(backend.calls, []);
  });

  it("a code that somebody's camera opened is asked about, for a new person once they are in", async () => {
    const code = "couloir-verify:AAAA";
    const backend = new FakeBackend();
    const here = boot({ state: "ready", origin: { ...origin, verify: code }, backend });
    await settled();
    assert.deepEqual(here.router.route.value.over, { over: "verify" });
    const fresh = boot({
      state: "new",
      origin: { ...origin, verify: code },
      begin: async () => backend,
      restore: async () => backend,
    });
    await settled();
    assert.equal(await fresh.join({ profile }), undefined);
    const stage = fresh.stage.value;
    assert.ok(stage.stage === "in");
    assert.equal(stage.controller.verification.brought.value, code);
    assert.deepEqual(backend.calls, []);
  });

  it("a device of somebody's begins without a name, and is offered until it has one", async () => {
    const backend = new FakeBackend({ scene: "empty" });
    const begun: unknown[] = [];
    const fresh = boot({
      state: "new",
      origin,
      begin: async (how) => {
        begun.push(how);
        backend.messenger.profile = how.profile;
        return backend;
      },
      restore: async () => backend,
    });
    await settled();
    assert.equal(await fresh.link(""), undefined);
    assert.deepEqual(begun, [{ profile: { name: "", flag: "", delegation: "" } }]);
    assert.deepEqual(fresh.router.route.value.over, { over: "offer" });
    const reloaded = boot({ state: "ready", origin, backend });
    await settled();
    assert.deepEqual(reloaded.router.route.value.over, { over: "offer" });
    backend.messenger.profile = profile;
    const named = boot({ state: "ready", origin, backend });
    await settled();
    assert.equal(named.router.route.value.over, undefined);
  });

  it("a wrong passphrase is said, and asked for again", async () => {
    const backend = new FakeBackend();
    const one = boot({
      state: "locked",
      origin,
      unlock: async (passphrase) => {
        if (passphrase !== "four good words") throw refused("wrong-passphrase", "That is not it.");
        return backend;
      },
      wipe: async () => {},
    });
    await settled();
    assert.equal(await one.unlock("guess"), "error-wrong-passphrase");
    assert.equal(one.stage.value.stage, "locked");
    assert.equal(await one.unlock("four good words"), undefined);
    assert.equal(one.stage.value.stage, "in");
  });

  it("a link that brings an identity is followed behind a passphrase, too", async () => {
    const backend = new FakeBackend();
    const unlock = async () => backend;
    const one = boot({ state: "locked", origin: { ...origin, move: "move=AAAA" }, unlock, wipe: async () => {} });
    await settled();
    assert.equal(await one.unlock("four good words"), undefined);
    const stage = one.stage.value;
    assert.ok(stage.stage === "in");
    assert.equal(stage.controller.moving.value, "move=AAAA");
    assert.deepEqual(one.router.route.value.over, { over: "move" });
  });

  it("a language that cannot be had is said where one joins, until another is chosen, and later on any screen", async () => {
    const backend = new FakeBackend({ scene: "empty" });
    const one = boot({ state: "new", origin, begin: async () => backend, restore: async () => backend });
    await settled();
    one.cannotSpeak();
    assert.equal(one.unspoken.value, "error-hub-away");
    one.speak("en");
    assert.equal(one.unspoken.value, undefined);
    await one.join({ profile });
    const stage = one.stage.value;
    assert.ok(stage.stage === "in");
    one.cannotSpeak();
    assert.equal(stage.controller.notice.value?.id, "error-hub-away");
  });

  it("what cannot be opened says so", async () => {
    const one = boot({ state: "impossible", origin, code: "no-storage", message: "" });
    await settled();
    assert.deepEqual(one.stage.value, { stage: "impossible", code: "no-storage" });
    const broken = boot(new Error("no chunk"));
    await settled();
    assert.deepEqual(broken.stage.value, { stage: "impossible", code: "error-internal" });
  });
});

describe("preferences", () => {
  const shelfOf = (text: string | null): Shelf & { text: string | null } => ({
    text,
    getItem() {
      return this.text;
    },
    setItem(_, value) {
      this.text = value;
    },
  });
  afterEach(() => {
    language.value = "en";
  });

  it("are there before the messenger is, and turn the page round", () => {
    const shelf = shelfOf(null);
    const first = new Preferences(shelf, "en");
    assert.ok(!first.known);
    first.setLanguage("ar");
    first.setTheme("dark");
    first.setTextSize(150);
    language.value = "en";
    const again = new Preferences(shelf, "en");
    assert.deepEqual([language.value, dir.value, again.theme.value, again.textSize.value], ["ar", "rtl", "dark", 150]);
    assert.ok(again.known);
  });

  it("say in the document which language it is, and of Han glyphs which", () => {
    const root = { lang: "", dir: "", dataset: {}, style: { fontSize: "" } };
    const one = new Preferences(undefined, "ar");
    const stop = wear(one, root as unknown as HTMLElement);
    assert.deepEqual([root.lang, root.dir], ["ar", "rtl"]);
    one.setLanguage("zh");
    assert.deepEqual([root.lang, root.dir], ["zh-Hans", "ltr"]);
    stop();
  });

  it("take no language whose words cannot be had, and the last choice wins", async () => {
    const one = new Preferences(undefined, "en");
    const answers = new Map<Language, PromiseWithResolvers<void>>();
    let refusals = 0;
    const stop = follow({
      preferences: one,
      load: (wanted) => {
        const answer = Promise.withResolvers<void>();
        answers.set(wanted, answer);
        return answer.promise;
      },
      refused: () => (refusals += 1),
    });
    const answered = async (of: Language, reached: boolean): Promise<void> => {
      if (reached) answers.get(of)?.resolve();
      else answers.get(of)?.reject(new Error("away"));
      await settled();
    };
    await answered("en", true);
    one.setLanguage("fr");
    await answered("fr", false);
    assert.deepEqual([language.value, refusals], ["en", 1]);
    one.setLanguage("ru");
    one.setLanguage("es");
    await answered("es", true);
    await answered("ru", false);
    assert.deepEqual([language.value, refusals], ["es", 1]);
    stop();
  });

  it("take nothing from a shelf that holds something else, or refuses", () => {
    for (const text of ["", "7", "null", '{"language":"xx","theme":3,"textSize":9000}', "{"]) {
      const one = new Preferences(shelfOf(text), "ar");
      assert.deepEqual([language.value, one.theme.value, one.textSize.value], ["ar", "device", 100], text);
    }
    const refusing: Shelf = {
      getItem: () => {
        throw new Error("SecurityError");
      },
      setItem: () => {
        throw new Error("QuotaExceededError");
      },
    };
    new Preferences(refusing, "en").setTheme("light");
  });

  it("follow what the messenger keeps, and tell it", async () => {
    const { api } = new FakeBackend();
    await api.remember("look", { language: "ar", theme: "dark" });
    await api.remember("alerts", [["a", "none"], 3, ["b", "loud"], ["c", "mentions"]]);
    const one = new Preferences(undefined, "en");
    await one.load(api);
    assert.deepEqual([language.value, one.theme.value], ["ar", "dark"]);
    assert.deepEqual(
      ["a", "b", "c"].map((name) => one.alert(name as GroupId)),
      ["none", "all", "mentions"],
    );
    one.setTheme("light");
    assert.deepEqual(await api.remembered("look"), { language: "ar", theme: "light", textSize: 100 });
  });

  it("mute on all devices of a person, and look as each device likes", async () => {
    const { api, messenger } = new FakeBackend();
    const one = new Preferences(undefined, "en");
    await one.load(api);
    one.setTheme("light");
    one.setAlert(groupId("a"), "none");
    await settled();
    assert.deepEqual([...messenger.shared], ["alerts"]);
    await api.remember("alerts", [["b", "mentions"]]);
    await api.remember("look", { language: "en", theme: "dark", textSize: 100 });
    await one.changed("look", api);
    await one.changed("alerts", api);
    assert.deepEqual(
      [one.theme.value, one.alert(groupId("a")), one.alert("b" as GroupId)],
      ["light", "all", "mentions"],
    );
  });

  it("let stand out what a caucus may: everything, what names one, nothing", () => {
    const one = new Preferences(undefined, "en");
    const caucus = groupId("a");
    const counts = () => [one.standsOut({ caucus, unread: 5, mentioned: 2 }), one.standsOut({ caucus, unread: 5 })];
    assert.deepEqual(counts(), [5, 5]);
    one.setAlert(caucus, "mentions");
    assert.deepEqual(counts(), [2, 0]);
    one.setAlert(caucus, "none");
    assert.deepEqual(counts(), [0, 0]);
    one.setAlert(caucus, "all");
    assert.deepEqual(counts(), [5, 5]);
  });
});
