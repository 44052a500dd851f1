/** Files on their way out, and a page that goes away at any moment. */
import assert from "node:assert/strict";
import { CouloirError } from "../../src/errors.ts";
import type { NewFile, RememberOptions } from "../../src/messenger/api.ts";
import { Vault } from "../../src/store/vault.ts";
import type { GroupId, MessageView } from "../../src/types.ts";
import type { Ready, Source } from "../../web/app/order.ts";
import { Outgoing } from "../../web/app/outgoing.ts";
import { MOST_NOTED, type Parcel } from "../../web/app/parcel.ts";
import { PhotoTrouble } from "../../web/app/photo/trouble.ts";
import { FakeBackend } from "../../web/app/testing/fakeBackend.ts";
import { groupId, messageId } from "../../web/app/testing/persons.ts";
import { slipIn } from "../../web/peer/slip.ts";
import { memoryShelf } from "../page/memoryShelf.ts";

const DRAFT = groupId("Draft 7: paragraph 4");
const PICTURE = { width: 3, height: 2, thumbnail: "AAAA" };
const ORDER = { caucus: DRAFT, name: "annex.pdf" };

const problem = (fault: "usage" | "storage" | "network", code: string) => new CouloirError(fault, code, "");
/** Turns in which nothing of any importance happens. */
const idle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const never = <T>(): Promise<T> => new Promise(() => {});
const blobOf = (text: string, type = "application/pdf"): Blob => new Blob([text], { type });
const at = (text: string): Source => ({ ready: () => Promise.resolve({ blob: blobOf(text) }) });

interface Saved extends Omit<NewFile, "bytes"> {
  readonly caucus: GroupId;
  readonly content: string;
}

/** What outlives pages: what the messenger has saved and remembers, and what the tab has on its slip. */
class Device {
  readonly saved: Saved[] = [];
  readonly kept = new Map<string, unknown>();
  readonly session = new Map<string, string>();
  readonly local = new Map<string, string>();
  readonly said: string[] = [];
  /** Where the pages that are opened from now on stop for good. */
  stops: "reading" | "saved" | undefined;
  failing: CouloirError[] = [];
  /** Bytes that were offered with each call. */
  readonly offered: number[] = [];
  /** Told of each piece that is read. */
  onPart = (): void => {};
  /** Nothing can be remembered. */
  full = false;
  /** When it is said whether something could be remembered. */
  writing: Promise<void> | undefined;
  /** No photo can be drawn. */
  spoilt = false;
  /** Characters that each of both may take. */
  room = Infinity;

  /** A page of the tab; another `tab` has a slip of its own. */
  page(session = this.session): Outgoing {
    const vault = new Vault(new Uint8Array(32).fill(1));
    const slip = slipIn(
      { session: memoryShelf(session, () => this.room), local: memoryShelf(this.local, () => this.room) },
      vault,
    );
    const backend = Object.assign(new FakeBackend(), { slip });
    const { stops } = this;
    const sendFile = async (caucus: GroupId, { bytes, ...file }: NewFile): Promise<void> => {
      this.offered.push(file.size);
      const known = () => this.saved.some(({ nonce }) => nonce === file.nonce);
      if (known()) return;
      const [failure] = this.failing.splice(0, 1);
      if (failure) throw failure;
      const parts: Uint8Array[] = [];
      for await (const part of bytes) {
        parts.push(part);
        this.onPart();
        if (stops === "reading") await never();
      }
      const content = Buffer.concat(parts);
      if (content.length !== file.size) throw problem("usage", "file-size");
      if (!known()) this.saved.push({ caucus, ...file, content: content.toString() });
      if (stops === "saved") await never();
    };
    const remember = async (name: string, value: unknown, { entry = "" }: RememberOptions = {}): Promise<void> => {
      const { full } = this;
      if (this.writing) await this.writing;
      if (full) throw problem("storage", "disk-full");
      const all = { ...(this.kept.get(name) as object | undefined), [entry]: value };
      this.kept.set(name, Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined)));
    };
    Object.assign(backend.api, { sendFile, remember, remembered: async (name: string) => this.kept.get(name) });
    const drawn = async (from: Blob): Promise<Ready> => {
      if (this.spoilt) throw new PhotoTrouble("unknown");
      return { blob: blobOf(`drawn ${await from.text()}`) };
    };
    return new Outgoing({ backend, say: (id) => void this.said.push(id) }, drawn);
  }

  /** The tab is loaded anew, and all is done that will be. */
  async again(session = this.session): Promise<Outgoing> {
    this.stops = undefined;
    const page = this.page(session);
    await page.load();
    await idle();
    return page;
  }

  /** Exactly this is saved, and nothing is kept of how it was sent. */
  assertSent(...contents: readonly string[]): void {
    assert.deepEqual(
      this.saved.map(({ content }) => content),
      contents,
    );
    const left = Object.values((this.kept.get("sending files") ?? {}) as Record<string, object>);
    assert.ok(
      left.every((one) => "stopped" in one),
      "but for what was stopped",
    );
    assert.deepEqual([this.session.size, this.local.size], [0, 0]);
  }
}

const states = (page: Outgoing) => page.all.value.map(({ state }) => state);

describe("files on their way out", () => {
  let device: Device;
  beforeEach(() => {
    device = new Device();
  });

  it("are saved once, with all that was said of them, and leave nothing behind", async () => {
    const page = device.page();
    const reply = messageId(7);
    await page.send({ ...ORDER, text: "As agreed", reply }, at("annex"));
    await idle();
    const [{ nonce, ...saved } = {}] = device.saved;
    assert.match(nonce ?? "", /^[0-9a-f]{32}$/);
    const rest = { text: "As agreed", reply, type: "application/pdf", size: 5, content: "annex" };
    assert.deepEqual(saved, { ...ORDER, ...rest });
    assert.deepEqual(page.all.value, []);
    device.assertSent("annex");
  });

  it("are finished by the page that comes back, wherever the one before it ended", async () => {
    for (const stops of ["reading", "saved"] as const) {
      device = new Device();
      device.stops = stops;
      const page = device.page();
      await page.send(ORDER, at("annex"));
      await idle();
      assert.ok(page.busy);
      page.note();
      assert.ok(![...device.session.values()].join().includes("annex"), "what is noted is sealed");
      const { nonce } = page.all.value[0]!.going;
      assert.deepEqual(states(await device.again()), [], stops);
      assert.equal(device.saved[0]?.nonce, nonce);
      assert.equal(device.saved[0]?.type, "application/pdf");
      device.assertSent("annex");
      assert.deepEqual(device.offered, stops === "saved" ? [5, 1] : [5, 1, 5], "no byte of what is known");
      await device.again();
      device.assertSent("annex");
    }
  });

  it("are known to be saved when only the record of it was left, and then nothing is read", async () => {
    device.stops = "saved";
    await device.page().send(ORDER, at("annex"));
    await idle();
    // The slip goes with a tab that is closed.
    device.session.clear();
    assert.deepEqual(states(await device.again()), []);
    device.assertSent("annex");
  });

  it("are finished at once where a picture is still being made when the page goes", async () => {
    let page = device.page();
    const parcel: Parcel = { bytes: Uint8Array.from(Buffer.from("jpeg")), type: "image/jpeg", picture: PICTURE };
    const unread = Object.assign(blobOf("jpeg"), { arrayBuffer: () => never() });
    for (const ready of [() => never<Ready>(), () => Promise.resolve({ blob: unread })]) {
      device.saved.length = 0;
      void page.send({ ...ORDER, photo: true }, { ready, now: () => parcel });
      await idle();
      page.note();
      assert.deepEqual(states(await device.again()), []);
      const [saved] = device.saved;
      assert.deepEqual([saved?.type, saved?.picture], ["image/jpeg", PICTURE]);
      device.assertSent("jpeg");
      page = device.page();
    }
  });

  it("are noted at once where they are photos, which nobody can choose again", async () => {
    device.stops = "reading";
    await device.page().send({ ...ORDER, photo: true }, at("jpeg"));
    assert.deepEqual(states(await device.again()), []);
    device.assertSent("jpeg");
  });

  it("are drawn by the page that comes back where they are photos that the one before had no time to draw", async () => {
    const page = device.page();
    const raw: Parcel = { bytes: new TextEncoder().encode("place and all"), type: "image/jpeg", raw: true };
    const order = { ...ORDER, name: "photo.jpg", photo: true, together: "00".repeat(8) };
    void page.send(order, { ready: never, now: () => raw });
    await idle();
    page.note();
    device.spoilt = true;
    assert.deepEqual(states(await device.again()), ["lost"]);
    device.spoilt = false;
    assert.deepEqual(states(await device.again()), []);
    device.assertSent("drawn place and all");
  });

  it("are photos again, drawn anew, where one of several was lost and is chosen again", async () => {
    device.room = 0;
    device.stops = "reading";
    const page = device.page();
    const order = { ...ORDER, name: "photo.jpg", photo: true, together: "00".repeat(8), once: true };
    await page.send(order, at("a photo"));
    await idle();
    const again = await device.again();
    assert.deepEqual(states(again), ["lost"]);
    device.spoilt = true;
    const wrong = new File(["no photo"], "IMG_0815.jpg", { type: "image/jpeg" });
    await assert.rejects(again.replace(again.all.value[0]!, wrong), PhotoTrouble);
    assert.deepEqual(states(again), ["lost"], "there to be chosen again");
    device.spoilt = false;
    await again.replace(again.all.value[0]!, new File(["place and all"], "IMG_0815.jpg", { type: "image/jpeg" }));
    await idle();
    device.assertSent("drawn place and all");
    assert.deepEqual([device.saved[0]?.name, device.saved[0]?.once], ["photo.jpg", true]);
  });

  it("are noted in two halves where no browser gives one place so much room, and leave neither behind", async () => {
    device.room = 2000;
    device.stops = "reading";
    const long = "annex".repeat(1000);
    const page = device.page();
    await page.send(ORDER, at(long));
    await idle();
    page.note();
    assert.equal(device.local.size, 1);
    assert.deepEqual(states(await device.again()), []);
    device.assertSent(long);
  });

  it("are all noted, where several of them are cut in one moment", async () => {
    device.room = 3400;
    device.stops = "reading";
    const long = ["annex".repeat(1000), "draft".repeat(1000)];
    const page = device.page();
    for (const one of long) await page.send(ORDER, at(one));
    await idle();
    page.note();
    assert.deepEqual(states(await device.again()), []);
    assert.deepEqual(
      device.saved.map(({ content }) => content),
      long,
    );
    assert.equal(device.local.size, 0);
  });

  it("are told of as lost where nothing could be noted, until they are chosen again or dropped", async () => {
    device.room = 1400;
    device.stops = "reading";
    const long = "annex".repeat(1000);
    const page = device.page();
    for (const name of ["one", "two"]) await page.send({ ...ORDER, name, size: long.length }, at(long));
    await idle();
    page.note();
    const again = await device.again();
    assert.deepEqual(states(again), ["lost", "lost"]);
    const [one, two] = again.all.value;
    assert.deepEqual([one?.going.size, one?.going.name], [long.length, "one"]);
    again.discard(one!);
    // Whoever keeps what was sealed of it hears that it is given up, by its size and no byte.
    assert.deepEqual([device.offered.at(-1), device.saved], [long.length, []]);
    device.room = Infinity;
    device.stops = "reading";
    const reading = device.page();
    await reading.load();
    await idle();
    await reading.replace(reading.all.value[0]!, new File([long], "two.txt", { type: "text/plain" }));
    await idle();
    reading.note();
    assert.deepEqual(states(await device.again()), []);
    assert.deepEqual([device.saved[0]?.name, device.saved[0]?.nonce], ["two.txt", two!.going.nonce]);
    device.assertSent(long);
  });

  it("stay to be tried again when this device cannot keep them, also over a reload", async () => {
    device.failing = Array.from({ length: 3 }, () => problem("storage", "disk-full"));
    const page = device.page();
    await page.send(ORDER, at("annex"));
    await idle();
    assert.deepEqual(
      page.all.value.map(({ state, trouble }) => [state, trouble]),
      [["failed", "error-storage"]],
    );
    page.retry(page.all.value[0]!);
    await idle();
    assert.deepEqual(states(page), ["failed"]);
    page.note();
    const again = await device.again();
    assert.deepEqual(states(again), ["failed"]);
    again.retry(again.all.value[0]!);
    await idle();
    assert.deepEqual(states(again), []);
    device.assertSent("annex");
  });

  it("are given up with a word where they never will do", async () => {
    device.failing = [problem("usage", "file-too-large")];
    await device.page().send(ORDER, at("annex"));
    await idle();
    assert.deepEqual(device.said, ["error-file-too-large"]);
    device.assertSent();
    const broken = { ready: () => Promise.reject(new Error("broken")) };
    await assert.rejects(device.page().send(ORDER, broken), /broken/);
    device.assertSent();
  });

  it("are asked for again when whoever was saving them has gone, or somebody without bytes was quicker", async () => {
    device.failing = [problem("network", "tab-gone"), problem("usage", "file-source")];
    await device.page().send(ORDER, at("annex"));
    await idle();
    device.assertSent("annex");
    device.saved.length = 0;
    device.failing = Array.from({ length: 9 }, () => problem("network", "tab-gone"));
    const page = device.page();
    await page.send(ORDER, at("annex"));
    await idle();
    assert.deepEqual([states(page), device.failing.length], [["failed"], 6], "not for ever");
  });

  it("are not sent twice by a second tab, which learns when the first is through", async () => {
    device.stops = "reading";
    const first = device.page();
    await first.send(ORDER, at("annex"));
    await idle();
    const second = await device.again(new Map());
    assert.deepEqual(states(second), ["lost"], "its bytes are not here");
    first.note();
    await device.again();
    const [{ caucus } = ORDER] = device.saved;
    second.heard({ caucus } as MessageView);
    await idle();
    assert.deepEqual(states(second), []);
    device.assertSent("annex");
  });

  it("are told of as lost when their tab was closed, whatever another tab has sent meanwhile", async () => {
    const second = device.page(new Map());
    await second.load();
    device.stops = "reading";
    const first = device.page();
    await first.load();
    await first.send(ORDER, at("annex"));
    await idle();
    first.note();
    device.stops = undefined;
    await second.send({ ...ORDER, name: "other.pdf" }, at("other"));
    await idle();
    // The first tab is closed: its session goes with it.
    const third = await device.again(new Map());
    assert.deepEqual(states(third), ["lost"]);
  });

  it("leave nothing on the shelf of all tabs when their tab was closed and another sent meanwhile", async () => {
    const second = device.page(new Map());
    await second.load();
    device.room = 40_000;
    device.stops = "reading";
    const first = device.page();
    await first.load();
    await first.send(ORDER, at("annex".repeat(25_000)));
    await idle();
    first.note();
    assert.equal(device.local.size, 1, "half of it");
    device.stops = undefined;
    await second.send({ ...ORDER, name: "other.pdf" }, at("other"));
    await idle();
    const third = await device.again(new Map());
    for (const one of third.all.value) third.discard(one);
    await idle();
    assert.equal(device.local.size, 0, "nobody knows of it any more");
  });

  it("are not sent by a duplicate of the tab once they were stopped", async () => {
    device.stops = "reading";
    const first = device.page();
    await first.load();
    await first.send({ ...ORDER, photo: true }, at("annex"));
    await idle();
    const copied = new Map(device.session);
    first.discard(first.all.value[0]!);
    await idle();
    await device.again(copied);
    assert.deepEqual(device.saved, []);
  });

  it("go without what they answered where that is not here any more", async () => {
    device.failing = [problem("usage", "unknown-message")];
    const page = device.page();
    await page.send({ ...ORDER, reply: messageId(7) }, at("annex"));
    await idle();
    device.assertSent("annex");
    assert.equal(device.saved[0]?.reply, undefined);
  });

  it("leave nothing behind where the page was nobody's any more while they were made", async () => {
    const page = device.page();
    const { promise, resolve } = Promise.withResolvers<Ready>();
    void page.send({ ...ORDER, photo: true }, { ready: () => promise });
    await idle();
    page.stop();
    resolve({ blob: blobOf("annex") });
    await idle();
    assert.deepEqual([device.session.size, device.saved], [0, []]);
  });

  it("leave nothing behind where the page was nobody's any more while their bytes were read", async () => {
    const page = device.page();
    const { promise, resolve } = Promise.withResolvers<ArrayBuffer>();
    const blob = Object.assign(blobOf("annex"), { arrayBuffer: () => promise });
    void page.send({ ...ORDER, photo: true }, { ready: () => Promise.resolve({ blob }) });
    await idle();
    page.stop();
    resolve(new ArrayBuffer(5));
    await idle();
    assert.deepEqual([device.session.size, device.saved], [0, []]);
  });

  it("stay stopped where that could not be written at once, also for a copy of the tab loaded again", async () => {
    device.stops = "reading";
    const page = device.page();
    await page.load();
    await page.send({ ...ORDER, photo: true }, at("annex"));
    await idle();
    const copied = new Map(device.session);
    device.full = true;
    page.discard(page.all.value[0]!);
    await idle();
    device.full = false;
    const second = { ...ORDER, name: "other.pdf" };
    await page.send(second, at("other"));
    await idle();
    for (let time = 0; time < 2; time += 1) {
      const left = (await device.again(copied)).all.value;
      assert.deepEqual(
        left.map(({ going }) => going.name),
        ["other.pdf"],
      );
    }
    assert.equal(device.saved.length, 0);
  });

  it("stay stopped where that could not be written and what was written before it comes through afterwards", async () => {
    device.stops = "reading";
    const written = Promise.withResolvers<void>();
    device.writing = written.promise;
    const page = device.page();
    await page.load();
    await page.send({ ...ORDER, photo: true }, at("annex"));
    await idle();
    const copied = new Map(device.session);
    device.full = true;
    page.discard(page.all.value[0]!);
    device.full = false;
    written.resolve();
    await idle();
    await page.send({ ...ORDER, name: "other.pdf" }, at("other"));
    await idle();
    assert.deepEqual(
      (await device.again(copied)).all.value.map(({ going }) => going.name),
      ["other.pdf"],
    );
    assert.equal(device.saved.length, 0);
  });

  it("say how much a page would have to note of them, and all there is room for of what is still being made", async () => {
    const device = new Device();
    device.stops = "reading";
    const page = device.page();
    const easel = Promise.withResolvers<Ready>();
    void page.send(ORDER, at("of the annex"));
    void page.send({ caucus: DRAFT, name: "photo.jpg", photo: true }, { ready: () => easel.promise });
    await idle();
    assert.equal(page.held, MOST_NOTED + "of the annex".length);
    easel.resolve({ blob: blobOf("drawn", "image/jpeg"), picture: PICTURE });
    await idle();
    assert.equal(page.held, "of the annexdrawn".length);
    device.stops = undefined;
    const next = device.page();
    await next.load();
    await idle();
    assert.equal(next.held, 0);
  });

  it("can be stopped until the last byte is taken over", async () => {
    const page = device.page();
    const { promise, resolve } = Promise.withResolvers<Ready>();
    const sent = page.send(ORDER, { ready: () => promise });
    await idle();
    page.discard(page.all.value[0]!);
    resolve({ blob: blobOf("") });
    await sent;
    await idle();
    assert.deepEqual(page.all.value, []);
    device.assertSent();

    device.onPart = () => page.discard(page.all.value[0]!);
    await page.send(ORDER, at("annex".repeat(100_000)));
    await idle();
    assert.deepEqual(page.all.value, []);
    device.assertSent();
  });

  it("are not finished by a page that comes back after they were stopped", async () => {
    device.stops = "reading";
    const page = device.page();
    await page.send({ ...ORDER, photo: true }, at("annex"));
    await idle();
    assert.ok(device.session.size > 0);
    page.discard(page.all.value[0]!);
    page.note();
    assert.deepEqual(states(await device.again()), []);
    device.assertSent();
  });

  it("offer nothing to stop in a tab that has not their bytes", async () => {
    device.stops = "reading";
    const first = device.page();
    await first.send({ ...ORDER, size: 5 }, at("annex"));
    await idle();
    const sizes = async (session?: Map<string, string>) => {
      const page = device.page(session);
      device.stops = undefined;
      await page.load();
      return page.all.value.map(({ size }) => size);
    };
    assert.deepEqual(await sizes(new Map()), [0]);
    first.note();
    assert.deepEqual(await sizes(), [5]);
    await idle();
    device.assertSent("annex");
  });

  it("takes nothing for its own that is damaged, and notes nothing for a profile that is gone", async () => {
    const good = { caucus: DRAFT, nonce: "a".repeat(32), name: "annex.pdf" };
    device.kept.set("sending files", [
      7,
      { ...good, nonce: "x" },
      { ...good, caucus: "" },
      { ...good, name: "" },
      { ...good, size: "much", photo: 1, text: {}, reply: "me" },
    ]);
    const page = await device.again();
    assert.deepEqual(
      page.all.value.map(({ going }) => going),
      [good],
    );
    const parcel: Parcel = { bytes: Uint8Array.of(1), type: "" };
    void page.send(ORDER, { ready: () => never(), now: () => parcel });
    await idle();
    page.note();
    assert.equal(device.session.size, 2);
    page.stop();
    page.note();
    assert.equal(device.session.size, 0);
  });
});
