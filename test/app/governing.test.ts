import assert from "node:assert/strict";
import { refused } from "../../src/errors.ts";
import type { CaucusView, MotionView } from "../../src/types.ts";
import { Controller } from "../../web/app/controller.ts";
import { decide, heal, maySecond, setPolicy, takesTwo } from "../../web/app/governing.ts";
import { Preferences } from "../../web/app/preferences.ts";
import { Router } from "../../web/app/router.ts";
import { FakeBackend } from "../../web/app/testing/fakeBackend.ts";
import { groupId, ME, one } from "../../web/app/testing/persons.ts";

const DRAFT = groupId("Draft 7: paragraph 4");
const { person: AMINA } = one("Amina");
const { person: LEA } = one("Léa");
const { person: LUCAS } = one("Lucas");

const still = {
  history: { state: null, pushState: () => {}, replaceState: () => {}, go: () => {} },
  addEventListener: () => {},
};

const started = async () => {
  const backend = new FakeBackend();
  const app = new Controller(backend, new Router(still), new Preferences(undefined, "en"));
  await app.start();
  return { app, messenger: backend.messenger };
};

/** The draft's caucus with these admins, this person among them. */
const withAdmins = async (...admins: readonly string[]): Promise<CaucusView> => {
  const { app } = await started();
  const view = app.caucus(DRAFT);
  assert.ok(view);
  return {
    ...view,
    members: view.members.map((who) => ({
      ...who,
      role: who.person === ME || admins.includes(who.person) ? "admin" : "member",
    })),
  };
};

describe("deciding about a caucus", () => {
  it("says that it takes two to make an admin where there are two", async () => {
    assert.equal(takesTwo(await withAdmins(), LUCAS, "admin"), false);
    assert.equal(takesTwo(await withAdmins(AMINA), LUCAS, "admin"), true);
  });

  it("says that it takes two to unmake or remove an admin where there are three, and one to remove a member", async () => {
    const two = await withAdmins(AMINA);
    const three = await withAdmins(AMINA, LEA);
    for (const to of ["out", "member"] as const) {
      assert.equal(takesTwo(two, AMINA, to), false);
      assert.equal(takesTwo(three, AMINA, to), true);
    }
    assert.equal(takesTwo(three, LUCAS, "out"), false);
  });

  it("offers a motion to other admins only, and never to whom it is about", async () => {
    const caucus = await withAdmins(AMINA, LEA);
    const motion: MotionView = { by: LEA, about: AMINA, to: "out", until: 1 };
    assert.equal(maySecond(caucus, motion, ME), true);
    assert.equal(maySecond(caucus, { ...motion, by: ME }, ME), false);
    assert.equal(maySecond(caucus, { ...motion, about: ME }, ME), false);
    assert.equal(maySecond({ ...caucus, admin: false }, motion, ME), false);
  });

  it("removes, and gives roles, and shows what came of it", async () => {
    const { app, messenger } = await started();
    await decide(app, DRAFT, { about: LUCAS, to: "out" });
    await decide(app, DRAFT, { about: AMINA, to: "admin" });
    assert.deepEqual(messenger.calls, [`remove ${LUCAS}`, `setRole ${AMINA} admin`]);
    assert.equal(app.member(DRAFT, AMINA)?.role, "admin");
  });

  it("changes one term and leaves the other", async () => {
    const { app, messenger } = await started();
    await setPolicy(app, DRAFT, { guests: "refuse" });
    await setPolicy(app, DRAFT, { invite: "admins" });
    assert.deepEqual(messenger.calls, ["setPolicy  refuse", "setPolicy admins "]);
    assert.equal(app.caucus(DRAFT)?.noGuests, true);
    assert.equal(app.caucus(DRAFT)?.adminsInvite, true);
    await setPolicy(app, DRAFT, { guests: "ask" });
    assert.equal(app.caucus(DRAFT)?.noGuests, undefined);
  });

  it("says that there are new keys, or why there are none", async () => {
    const { app, messenger } = await started();
    await heal(app, DRAFT);
    assert.equal(app.notice.value?.id, "healed");
    messenger.failing.set("heal", refused("may-not-heal", "no"));
    await heal(app, DRAFT);
    assert.equal(app.notice.value?.id, "error-refused");
  });
});

describe("what is said for good", () => {
  it("goes on record only when asked to", async () => {
    const { app, messenger } = await started();
    app.openCaucus(DRAFT);
    await app.conversation.value?.load();
    await app.conversation.value?.send("plain");
    await app.conversation.value?.send("for ever", "0".repeat(32), true);
    assert.deepEqual(messenger.calls, ["send plain", "send for ever on record"]);
    const lines = app.conversation.value?.lines.value ?? [];
    assert.deepEqual(
      lines.slice(-2).map(({ onRecord }) => onRecord),
      [undefined, true],
    );
  });

  it("pins a line, takes the pin off, and reads no pin aloud", async () => {
    const { app, messenger } = await started();
    app.openCaucus(DRAFT);
    const conversation = app.conversation.value;
    assert.ok(conversation);
    await conversation.load();
    const [, line] = conversation.lines.value;
    assert.ok(line);
    await conversation.pin(line.message, true);
    assert.deepEqual(
      (await messenger.api.pins(DRAFT)).map((pin) => pin.line.message),
      [line.message],
    );
    const pin = conversation.lines.value.at(-1);
    assert.ok(pin?.kind === "pin");
    messenger.hear({ ...pin, sender: AMINA });
    assert.equal(app.heard.value, undefined);
    await conversation.pin(line.message, false);
    assert.deepEqual(await messenger.api.pins(DRAFT), []);
  });
});
