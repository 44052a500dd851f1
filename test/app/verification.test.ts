import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { EMOJI } from "../../src/content/emoji.ts";
import { CouloirError, refused, usage } from "../../src/errors.ts";
import type { ComparisonView, PersonView, RoomCodeView } from "../../src/types.ts";
import { Controller } from "../../web/app/controller.ts";
import { Preferences } from "../../web/app/preferences.ts";
import { Router } from "../../web/app/router.ts";
import { FakeBackend } from "../../web/app/testing/fakeBackend.ts";
import { groupId, ME, one } from "../../web/app/testing/persons.ts";
import { stateOf } from "../../web/app/views/personState.ts";
import { LANGUAGES, install } from "../../web/app/i18n/index.ts";

const DRAFT = groupId("Draft 7: paragraph 4");
const { person: OMAR } = one("Omar");
const CODE = "couloir-verify:AAAA";
const expires = 1_000;

const still = {
  history: { state: null, pushState: () => {}, replaceState: () => {}, go: () => {} },
  addEventListener: () => {},
};

const started = async () => {
  const backend = new FakeBackend();
  const app = new Controller(backend, new Router(still), new Preferences(undefined, "en"));
  await app.start();
  return { app, messenger: backend.messenger, verification: app.verification };
};

const said = (app: Controller): string | undefined => app.notice.value?.id;
const comparison = (state: ComparisonView["state"], more: Partial<ComparisonView> = {}): ComparisonView => ({
  person: OMAR,
  name: "Omar",
  caucus: groupId("Omar"),
  state,
  expires,
  ...more,
});
const room = (state: RoomCodeView["state"], more: Partial<RoomCodeView> = {}): RoomCodeView => ({
  caucus: DRAFT,
  startedBy: one("Amina").person,
  state,
  committed: [one("Amina").person],
  opened: [],
  differs: [],
  expires,
  ...more,
});

describe("verifying in person", () => {
  it("tells what is wrong with a device, an invite or what closed a caucus, whoever it is about", async () => {
    const { app, messenger } = await started();
    const tell = (code: string): string | undefined => {
      messenger.emit("notice", { level: "warn", code, text: "" });
      return said(app);
    };
    assert.equal(tell("renamed"), undefined);
    assert.equal(tell("quantum-lost"), "notice-quantum-lost");
    assert.equal(tell("equivocation"), "notice-twofold");
    assert.equal(tell("own-equivocation"), "notice-own-twofold");
    assert.equal(tell("invite-used-twice"), "notice-contest");
    assert.equal(tell("backdated"), "notice-backdated");
    assert.equal(tell("device-revoked"), "notice-device-revoked");
  });

  it("takes a code for the person it was scanned for, without the space around it", async () => {
    const { app, messenger, verification } = await started();
    const checked = await verification.check(` ${CODE}\n`, OMAR);
    assert.ok(checked && "person" in checked);
    assert.equal(checked.person.trust, "verified");
    assert.equal(app.person(OMAR)?.verified, true);
    assert.deepEqual(messenger.calls, [`verify ${CODE} ${OMAR}`]);
  });

  it("gives back a refusal for the sheet to say, and tells anything else by a notice", async () => {
    const { app, messenger, verification } = await started();
    for (const refusal of ["code-of-another", "devices-differ", "devices-forked"] as const) {
      messenger.failing.set("verify", refused(refusal, ""));
      assert.deepEqual(await verification.check(CODE, OMAR), { refusal });
    }
    for (const refusal of ["bad-code", "own-code", "unknown-person"] as const) {
      messenger.failing.set("verify", usage(refusal, ""));
      assert.deepEqual(await verification.check(CODE, OMAR), { refusal });
    }
    assert.equal(said(app), undefined);
    messenger.failing.set("verify", new CouloirError("network", "hub-away", ""));
    assert.equal(await verification.check(CODE, OMAR), undefined);
    assert.equal(said(app), "error-hub-away");
  });

  it("shows its own code as a link that a phone's camera opens", async () => {
    const { verification } = await started();
    assert.match((await verification.ownCode()) ?? "", /^http:\/\/192\.168\.8\.20:4700\/#couloir-verify:/);
  });

  it("a code that was brought is asked about, and not taken", async () => {
    const { app, messenger, verification } = await started();
    verification.bring(CODE);
    assert.equal(verification.brought.value, CODE);
    assert.deepEqual(app.router.route.value.over, { over: "verify" });
    assert.deepEqual(messenger.calls, []);
  });

  it("follows a comparison from the question to its end, and forgets it then", async () => {
    const { app, messenger, verification } = await started();
    messenger.comparing(comparison("asked"));
    assert.deepEqual(verification.asking(), [{ of: "comparison", view: comparison("asked") }]);
    await verification.compare(OMAR);
    assert.equal(verification.comparisons.value.get(OMAR)?.emoji?.length, 7);
    verification.forget(OMAR);
    assert.ok(verification.comparisons.value.has(OMAR), "what is under way is not forgotten");
    await verification.endComparison(OMAR, "match");
    assert.equal(verification.comparisons.value.get(OMAR)?.reason, "match");
    assert.equal(app.person(OMAR)?.checkedBy, "emoji");
    assert.deepEqual(verification.asking(), []);
    verification.forget(OMAR);
    assert.ok(!verification.comparisons.value.has(OMAR));
  });

  it("emoji that differ mark the person", async () => {
    const { app, messenger, verification } = await started();
    messenger.comparing(comparison("compare", { emoji: [1, 2, 3, 4, 5, 6, 7] }));
    await verification.endComparison(OMAR, "differ");
    assert.equal(app.person(OMAR)?.trust, "mismatch");
  });

  it("follows a room code, and says what cannot be done any more", async () => {
    const { app, messenger, verification } = await started();
    messenger.inRoom(room("asked"));
    await verification.roomCode(DRAFT);
    assert.deepEqual(verification.rooms.value.get(DRAFT)?.committed, [one("Amina").person, ME]);
    await verification.closeRoomCode(DRAFT);
    assert.equal(verification.rooms.value.get(DRAFT)?.state, "opening");
    messenger.inRoom(room("compare", { emoji: [1, 2, 3, 4, 5, 6, 7, 8] }));
    await verification.endRoomCode(DRAFT, "match");
    assert.ok(app.caucus(DRAFT)?.comparedAt);
    verification.forget(DRAFT);
    assert.ok(!verification.rooms.value.has(DRAFT));
    await verification.closeRoomCode(DRAFT);
    assert.equal(said(app), "error-over");
  });

  it("puts emoji that can be read first, then what is asked, whoever's it is", async () => {
    const { messenger, verification } = await started();
    messenger.comparing(comparison("asked"));
    messenger.inRoom(room("asked"));
    messenger.inRoom(room("compare", { emoji: [] }));
    messenger.comparing(comparison("waiting", { person: one("Priya").person }));
    assert.deepEqual(
      verification.asking().map(({ of, view }) => [of, view.state]),
      [
        ["room", "compare"],
        ["comparison", "asked"],
      ],
    );
  });

  it("reads what is under way when the page is loaded anew", async () => {
    const backend = new FakeBackend();
    backend.messenger.comparing(comparison("waiting"));
    backend.messenger.inRoom(room("gathering"));
    const app = new Controller(backend, new Router(still), new Preferences(undefined, "en"));
    await app.start();
    assert.deepEqual([...app.verification.comparisons.value.keys()], [OMAR]);
    assert.deepEqual([...app.verification.rooms.value.keys()], [DRAFT]);
  });

  it("vouches, takes keys unchecked, and tells why keys are held", async () => {
    const { app, messenger, verification } = await started();
    await verification.vouch(OMAR, true);
    assert.deepEqual(app.person(OMAR)?.vouchedBy, [ME]);
    await verification.acceptKeys(OMAR);
    assert.deepEqual(messenger.calls, [`vouch ${OMAR} true`, `acceptKeys ${OMAR}`]);
    messenger.emit("notice", { level: "warn", code: "keys-changed", text: "", person: OMAR });
    assert.deepEqual(said(app), "notice-keys-changed");
    app.dismiss();
    messenger.emit("notice", { level: "warn", code: "something-else", text: "", person: OMAR });
    assert.equal(said(app), undefined);
  });
});

describe("what is said of trust", () => {
  const words = (language: string): string =>
    readFileSync(new URL(`../../web/app/i18n/${language}/signs.ftl`, import.meta.url), "utf8");

  it("a changed key comes before where they are, and a name like another's beside it", () => {
    install({ en: [readFileSync(new URL("../../web/app/i18n/en/people.ftl", import.meta.url), "utf8")] });
    const omar = one("Omar");
    const says = (more: Partial<PersonView>): string => stateOf({ ...omar, ...more }, 0);
    assert.equal(says({}), "Here");
    for (const trust of ["changed", "forked", "mismatch"] as const)
      assert.equal(says({ trust }), "Key changed. Verify again");
    assert.equal(says({ looksLike: [ME] }), "Here\u00a0· name looks like another’s");
  });

  it("every emoji has a name in every language, and no two the same one", () => {
    assert.equal(EMOJI.length, 64);
    assert.equal(new Set(EMOJI.map(({ emoji }) => emoji)).size, 64);
    const ids = EMOJI.map(({ name }) => `sign-${name.toLowerCase().replaceAll(" ", "-")}`);
    for (const { language } of LANGUAGES) {
      const lines = words(language).trim().split("\n");
      assert.deepEqual(
        lines.map((line) => line.split(" = ")[0]),
        ids,
      );
      assert.equal(new Set(lines.map((line) => line.split(" = ")[1])).size, 64);
    }
  });
});
