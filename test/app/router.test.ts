import assert from "node:assert/strict";
import { Router, type RouterWindow } from "../../web/app/router.ts";
import { groupId, messageId } from "../../web/app/testing/persons.ts";

/** A browser's history in memory. */
class FakeWindow implements RouterWindow {
  #states: unknown[];
  #at = 0;
  #heard: ((event: { readonly state: unknown }) => void) | undefined;
  readonly history: RouterWindow["history"];

  constructor(state: unknown = null) {
    this.#states = [state];
    const states = () => this.#states;
    const at = () => this.#at;
    this.history = {
      get state() {
        return states()[at()];
      },
      pushState: (next) => {
        this.#states = [...this.#states.slice(0, this.#at + 1), next];
        this.#at += 1;
      },
      replaceState: (next) => {
        this.#states[this.#at] = next;
      },
      go: (by = 0) => {
        if (this.#at + by < 0 || this.#at + by >= this.#states.length) return;
        this.#at += by;
        this.#heard?.({ state: this.#states[this.#at] });
      },
    };
  }
  get states(): readonly unknown[] {
    return this.#states;
  }
  get length(): number {
    return this.#states.length;
  }
  addEventListener(_: "popstate", handler: (event: { readonly state: unknown }) => void): void {
    this.#heard = handler;
  }
}

const caucus = groupId("Draft 7");

describe("navigation", () => {
  it("goes into a caucus and back out", () => {
    const window = new FakeWindow();
    const router = new Router(window);
    router.go({ at: "caucus", caucus });
    assert.deepEqual(router.route.value, { place: { at: "caucus", caucus } });
    window.history.go(-1);
    assert.deepEqual(router.route.value, { place: { at: "caucuses" } });
  });

  it("closes a sheet by the browser's back, and one sheet takes the place of another", () => {
    const window = new FakeWindow();
    const router = new Router(window);
    router.go({ at: "caucus", caucus });
    router.open({ over: "entry", caucus, message: messageId(1) });
    router.open({ over: "receipts", caucus, message: messageId(1) });
    assert.equal(window.length, 3);
    router.back();
    assert.deepEqual(router.route.value, { place: { at: "caucus", caucus } });
  });

  it("closes a sheet that is done once, also where its reader has gone back meanwhile", () => {
    const router = new Router(new FakeWindow());
    router.go({ at: "caucus", caucus });
    router.open({ over: "photo", caucus });
    router.closes("photo");
    assert.deepEqual(router.route.peek(), { place: { at: "caucus", caucus } });
    router.closes("photo");
    assert.deepEqual(router.route.peek(), { place: { at: "caucus", caucus } });
  });

  it("leaves no sheet behind when going on from one", () => {
    const window = new FakeWindow();
    const router = new Router(window);
    router.open({ over: "code" });
    router.go({ at: "caucus", caucus });
    router.back();
    assert.deepEqual(router.route.value, { place: { at: "caucuses" } });
  });

  it("does not pile up places beside one another", () => {
    const window = new FakeWindow();
    const router = new Router(window);
    router.go({ at: "caucus", caucus });
    router.go({ at: "caucus", caucus: groupId("Coffee") });
    assert.equal(window.length, 2);
    router.back();
    assert.deepEqual(router.route.value, { place: { at: "caucuses" } });
  });

  it("keeps the place over a reload, and not the sheet", () => {
    const route = { place: { at: "caucus", caucus }, over: { over: "photo", caucus } };
    const router = new Router(new FakeWindow({ route, depth: 2 }));
    assert.deepEqual(router.route.value, { place: { at: "caucus", caucus } });
  });

  it("goes up where there is nothing to go back to, and takes a stranger's state for none", () => {
    const router = new Router(new FakeWindow({ route: { place: { at: "caucus", caucus } }, depth: 0 }));
    router.back();
    assert.deepEqual(router.route.value, { place: { at: "caucuses" } });
    assert.deepEqual(new Router(new FakeWindow({ other: 1 })).route.value, { place: { at: "caucuses" } });
  });

  it("leaves no place behind nor ahead when all is forgotten", () => {
    const window = new FakeWindow();
    const router = new Router(window);
    router.go({ at: "caucus", caucus });
    router.open({ over: "menu", caucus });
    router.go({ at: "settings" });
    router.go({ at: "caucus", caucus });
    router.back();
    router.open({ over: "wipe" });
    router.forget();
    assert.deepEqual(router.route.value, { place: { at: "caucuses" } });
    assert.doesNotMatch(JSON.stringify(window.states), /"caucus":/u);
    window.history.go(1);
    window.history.go(-1);
    assert.deepEqual(router.route.value, { place: { at: "caucuses" } });
  });

  it("keeps caucuses out of the address", () => {
    const window = new FakeWindow();
    const urls: unknown[] = [];
    const push = window.history.pushState;
    Object.assign(window.history, {
      pushState: (state: unknown, unused: string, ...rest: unknown[]) => {
        urls.push(...rest);
        push.call(window.history, state, unused);
      },
    });
    new Router(window).go({ at: "caucus", caucus });
    assert.deepEqual(urls, []);
  });
});
