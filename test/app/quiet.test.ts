import assert from "node:assert/strict";
import { Controller } from "../../web/app/controller.ts";
import { Preferences, type Shelf } from "../../web/app/preferences.ts";
import { Notifier, type Teller, type Told } from "../../web/app/quiet/notifier.ts";
import { OPEN_END, Quiet } from "../../web/app/quiet/quiet.ts";
import { Router } from "../../web/app/router.ts";
import type { MessageView } from "../../src/types.ts";
import { FakeBackend } from "../../web/app/testing/fakeBackend.ts";
import { groupId, ME, messageId, personId } from "../../web/app/testing/persons.ts";

const DRAFT = groupId("Draft 7: paragraph 4");

const shelf = (text: string | null = null) => {
  const kept = { text };
  const one: Shelf = { getItem: () => kept.text, setItem: (_, value) => (kept.text = value) };
  return { ...one, kept };
};

describe("what a device keeps to itself", () => {
  it("is known before anything is shown, and by other tabs", () => {
    const place = shelf();
    const one = new Quiet(place);
    const other = new Quiet(place);
    one.set({ pocket: true, plenary: OPEN_END });
    assert.deepEqual([one.now.pocket, one.plenary, new Quiet(place).now.pocket], [true, true, true]);
    other.again();
    assert.deepEqual(other.now, one.now);
  });

  it("ends by itself after a time that was chosen, also while the page was away", async () => {
    const place = shelf();
    const one = new Quiet(place);
    one.set({ plenary: Date.now() + 40 });
    assert.ok(one.plenary);
    while (one.plenary) await new Promise((done) => setImmediate(done));
    assert.ok(!new Quiet(shelf(JSON.stringify({ plenary: Date.now() - 1 }))).plenary);
  });

  it("is nothing where the shelf holds something else, or refuses", () => {
    const none = { pocket: false, plenary: 0, notify: false, previews: false };
    for (const text of ["", "null", "7", "{", '{"pocket":"yes","plenary":"long","notify":1}'])
      assert.deepEqual(new Quiet(shelf(text)).now, none, text);
    const refusing = new Quiet({
      getItem: () => {
        throw new Error("SecurityError");
      },
      setItem: () => {
        throw new Error("QuotaExceededError");
      },
    });
    refusing.set({ pocket: true });
    assert.deepEqual(refusing.now, { ...none, pocket: true });
  });
});

describe("notifications", () => {
  const started = async () => {
    const backend = new FakeBackend();
    const window = { history: { pushState() {}, replaceState() {}, go() {}, state: null }, addEventListener() {} };
    const app = new Controller(backend, new Router(window), new Preferences(undefined, "en"));
    await app.start();
    const told: (Told & { readonly press: () => void })[] = [];
    const hidden: string[] = [];
    const sight = { seen: false, may: true };
    const teller: Teller = {
      seen: () => sight.seen,
      may: () => sight.may,
      show: (one, press) => void told.push({ ...one, press }),
      hide: (tag) => void hidden.push(tag),
    };
    const notifier = new Notifier(app, teller);
    app.preferences.quiet.set({ notify: true });
    let n = 900;
    const hears = (more: Partial<MessageView> = {}, event: "message" | "receipt" = "message") => {
      n += 1;
      backend.messenger.emit(event, {
        message: messageId(n),
        caucus: DRAFT,
        sender: personId("Lucas Prado"),
        name: "Lucas Prado",
        sentAt: Date.now(),
        kind: "text",
        text: "the secret wording",
        reached: 0,
        read: 0,
        of: 8,
        state: "received",
        missing: 0,
        ...more,
      });
      return told.length;
    };
    const erases = (which: number): void =>
      backend.messenger.emit("erased", { caucus: DRAFT, message: messageId(which) });
    return { app, told, hidden, sight, hears, erases, notifier };
  };
  const named = { mentions: [{ person: ME, as: "Ana Kovač" }] };

  it("say nothing of who, where and what unless one wants that, and never in a pocket", async () => {
    const { app, told, hears } = await started();
    const secret = /secret|Lucas|Draft|[0-9a-f]{16}/u;
    hears();
    hears(named);
    app.preferences.quiet.set({ previews: true, pocket: true });
    hears();
    assert.equal(told.length, 3);
    for (const { title, body, tag } of told) assert.doesNotMatch(`${title} ${body} ${tag}`, secret);
    app.preferences.quiet.set({ pocket: false });
    hears();
    assert.match(`${told[3]?.title} ${told[3]?.body}`, /Draft 7.*said-aloud|Draft 7.*Lucas.*secret/u);
    assert.equal(new Set(told.map(({ tag }) => tag)).size, 1);
  });

  it("go with the message that they told of", async () => {
    const { told, hidden, hears, erases } = await started();
    hears();
    hears();
    erases(901);
    assert.deepEqual(hidden, [], "a later one has taken its place");
    erases(902);
    assert.deepEqual(hidden, [told[1]?.tag]);
  });

  it("go when what they say is taken back", async () => {
    const { told, hidden, hears } = await started();
    const [message, other] = [messageId(700), messageId(701)];
    hears({ message });
    hears({ message: other, kind: "withdrawn", text: "" }, "receipt");
    hears({ message, text: "other words" }, "receipt");
    assert.deepEqual([told.length, hidden], [1, []]);
    hears({ message, kind: "withdrawn", text: "" }, "receipt");
    assert.deepEqual(hidden, [told[0]?.tag]);
  });

  it("open the caucus when they are pressed", async () => {
    const { app, told, hears } = await started();
    hears();
    told[0]?.press();
    assert.deepEqual(app.router.route.value.place, { at: "caucus", caucus: DRAFT });
  });

  it("are none in plenary mode, for who looks, does not want them, or may not have them", async () => {
    const { app, sight, hears, notifier } = await started();
    const { quiet } = app.preferences;
    quiet.set({ plenary: OPEN_END });
    assert.equal(hears(), 0);
    quiet.set({ plenary: 0, notify: false });
    assert.equal(hears(), 0);
    quiet.set({ notify: true });
    sight.seen = true;
    assert.equal(hears(), 0);
    Object.assign(sight, { seen: false, may: false });
    assert.equal(hears(), 0);
    sight.may = true;
    assert.equal(hears(), 1);
    notifier.stop();
    assert.equal(hears(), 1);
  });

  it("are none of one's own, of what was said before one came, and of what says nothing by itself", async () => {
    const { hears } = await started();
    hears({ sender: ME });
    hears({ granted: true });
    for (const kind of ["reaction", "notice", "pin", "stand", "answer"] as const) hears({ kind });
    assert.equal(hears(), 1);
  });

  it("are of what a caucus may interrupt with: names and calls, or nothing", async () => {
    const { app, hears } = await started();
    app.preferences.setAlert(DRAFT, "mentions");
    assert.equal(hears(), 0);
    assert.equal(hears({ mentions: [{ person: personId("Léa Martin"), as: "Léa Martin" }] }), 0);
    assert.equal(hears(named), 1);
    assert.equal(hears({ kind: "call" }), 2);
    app.preferences.setAlert(DRAFT, "none");
    hears(named);
    assert.equal(hears({ kind: "call" }), 2);
  });
});
