/** A hub's second port: a page with a lock, by a certificate that nobody but its reader vouches for. */
import assert from "node:assert/strict";
import type { GroupId } from "../../src/types.ts";
import type { Status } from "../../src/daemon/api.ts";
import type { Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

describeWeb("web: a hub's own certificate", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let url: string;
  let lock: string;
  let caucus: GroupId;
  let [plain, locked] = [] as unknown as [Delegate, Delegate];
  const hub = () => web.node("Hub");
  const link = async (origin: string): Promise<string> =>
    `${origin}/#${(await hub().ask<{ code: string }>("invite", caucus)).code}`;

  before(async () => {
    web = await WebVenue.open("Hub", "Phone", "Tablet");
    url = await web.hub("Hub", "--secure");
    const { secure } = await hub().ask<Status>("status");
    assert.ok(secure?.urls[0] !== undefined);
    [lock] = secure.urls as [string];
    caucus = await web.caucus("Hub", "Islands and coasts");
  });
  after(async () => web?.close());

  it("a page without a lock that cannot record says where one is that can", async () => {
    plain = await web.sits("Phone");
    await plain.opens(await link(url));
    await plain.joins({ name: "Amina Njoroge", country: "KE" });
    await plain.says("Amina, without a lock");
    await plain.presses("Lay on the table, files");
    await plain.presses(/^Voice note/u);
    await plain.finds("This hub has a page with a lock, too");
    assert.equal(await plain.page.getByRole("link", { name: lock }).getAttribute("href"), lock);
    await plain.presses("Close");
  });

  it("who goes on after the browser's warning has the browser's whole trust, and comes in by that very port", async () => {
    locked = await web.sits("Tablet");
    const answered = new Set<string>();
    locked.page.on("websocket", (socket) => socket.on("framereceived", () => answered.add(socket.url())));
    const address = await link(lock);
    await assert.rejects(locked.opens(address), /ERR_CERT_AUTHORITY_INVALID/u);
    await locked.finds("Your connection is not private");
    // For what a person presses there.
    await locked.page.keyboard.type("thisisunsafe");
    await locked.finds("You let this certificate in yourself");
    assert.equal(await locked.isTrusted(), true);
    const lent = await locked.page.evaluate(() => [
      typeof navigator.mediaDevices.getUserMedia,
      typeof navigator.locks.request,
      typeof Notification.requestPermission,
    ]);
    assert.deepEqual(lent, ["function", "function", "function"]);
    await locked.joins({ name: "Ben Okafor", country: "NG" });
    await locked.says("Ben, behind a lock");
    await until("the hub reads him", async () => (await hub().texts(caucus)).includes("Ben, behind a lock"));
    // The code names the plain port as well, and some browsers let the page dial that, too.
    assert.ok(answered.has(`${lock.replace("https", "wss")}/`), [...answered].join(", "));
  });

  it("both talk with each other", async () => {
    await plain.sees("Ben, behind a lock");
    await plain.says("Welcome");
    await locked.sees("Welcome");
  });

  it("a page that comes while the hub is not ready to say who it is learns it afterwards", async () => {
    await plain.page.route("**/hub.json", (route) => route.fulfill({ status: 503, body: "not yet" }), { times: 1 });
    await plain.opens(url);
    await plain.enters("Islands and coasts");
    await plain.finds("2 of 2 here");
    await plain.presses("Lay on the table, files");
    await plain.presses(/^Voice note/u);
    await plain.page.getByRole("link", { name: lock }).waitFor();
    await plain.presses("Close");
  });

  it("an identity goes over to the page with a lock, in the same browser", async () => {
    const secret = "tide lamp orchard seven";
    await plain.presses("Back");
    await plain.presses("Settings");
    await plain.presses(/^Move to another device/u);
    await plain.fills("Passphrase", secret);
    await plain.fills("The same again", secret);
    await plain.presses("Show a code");
    const opened = plain.browser.context.waitForEvent("page");
    await plain.page.getByRole("link", { name: "To this hub’s page with a lock" }).click();
    const page = await opened;
    await page.getByText("Your connection is not private").waitFor();
    await page.keyboard.type("thisisunsafe");
    await page.getByText(plain.t("restore-moved")).waitFor();
    await page.getByLabel(plain.t("restore-passphrase"), { exact: true }).fill(secret);
    await page.getByRole("button", { name: plain.t("restore"), exact: true }).click();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByText("Amina Njoroge").filter({ visible: true }).first().waitFor();
    await page.close();
  });

  it("a page that does not reach the port any more says that its certificate may be another", async () => {
    await hub().down();
    await locked.presses("Back");
    await locked.presses(/^(\d+ in reach|No one in range)/u);
    await locked.finds(locked.like("conn-hub-away-own", "url"));
  });

  it("nothing went wrong, and nothing left the room", () => {
    plain.browser.assertWell(/503 \(Service Unavailable\)|ERR_CONNECTION_REFUSED|SSL certificate error/u);
    // Chromium keeps no app behind a certificate that was only clicked through; the page says nothing else of itself.
    locked.browser.assertWell(/SSL certificate error occurred when fetching the script|ERR_CONNECTION_REFUSED/u);
  });
});
