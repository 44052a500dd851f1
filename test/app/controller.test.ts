import assert from "node:assert/strict";
import { effect } from "@preact/signals";
import { CouloirError } from "../../src/errors.ts";
import { Drafts } from "../../web/app/drafts.ts";
import { Outgoing } from "../../web/app/outgoing.ts";
import { Controller } from "../../web/app/controller.ts";
import { Preferences } from "../../web/app/preferences.ts";
import { Router } from "../../web/app/router.ts";
import { MAX_LINES, PAGE } from "../../web/app/stretch.ts";
import { FakeBackend, type FakeOptions } from "../../web/app/testing/fakeBackend.ts";
import { groupId, ME, messageId, people, personId } from "../../web/app/testing/persons.ts";

const DRAFT = groupId("Draft 7: paragraph 4");

const still = {
  history: { state: null, pushState: () => {}, replaceState: () => {}, go: () => {} },
  addEventListener: () => {},
};

const started = async (options: FakeOptions = {}) => {
  const backend = new FakeBackend(options);
  const app = new Controller(backend, new Router(still), new Preferences(undefined, "en"));
  await app.start();
  return { backend, messenger: backend.messenger, app };
};

/** Until what was set off has run: promises of a backend without timers need turns, not time. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

/** When a signal says so. */
const when = (holds: () => unknown): Promise<void> =>
  new Promise((resolve) => {
    const stop = effect(() => {
      if (!holds()) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });

const opened = async (app: Controller) => {
  app.openCaucus(DRAFT);
  await when(() => app.conversation.value?.loaded.value);
  return app.conversation.value!;
};

describe("the controller", () => {
  it("shows the newest caucus first and who is in reach", async () => {
    const { app } = await started();
    assert.equal(app.sorted.value[0]?.name, "Draft 7: paragraph 4");
    assert.deepEqual(app.reach.value, { people: people.filter((one) => one.online).length, path: "both" });
    assert.equal(app.title(app.sorted.value[1]!), "Omar Haddad عمر حداد");
  });

  it("opens a caucus with its lines, its reactions and the marker above what is new", async () => {
    const { app } = await started();
    const open = await opened(app);
    assert.ok(open.loaded.value);
    assert.ok(open.lines.value.every((line) => line.kind !== "reaction"));
    assert.equal(open.unread?.count, 4);
    const answered = open.lines.value.find((line) => line.text.startsWith("We can live"))!;
    assert.deepEqual(
      open.reactions.value.get(answered.message)?.map(({ emoji, people: by }) => [emoji, by.length]),
      [
        ["🤝", 2],
        ["👍", 3],
      ],
    );
    await app.markRead(DRAFT);
    await settled();
    assert.equal(app.caucus(DRAFT)?.unread, 0);
    assert.equal(open.unread?.count, 4, "the marker stays while the reader reads on");
  });

  it("sends an answer, and hears one", async () => {
    const { app, messenger } = await started();
    const open = await opened(app);
    const first = open.lines.value[1]!;
    open.answer(first);
    await open.send("Agreed.");
    assert.equal(open.answering.value, undefined);
    const own = open.lines.value.at(-1)!;
    assert.deepEqual([own.text, own.reply, own.sender], ["Agreed.", first.message, ME]);
    messenger.hear({ ...first, message: messageId(99_999), text: "Good.", sentAt: own.sentAt - 1 });
    await settled();
    assert.equal(open.lines.value.at(-1)?.message, own.message, "what is only saved here stays last");
    assert.equal(app.heard.value?.text, "Good.");
    assert.equal(open.lines.value.filter((line) => line.message === messageId(99_999)).length, 1);
  });

  it("neither shows nor reads out what only changes something on the table", async () => {
    const { app, messenger } = await started();
    const open = await opened(app);
    const { length } = open.lines.value;
    const last = open.lines.value.at(-1)!;
    const { sender } = open.lines.value.find((line) => line.sender !== ME)!;
    const said = { ...last, sender, state: "received" as const };
    for (const [n, kind] of (["answer", "terms", "stand", "asking", "plan"] as const).entries())
      messenger.hear({ ...said, message: messageId(99_000 + n), kind });
    await settled();
    const silent = app.heard.value;
    assert.equal(silent, undefined);
    messenger.hear({ ...said, message: messageId(99_010), kind: "board", text: "Count me in: x" });
    await settled();
    assert.equal(open.lines.value.length, length + 1);
    assert.equal(app.heard.value?.kind, "board");
    await open.load();
    assert.equal(open.lines.value.length, length + 1, "nor when it is read anew");
  });

  it("keeps what it answers when the sending fails, and says why", async () => {
    const { app, messenger } = await started();
    const open = await opened(app);
    const line = open.lines.value[1];
    open.answer(line);
    messenger.failing.set("send", new CouloirError("storage", "disk-full", "No space."));
    assert.equal(await app.act(() => open.send("Agreed.").then(() => true)), undefined);
    assert.equal(open.answering.value, line);
    assert.deepEqual(app.notice.value, { id: "error-storage", tone: "amber" });
  });

  it("takes a reaction back by making it again", async () => {
    const { app, backend } = await started();
    const open = await opened(app);
    const line = open.lines.value[1]!;
    await open.react(line.message, "🕊️", undefined);
    assert.equal(open.reactions.value.get(line.message)?.[0]?.emoji, "🕊️");
    await open.react(line.message, "🕊️", "🕊️");
    assert.equal(open.reactions.value.get(line.message), undefined);
    assert.deepEqual(backend.calls.slice(-2), ["react 🕊️", "react "]);
  });

  it("windows a long history, and finds a line further back", async () => {
    const { app, messenger } = await started();
    const model = messenger.venue.lines.get(DRAFT)![0]!;
    const lines = Array.from({ length: 950 }, (_, n) => ({ ...model, message: messageId(n), sentAt: n }));
    messenger.venue = { ...messenger.venue, lines: new Map([[DRAFT, lines]]) };
    await app.markRead(DRAFT);
    await app.load();
    const open = await opened(app);
    assert.equal(open.lines.value.length, 100);
    assert.ok(open.older.value);
    await Promise.all([open.loadOlder(), open.loadOlder()]);
    assert.equal(open.lines.value.length, 100 + PAGE, "two wishes at once are one");
    assert.ok(await open.find(messageId(20)));
    assert.deepEqual([open.found.value, open.landings.value], [messageId(20), 1]);
    assert.equal(open.line(messageId(20))?.sentAt, 20);
    assert.ok(!open.older.value && open.newer.value);
    assert.ok(!(await open.find(messageId(123_456))));
    assert.equal(open.landings.value, 1);
    // From there back to the end, page by page: each line comes by, and never more than some are held.
    const seen = new Set<number>();
    for (let turn = 0; turn < 100; turn += 1) {
      for (const line of open.lines.value) seen.add(line.sentAt);
      assert.ok(open.lines.value.length <= MAX_LINES);
      if (!open.newer.value) break;
      await open.loadNewer();
    }
    assert.equal(seen.size, 950);
    assert.ok(open.older.value);
    while (open.older.value) await open.loadOlder();
    assert.deepEqual([open.lines.value.length, open.lines.value[0]?.sentAt, open.newer.value], [MAX_LINES, 0, true]);
    await open.toEnd();
    assert.deepEqual([open.lines.value.at(-1)?.sentAt, open.newer.value], [949, false]);
  });

  it("goes to a moment, keeps marks that were made much later, and leaves what comes meanwhile to the end", async () => {
    const { app, messenger } = await started();
    const model = messenger.venue.lines.get(DRAFT)![0]!;
    const lines = Array.from({ length: 950 }, (_, n) => ({ ...model, message: messageId(n), sentAt: 10 * n }));
    const mark = { ...model, kind: "reaction" as const, text: "👍", reply: messageId(400), sentAt: 10 * 530 + 1 };
    lines.splice(531, 0, { ...mark, message: messageId(5_000) });
    messenger.venue = { ...messenger.venue, lines: new Map([[DRAFT, lines]]) };
    const open = await opened(app);
    assert.equal(await open.findMoment(3995), 4000);
    assert.equal(open.found.value, messageId(400));
    assert.equal(open.line(messageId(5_000)), undefined);
    assert.equal(open.reactions.value.get(messageId(400))?.[0]?.emoji, "👍");
    const held = open.lines.value;
    messenger.hear({ ...model, message: messageId(7_000), sentAt: 10_000 });
    assert.deepEqual([open.lines.value.length, open.missed.value], [held.length, 1]);
    assert.equal(open.line(messageId(7_000)), undefined);
    await open.send("Own words");
    assert.deepEqual([open.lines.value.at(-1)?.text, open.newer.value, open.missed.value], ["Own words", false, 0]);
    assert.ok(open.line(messageId(7_000)));
    assert.equal(await open.findMoment(Date.now() + 86_400_000), undefined);
  });

  it("takes no line away that is being read while a caucus talks on", async () => {
    const { app, messenger } = await started();
    const open = await opened(app);
    const model = open.lines.value[1]!;
    const before = open.lines.value.length;
    open.follow(false);
    for (let n = 0; n < 500; n += 1)
      messenger.hear({ ...model, message: messageId(50_000 + n), sentAt: Date.now() + n });
    assert.ok(open.lines.value.length <= MAX_LINES);
    assert.ok(open.line(model.message) && before > 1);
    assert.deepEqual([open.newer.value, open.missed.value], [true, 500]);
    await open.toEnd();
    assert.equal(open.lines.value.at(-1)?.message, messageId(50_499));
  });

  it("begins where so much is new that the first of it is further back", async () => {
    const { app, messenger } = await started();
    const model = messenger.venue.lines.get(DRAFT)![0]!;
    const lines = Array.from({ length: 950 }, (_, n) => ({ ...model, message: messageId(n), sentAt: n }));
    const { venue } = messenger;
    messenger.venue = {
      ...venue,
      lines: new Map([[DRAFT, lines]]),
      caucuses: venue.caucuses.map((one) =>
        one.caucus === DRAFT ? { ...one, unread: 700, unreadFrom: messageId(250), unreadSince: 250 } : one,
      ),
    };
    await app.load();
    const open = await opened(app);
    assert.ok(open.line(messageId(250)) && open.line(messageId(249)));
    assert.ok(open.newer.value && open.older.value);
  });

  it("lets the oldest lines go when a caucus talks on, and can fetch them again", async () => {
    const { app, messenger } = await started();
    const open = await opened(app);
    const model = open.lines.value[1]!;
    for (let n = 0; n < 450; n += 1)
      messenger.hear({ ...model, message: messageId(50_000 + n), sentAt: model.sentAt + n });
    assert.ok(open.lines.value.length <= MAX_LINES, `${open.lines.value.length} lines`);
    assert.equal(open.lines.value.filter((line) => line.message === messageId(50_449)).length, 1);
    assert.ok(open.older.value);
    assert.ok(await open.find(messageId(50_000)));
  });

  it("shows a file coming along", async () => {
    const { app, messenger } = await started();
    const open = await opened(app);
    const line = open.lines.value.find((one) => one.file?.state === "coming")!;
    messenger.emit("transfer", { caucus: DRAFT, message: line.message, have: 400_000, size: 482_000, state: "coming" });
    assert.equal(open.line(line.message)?.file?.have, 400_000);
    await open.cancelFile(line.message);
    assert.equal(open.line(line.message)?.file?.state, "away");
  });

  it("keeps drafts, also over a restart", async () => {
    const { app, backend } = await started();
    app.drafts.set(DRAFT, "I would");
    const nonce = app.drafts.nonceOf(DRAFT);
    app.drafts.set(DRAFT, "I would rather");
    app.stop();
    await settled();
    const again = new Controller(backend, new Router(still), new Preferences(undefined, "en"));
    await again.start();
    assert.equal(again.drafts.of(DRAFT), "I would rather");
    // Sent before the restart already, it is the same message again.
    assert.equal(again.drafts.nonceOf(DRAFT), nonce);
    again.drafts.set(DRAFT, "");
    again.drafts.flush();
    await settled();
    assert.equal(backend.messenger.kept.get(`draft/${DRAFT}`), undefined);
  });

  it("keeps what is being sent until it is out, and sends it when the page comes back, once and as the answer it was", async () => {
    const { app, backend, messenger } = await started();
    const reply = messageId(7);
    app.drafts.set(DRAFT, "On its way ");
    app.drafts.flush();
    const first = app.drafts.take(DRAFT, reply)!;
    assert.equal(app.drafts.of(DRAFT), "");
    app.drafts.set(DRAFT, "And this");
    const second = app.drafts.take(DRAFT)!;
    assert.notEqual(first.nonce, second.nonce);
    app.drafts.sent(second);
    app.drafts.flush();
    await settled();
    assert.deepEqual(messenger.kept.get("sending"), { [first.nonce]: first });

    const sent: unknown[] = [];
    const { send } = backend.api;
    const counted: typeof send = (caucus, text, options) => {
      sent.push({ caucus, text, ...options });
      return send(caucus, text, options);
    };
    Object.assign(backend.api, { send: counted });
    messenger.kept.set(`draft/${DRAFT}`, { text: "On its", nonce: first.nonce });
    const again = new Controller(backend, new Router(still), new Preferences(undefined, "en"));
    await again.start();
    await settled();
    assert.deepEqual(sent, [{ caucus: DRAFT, text: "On its way", nonce: first.nonce, reply }]);
    assert.equal(again.drafts.of(DRAFT), "", "it is no draft any more");
    assert.equal(messenger.kept.get("sending"), undefined);
    assert.equal(messenger.kept.get(`draft/${DRAFT}`), undefined);
  });

  it("sends from its slip what the page had no time to save, once", async () => {
    const { app, backend, messenger } = await started();
    let noted: Uint8Array | undefined;
    const slip = {
      read: () => noted,
      write: (_: string, bytes: Uint8Array | undefined) => {
        noted = bytes;
        return true;
      },
    };
    const drafts = new Drafts(backend.api, slip);
    drafts.set(DRAFT, "On its way");
    const sending = drafts.take(DRAFT)!;
    assert.deepEqual(JSON.parse(Buffer.from(noted ?? []).toString()), [sending], "before anything else happens");
    await settled();
    for (const saved of [{ [sending.nonce]: sending }, undefined]) {
      messenger.kept.set("sending", saved);
      assert.deepEqual(await new Drafts(backend.api, slip).load([DRAFT]), [sending]);
    }
    drafts.sent(sending);
    assert.equal(noted, undefined);
    for (const damaged of ["", "{", "7", '[{"text":1}]']) {
      noted = Buffer.from(damaged);
      assert.deepEqual(await new Drafts(backend.api, slip).load([DRAFT]), []);
    }
    app.stop();
  });

  it("knows that a file would be lost with the page until it is saved", async () => {
    const { app, messenger } = await started();
    await opened(app);
    await assert.rejects(app.files.sendBlob(DRAFT, new File([], "early")), { code: "not-loaded" });
    await app.files.begin(Outgoing);
    const outgoing = app.files.outgoing.value!;
    const over = () => when(() => !outgoing.all.value.some(({ state }) => state === "sending"));
    const file = new File(["abc"], "annex.pdf", { type: "application/pdf" });
    const sent = app.files.sendBlob(DRAFT, file);
    await when(() => outgoing.all.value.length === 1);
    assert.equal(app.files.unsaved, true);
    await sent;
    await over();
    assert.equal(app.files.unsaved, false);
    assert.deepEqual(outgoing.all.value, []);
    messenger.failing.set("sendFile", new CouloirError("storage", "disk-full", "No space."));
    await app.files.sendBlob(DRAFT, file);
    await over();
    assert.equal(app.files.unsaved, false);
    assert.deepEqual(
      outgoing.all.value.map(({ state, trouble }) => [state, trouble]),
      [["failed", "error-storage"]],
      "it stays to be tried again",
    );
  });

  it("gives back what could not be sent, before what was begun meanwhile", async () => {
    const { app, messenger } = await started();
    app.drafts.set(DRAFT, "First");
    const sending = app.drafts.take(DRAFT)!;
    app.drafts.failed(sending);
    assert.deepEqual([app.drafts.of(DRAFT), app.drafts.nonceOf(DRAFT)], ["First", sending.nonce]);
    const next = app.drafts.take(DRAFT)!;
    app.drafts.set(DRAFT, "Second");
    app.drafts.failed(next);
    assert.equal(app.drafts.of(DRAFT), "First\nSecond");
    assert.notEqual(app.drafts.nonceOf(DRAFT), sending.nonce);
    await settled();
    assert.equal(messenger.kept.get("sending"), undefined);
  });

  it("shows no draft any more that another tab has sent, and goes on with one that is being typed", async () => {
    const { backend, app, messenger } = await started();
    app.drafts.set(DRAFT, "Agreed. ");
    app.drafts.flush();
    await settled();
    const tab = new Controller(backend, new Router(still), new Preferences(undefined, "en"));
    await tab.start();
    assert.equal(tab.drafts.of(DRAFT), "Agreed. ");
    tab.drafts.set(groupId("Coffee, corridor B"), "Agreed.");
    const { text } = app.drafts.take(DRAFT)!;
    for (const caucus of [DRAFT, groupId("Coffee, corridor B")]) {
      const line = await backend.api.send(caucus, text);
      messenger.emit("message", line);
    }
    assert.equal(tab.drafts.of(DRAFT), "");
    assert.equal(tab.drafts.of(groupId("Coffee, corridor B")), "Agreed.");
    tab.stop();
  });

  it("brings no draft back that is being sent, by the word of another device", async () => {
    const { app, messenger } = await started();
    app.drafts.set(DRAFT, "On its way");
    app.drafts.flush();
    app.drafts.take(DRAFT);
    await settled();
    messenger.emit("remembered", { name: `draft/${DRAFT}` });
    await settled();
    assert.equal(app.drafts.of(DRAFT), "");
  });

  it("says of what is left to send that it cannot be, and gives it back", async () => {
    const { app, backend, messenger } = await started();
    app.drafts.set(DRAFT, "On its way");
    app.drafts.take(DRAFT);
    await settled();
    messenger.failing.set("send", new CouloirError("usage", "text-too-long", "too long"));
    const again = new Controller(backend, new Router(still), new Preferences(undefined, "en"));
    await again.start();
    await settled();
    assert.equal(again.drafts.of(DRAFT), "On its way");
    assert.ok(again.notice.value);
    assert.equal(messenger.kept.get("sending"), undefined);
  });

  it("takes a draft that another device wrote, unless one is being typed here", async () => {
    const { app, messenger } = await started();
    const name = `draft/${DRAFT}`;
    const elsewhere = async (text: string): Promise<void> => {
      messenger.kept.set(name, { text, nonce: "0".repeat(32) });
      messenger.emit("remembered", { name });
      await settled();
    };
    await elsewhere("From the laptop");
    assert.equal(app.drafts.of(DRAFT), "From the laptop");
    app.drafts.set(DRAFT, "From here");
    await elsewhere("From the laptop again");
    assert.equal(app.drafts.of(DRAFT), "From here");
    app.drafts.flush();
    await settled();
    assert.deepEqual(messenger.kept.get(name), { text: "From here", nonce: "0".repeat(32) });
    assert.ok(messenger.shared.has(name));
    messenger.kept.delete(name);
    messenger.emit("remembered", { name });
    await settled();
    assert.equal(app.drafts.of(DRAFT), "", "sent or deleted there");
  });

  it("enters by invitation and by code, and says when it has to wait", async () => {
    const { app } = await started();
    const invited = app.invitations.value[0]!;
    await app.membership.accept(invited.caucus);
    assert.deepEqual(app.router.route.value.place, { at: "caucus", caucus: invited.caucus });
    assert.deepEqual(app.invitations.value, []);
    const { backend } = app;
    Object.assign(backend.api, { join: async () => ({ caucus: groupId("far"), state: "pending" }) });
    await app.membership.join(" couloir:AAAA ");
    assert.equal(app.notice.value?.id, "notice-pending");
    assert.deepEqual(app.router.route.value.place, { at: "caucus", caucus: invited.caucus });
  });

  it("writes to one person in the same caucus each time", async () => {
    const { app } = await started();
    await app.membership.direct(personId("Omar Haddad عمر حداد"));
    const first = app.router.route.value;
    await app.membership.direct(personId("Omar Haddad عمر حداد"));
    assert.deepEqual(app.router.route.value, first);
  });

  it("follows people and connection as they change", async () => {
    const { app, backend, messenger } = await started();
    const away = messenger.venue.people.map((one) => ({ ...one, online: false, path: "none" as const }));
    messenger.venue = { ...messenger.venue, people: away };
    messenger.emit("person", away[0]!);
    await settled();
    assert.deepEqual(app.reach.value, { people: 0, path: "alone" });
    backend.connect({ peers: 0, viaHub: 0, direct: 0, addresses: [], hubs: [] });
    assert.deepEqual(app.reach.value, { people: 0, path: "none" });
  });

  it("reads once for many changes at a time", async () => {
    const { app, messenger } = await started();
    let reads = 0;
    const { caucuses } = messenger.api;
    Object.assign(messenger.api, {
      caucuses: () => {
        reads += 1;
        return caucuses();
      },
    });
    for (let n = 0; n < 100; n += 1) messenger.emit("caucus", messenger.venue.caucuses[0]!);
    await settled();
    assert.ok(reads <= 2, `${reads} reads`);
    assert.equal(app.caucuses.value.length, messenger.venue.caucuses.length);
  });
});
