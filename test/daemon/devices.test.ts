/** `couloir device`: its words and exit codes over a fake messenger, and two real daemons of one person. */
import { strict as assert } from "node:assert";
import { connect, type ApiClient } from "../../src/daemon/client.ts";
import { main } from "../../src/daemon/main.ts";
import type { GroupId, LinkView } from "../../src/types.ts";
import { deviceId, linkId } from "../helpers/fakeMessenger.ts";
import {
  cleanUp,
  couloir,
  done,
  emptyFolder,
  failed,
  json,
  jsonLines,
  later,
  outside,
  serve,
  start,
  streams,
  type Served,
} from "./harness.ts";

const PHONE = { device: deviceId("de02"), name: "Phone", here: false, main: false, state: "linked" } as const;
const SIGNS = ["🐶", "🐱", "🦁", "🐴", "🦄", "🐷", "🐘"];

/** A command at a terminal. */
const atTerminal = ({ folder }: Served, ...args: readonly string[]) => {
  const terminal = streams({ columns: 120, rows: 40 });
  return { ...terminal, code: main(["--data", folder, ...args], outside(terminal.io)) };
};

describe("device: the command line", () => {
  afterEach(cleanUp);

  it("lists devices", async () => {
    const served = await serve();
    served.messenger.devicesHere.push(PHONE);
    const { stdout } = done(await couloir(served, "device", "ls"));
    assert.match(stdout, /^ID +NAME +LAST HEARD\nde010000 +Laptop +this one, main\nde020000 +Phone\n$/u);
    assert.deepEqual(json(await couloir(served, "device", "ls", "--json")), served.messenger.devicesHere);
  });

  it("revokes one by its name or id, after a yes", async () => {
    const served = await serve();
    served.messenger.devicesHere.push(PHONE);
    failed(await couloir(served, "device", "revoke", "phone"), 2, /add --yes/u);
    failed(await couloir(served, "device", "revoke", "tablet", "--yes"), 2, /no device “tablet”; there is “Laptop”/u);
    const no = atTerminal(served, "device", "revoke", "phone");
    await no.until(/Take “Phone” out of all caucuses, for ever\? \[y\/N\]/u);
    no.stdin.write("\n");
    assert.equal(await no.code, 4);
    assert.equal(
      served.messenger.asked.some(([method]) => method === "revokeDevice"),
      false,
    );
    const yes = atTerminal(served, "device", "revoke", "de02");
    await yes.until("[y/N]");
    yes.stdin.write("y\n");
    assert.equal(await yes.code, 0);
    const again = await couloir(served, "device", "revoke", "Phone", "--yes", "--json");
    assert.deepEqual(json(again), { device: PHONE.device, name: "Phone", state: "revoked" });
  });

  it("shows a code, then the signs, and asks", async () => {
    const served = await serve();
    const { messenger } = served;
    const at = atTerminal(served, "device", "link", "--name", "Kiosk");
    await at.until("couloir device link couloir-link:fake");
    assert.deepEqual(messenger.asked.at(-1), ["offerLink", "Kiosk"]);
    messenger.linkIs({ link: linkId("11"), state: "compare", signs: SIGNS, name: "Ana" });
    await at.until(/This becomes a device of Ana\.\nCompare on both: {2}🐶 {2}🐱/u);
    await at.until("[y/N]");
    at.stdin.write("yes\n");
    await at.until("Confirm it on the other device");
    messenger.linkIs({ link: linkId("11"), state: "linked" });
    assert.equal(await at.code, 0);
    assert.match(at.stdout(), /Linked: you are Ana here now\.\n$/u);
  });

  it("takes a device in by its code, with what was chosen, as NDJSON to programs", async () => {
    const served = await serve();
    const { messenger } = served;
    const piped = streams();
    piped.stdin.end();
    const args = ["device", "link", "couloir-link:x", "--history", "all", "--main", "--yes", "--json"];
    const code = main(["--data", served.folder, ...args], outside(piped.io));
    await piped.until('"state":"waiting"');
    messenger.linkIs({ link: linkId("11"), state: "compare", signs: SIGNS, name: "Phone" });
    await piped.until('"state":"confirmed"');
    assert.deepEqual(messenger.asked.at(-1), ["confirmLink", linkId("11"), { history: 2000, main: true }]);
    messenger.linkIs({ link: linkId("11"), state: "linked" });
    assert.equal(await code, 0);
    assert.deepEqual(
      jsonLines(piped.stdout()).map((line) => (line as LinkView).state),
      ["waiting", "compare", "confirmed", "linked"],
    );
  });

  it("links nothing where nobody compares, where somebody says no, and says why it came to nothing", async () => {
    const served = await serve();
    const { messenger } = served;
    const ends = async (change: Partial<LinkView>, ...args: readonly string[]) => {
      messenger.linksHere = [];
      const piped = streams();
      piped.stdin.end();
      const code = main(["--data", served.folder, "device", "link", "couloir-link:x", ...args], outside(piped.io));
      await piped.until("Looking for that device");
      messenger.linkIs({ link: linkId("11"), signs: SIGNS, name: "Phone", ...change });
      return [await code, piped.stderr()];
    };
    const [unasked, why] = await ends({ state: "compare" });
    assert.deepEqual([unasked, messenger.asked.at(-1)], [2, ["cancelLink", linkId("11")]]);
    assert.match(String(why), /nobody can be asked here/u);
    const problem = (code: string) => ({ state: "failed", problem: { code, text: "No." } }) as const;
    assert.equal((await ends(problem("link-refused"), "--yes"))[0], 4);
    assert.equal((await ends(problem("link-expired"), "--yes"))[0], 5);
    failed(await couloir(served, "device", "link", "x", "--history", "lots"), 2, /a number of lines/u);
    const no = atTerminal(served, "device", "link", "couloir-link:x");
    messenger.linksHere = [];
    await no.until("Looking for that device");
    messenger.linkIs({ link: linkId("11"), state: "compare", signs: SIGNS, name: "Phone" });
    await no.until("[y/N]");
    no.stdin.write("n\n");
    assert.equal(await no.code, 4);
  });
});

/** Until a daemon is in a caucus of this name. */
const comesIn = async (daemon: ApiClient, name: string): Promise<GroupId> => {
  for await (const event of daemon.events()) {
    const views = event.name === "caucus" ? [event.value] : event.name === "hello" ? await daemon.caucuses() : [];
    const found = views.find((view) => view.name === name && view.state === "joined");
    if (found) return found.caucus;
  }
  throw new Error("the daemon stopped");
};
/** Until somebody has said this there. */
const hears = async (daemon: ApiClient, caucus: GroupId, text: string): Promise<void> => {
  for await (const event of daemon.events({ caucus })) {
    if (event.name === "message" && event.value.text === text) return;
    if (event.name !== "hello") continue;
    for await (const line of daemon.history(caucus)) if (line.text === text) return;
  }
};

describe("device: two daemons", function () {
  this.timeout(120_000);
  afterEach(cleanUp);

  it("are one person's once linked, and one of them nobody's once revoked", async () => {
    const up = async (...args: readonly string[]): Promise<string> => {
      const folder = await emptyFolder();
      const quiet = ["--no-mdns", "--listen", "/ip4/127.0.0.1/tcp/0"];
      const running = start(["--data", folder, "up", ...quiet, ...args]);
      later(async () => {
        running.kill("SIGKILL");
        await running.ended;
      });
      await running.firstLine;
      return folder;
    };
    const [laptop, phone] = [await up("--name", "Ana"), await up("--link")];
    done(await couloir({ folder: laptop }, "caucus", "new", "Fish"));
    done(await couloir({ folder: laptop }, "send", "fish", "said before"));
    const offer = start(["--data", phone, "device", "link", "--name", "Phone", "--yes", "--json"]);
    const { code } = JSON.parse(await offer.firstLine) as LinkView;
    const took = await couloir(
      { folder: laptop },
      "device",
      "link",
      String(code),
      "--history",
      "all",
      "--yes",
      "--json",
    );
    assert.equal(took.code, 0, took.stderr);
    const offered = await offer.ended;
    assert.equal(offered.code, 0, offered.stderr);
    const signs = (stdout: string) =>
      jsonLines(stdout)
        .map((line) => (line as LinkView).signs.join(" "))
        .at(-1);
    assert.equal(signs(took.stdout), signs(offered.stdout));
    const status = (folder: string) => couloir({ folder: folder }, "status", "--json");
    const person = async (folder: string) => (json(await status(folder)) as { person: string; name: string }).person;
    assert.equal(await person(phone), await person(laptop));

    const [one, other] = [await connect(laptop), await connect(phone)];
    const caucus = await comesIn(other, "Fish");
    await hears(other, caucus, "said before");
    done(await couloir({ folder: phone }, "send", "fish", "from the phone"));
    await hears(one, caucus, "from the phone");

    const { stdout } = done(await couloir({ folder: laptop }, "device", "ls"));
    assert.match(stdout, /Phone/u);
    failed(
      await couloir({ folder: phone }, "device", "revoke", String((await one.devices())[0]?.device), "--yes"),
      4,
      /key/u,
    );
    failed(await couloir({ folder: phone }, "backup", `${phone}/me`, "--passphrase-file", "/etc/hostname"), 4, /key/u);
    done(await couloir({ folder: laptop }, "device", "revoke", "Phone", "--yes"));
    for await (const event of other.events({ caucus })) {
      const view =
        event.name === "hello" ? (await other.caucuses())[0] : event.name === "caucus" ? event.value : undefined;
      if (view?.state === "gone") break;
    }
    failed(await couloir({ folder: phone }, "send", "fish", "still me"), 4, /no longer in that caucus/u);
  });
});
