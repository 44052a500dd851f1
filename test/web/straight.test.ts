/** A hub to which a page's WebSocket does not come through: straight WebRTC takes its place, or is refused in silence. */
import assert from "node:assert/strict";
import type { GroupId } from "../../src/types.ts";
import type { Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

/** What the page leaves for the test. */
interface Kept {
  /** WebSockets fail while this is set, as a network fails them that lets only web pages through. */
  noSockets: boolean;
  /** What came of WebRTC's first steps. */
  readonly steps: string[];
}

const standIn = (): void => {
  const kept: Kept = { noSockets: true, steps: [] };
  Object.assign(window, { kept });
  const Real = WebSocket;
  const refused = function (url: string, protocols?: string[]): WebSocket {
    // A port that nothing listens at: the browser itself says so, with the events that it has for this.
    return new Real(kept.noSockets ? "ws://127.0.0.1:1" : url, protocols);
  };
  window.WebSocket = Object.assign(refused, {
    CONNECTING: 0,
    OPEN: 1,
    CLOSING: 2,
    CLOSED: 3,
  }) as unknown as typeof Real;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
      try {
        await super.setLocalDescription(description);
        kept.steps.push("done");
      } catch (error) {
        kept.steps.push((error as Error).name);
        throw error;
      }
    }
  };
};

describeWeb("web: a hub to which no WebSocket comes through", function () {
  this.timeout(120_000);
  let web: WebVenue;
  let caucus: GroupId;

  before(async () => {
    web = await WebVenue.open("Hub", "Ana", "Ben");
    await web.hub("Hub", "--webrtc");
    caucus = await web.caucus("Hub", "Finance");
  });
  after(() => web?.close());

  const comes = async (name: string, flags: readonly string[]): Promise<Delegate> => {
    const delegate = await web.sits(name, { flags });
    await delegate.browser.context.addInitScript(standIn);
    await delegate.opens(await web.link("Hub", caucus));
    await delegate.joins({ name, country: "HR" });
    return delegate;
  };
  const steps = ({ page }: Delegate): Promise<readonly string[]> =>
    page.evaluate(() => (window as unknown as { kept: Kept }).kept.steps);
  const talks = async (delegate: Delegate, name: string): Promise<void> => {
    await delegate.enters("Finance");
    await delegate.says(`${name} is here.`);
    await until("the hub reads it", async () =>
      (await web.node("Hub").history(caucus)).some(({ text }) => text === `${name} is here.`),
    );
    await web.node("Hub").ask("send", caucus, `Welcome, ${name}.`);
    await delegate.sees(`Welcome, ${name}.`);
  };
  /** What the stand-in itself makes the browser say. */
  const REFUSED = /ws:\/\/127\.0\.0\.1:1\//u;

  it("is reached straight by WebRTC", async () => {
    const ana = await comes("Ana", []);
    await talks(ana, "Ana");
    assert.deepEqual([...new Set(await steps(ana))], ["done"]);
    ana.browser.assertWell(REFUSED);
  });

  it("is tried so in silence by a browser that refuses it, which comes in once a WebSocket does", async () => {
    const ben = await comes("Ben", ["--force-fieldtrials=WebRTC-NoSdpMangleUfrag/Enabled/"]);
    await until("the browser has refused", async () => (await steps(ben)).includes("InvalidModificationError"));
    await ben.page.evaluate(() => void ((window as unknown as { kept: Kept }).kept.noSockets = false));
    await talks(ben, "Ben");
    ben.browser.assertWell(REFUSED);
  });
});
