/** A venue where some have browsers: a hub, machines with daemons, and machines with nothing but Chromium. */
import assert from "node:assert/strict";
import type { Invite } from "../../src/messenger/api.ts";
import type { GroupId } from "../../src/types.ts";
import { whyNoChromium } from "./chromium.ts";
import { Delegate, type Seat } from "./delegate.ts";
import { whyNoFirefox } from "./firefox.ts";
import { describeVenue, Venue } from "./venue.ts";
import type { VenueNode } from "./venueNode.ts";

type Suite = (this: Mocha.Suite) => void;

const describeUnless = (why: string | undefined, title: string, suite: Suite): void => {
  if (why === undefined) describeVenue(title, suite);
  else if (process.env["CI"] === "true") describe(title, () => void it("finds its browsers", () => assert.fail(why)));
  else describe.skip(`${title} (${why})`, suite);
};

/** A suite that needs a venue and Chromium; in CI it fails where they are missing, elsewhere it is skipped with the reason. */
export const describeWeb = (title: string, suite: Suite): void => describeUnless(whyNoChromium(), title, suite);

/** The same for what needs Firefox as well. */
export const describeFirefox = (title: string, suite: Suite): void =>
  describeUnless(whyNoChromium() ?? whyNoFirefox(), title, suite);

/** A venue and everybody who sits in it; closed as a whole. */
export class WebVenue {
  readonly venue: Venue;
  readonly #delegates: Delegate[] = [];

  private constructor(venue: Venue) {
    this.venue = venue;
  }

  static async open(...names: readonly string[]): Promise<WebVenue> {
    return new WebVenue(await Venue.open(...names));
  }

  node(name: string): VenueNode {
    return this.venue.node(name);
  }

  /** Starts a hub on a node; gives the address of the app. */
  async hub(name: string, ...args: readonly string[]): Promise<string> {
    const daemon = await this.node(name).up(["--hub", ...args]);
    const [url] = daemon.hub;
    assert.ok(url !== undefined, "the hub has no address");
    return url;
  }

  /** Somebody sits down at a node with a browser. */
  async sits(name: string, seat?: Seat): Promise<Delegate> {
    const delegate = await Delegate.sits(this.node(name), seat);
    this.#delegates.push(delegate);
    return delegate;
  }

  /** A new caucus of a node's daemon. */
  async caucus(name: string, title: string): Promise<GroupId> {
    return (await this.node(name).ask<{ caucus: GroupId }>("caucus", "new", title)).caucus;
  }

  /** A link that brings one person into a caucus. */
  async link(name: string, caucus: GroupId): Promise<string> {
    return (await this.node(name).ask<Invite & { url: string }>("invite", caucus)).url;
  }

  async close(): Promise<void> {
    await Promise.all(this.#delegates.map((one) => one.leaves().catch(() => undefined)));
    await this.venue.close();
  }
}
