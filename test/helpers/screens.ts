/** Every screen and sheet of the app over a pretended backend (`web/app/demo.tsx`): how each is reached. */
import type { Page } from "playwright-core";
import type { ComparisonView, DeviceView, LinkView, RoomCodeView } from "../../src/types.ts";
import type { Demo } from "../../web/app/demo.tsx";
import type { Over, Place } from "../../web/app/router.ts";

declare const demo: Demo;

/** A screen, reached from a page that was opened with `wish`. */
export interface Screen {
  readonly name: string;
  /** As the demo takes it. */
  readonly wish: string;
  readonly show: (page: Page) => Promise<void>;
}

/** Sheets by name. Those over an entry take somebody else's, one's own, or the photo. */
type Sheet = Over["over"];
type Which = "other" | "own" | "photo" | "board" | "huddle" | "rollCall" | "call";
type At = Exclude<Place["at"], "caucus" | "person"> | "caucus" | "person";

const go = (page: Page, at: At, sheet?: { readonly over: Sheet; readonly which: Which }): Promise<void> =>
  page.evaluate(
    async ({ at, sheet }) => {
      const stage = demo.boot.stage.value;
      if (stage.stage !== "in") throw new Error("nobody is in");
      const { controller } = stage;
      const [first] = controller.sorted.value;
      const [person] = controller.people.value;
      const { router } = demo.boot;
      if (at === "caucus" && first) router.go({ at, caucus: first.caucus });
      else if (at === "person" && person) router.go({ at, person: person.person });
      else if (at !== "caucus" && at !== "person") router.go({ at });
      else throw new Error(`there is nothing to show at ${at}`);
      const settled = async (is: () => boolean): Promise<void> => {
        while (!is()) await new Promise((done) => requestAnimationFrame(done));
      };
      if (at === "caucus") await settled(() => controller.conversation.value?.loaded.value === true);
      await settled(() => document.querySelector("[aria-busy=true]") === null);
      if (!sheet || !first) return;
      const { over, which } = sheet;
      if (
        over === "receipts" ||
        over === "entry" ||
        over === "picture" ||
        over === "change" ||
        over === "take-back" ||
        over === "forget"
      ) {
        const lines = controller.conversation.value?.lines.value ?? [];
        const line = lines.find(({ kind, sender, file }) =>
          which === "photo" ? file?.picture : kind === "text" && (sender === controller.me) === (which === "own"),
        );
        if (!line) throw new Error(`no entry for ${over}`);
        router.open({ over, caucus: first.caucus, message: line.message });
      } else if (over === "verify") router.open(person ? { over, person: person.person } : { over });
      else if (over === "devices" || over === "offer") router.open({ over });
      else if (over === "code" || over === "connection" || over === "wipe" || over === "move" || over === "quiet")
        router.open({ over });
      else if (over === "member") {
        const member = first.members.find(({ equivocated }) => equivocated) ?? first.members[1];
        if (!member) throw new Error("nobody is in it");
        router.open({ over, caucus: first.caucus, person: member.person });
      } else if (over === "one-code") {
        const code = demo.backend.messenger.codes.get(first.caucus)?.at(-1);
        if (!code) throw new Error("no code is open");
        router.open({ over, caucus: first.caucus, invite: code.invite });
      } else if (over === "tool") {
        // The last of a kind: of roll calls this person's own.
        const tool = [...demo.backend.messenger.onTable.values()].findLast((one) => one.tool === which);
        if (!tool) throw new Error(`no ${which} is on the table`);
        router.open({ over, caucus: first.caucus, message: tool.message });
      } else router.open({ over, caucus: first.caucus });
      await settled(() => document.querySelector("dialog[open]") !== null);
    },
    { at, sheet },
  );

/** Somebody took back what they said, and one's own last words are others by now. */
const changes = async (page: Page): Promise<void> => {
  await go(page, "caucus");
  await page.evaluate(async () => {
    const stage = demo.boot.stage.value;
    const { controller } = stage.stage === "in" ? stage : {};
    const lines = controller?.conversation.value?.lines.value ?? [];
    const texts = lines.filter(({ kind }) => kind === "text");
    const own = texts.findLast(({ sender }) => sender === controller?.me);
    const other = texts.findLast(({ sender, message }) => sender !== controller?.me && message !== own?.message);
    if (!own || !other) throw new Error("too little was said");
    const { messenger } = demo.backend;
    messenger.becomes({ ...own, text: `${own.text} Not before Friday.`, revisedAt: own.sentAt + 120_000 });
    messenger.becomes({ ...other, kind: "withdrawn", text: "", withdrawnAt: other.sentAt + 60_000 });
  });
  await page.locator(".note[data-message]").first().waitFor();
};

/** A file and a photo that are on their way, and what became of others. */
const departures = async (page: Page): Promise<void> => {
  await go(page, "caucus");
  await page.evaluate(async () => {
    const stage = demo.boot.stage.value;
    const { controller } = stage.stage === "in" ? stage : {};
    const caucus = controller?.conversation.value?.caucus;
    if (!controller || !caucus) throw new Error("no caucus is open");
    while (!controller.files.outgoing.value) await new Promise((done) => requestAnimationFrame(done));
    const answers: Readonly<Record<string, object>> = {
      "photo.jpg": { fault: "storage", code: "disk-full" },
      "annex.pdf": { fault: "usage", code: "file-size" },
    };
    const sendFile = async (_: string, { name }: { readonly name: string }): Promise<void> => {
      const answer = answers[name];
      if (!answer) return new Promise(() => {});
      throw Object.assign(new Error(name), answer);
    };
    Object.assign(demo.backend.api, { sendFile });
    const blob = new Blob(["annex"]);
    for (const [name, photo] of [
      ["photo.jpg", true],
      ["annex.pdf", false],
      ["minutes.pdf", false],
    ] as const)
      await controller.files.send({ caucus, name, photo }, { ready: () => Promise.resolve({ blob }) });
  });
  await page.locator(".departures .key").nth(4).waitFor();
};

/** Photos that went together, and one to be seen once. */
const photos = async (page: Page): Promise<void> => {
  await go(page, "caucus");
  await page.evaluate(async () => {
    const stage = demo.boot.stage.value;
    const { controller } = stage.stage === "in" ? stage : {};
    const caucus = controller?.conversation.value?.caucus;
    const picture = controller?.conversation.value?.lines.value.find(({ file }) => file?.picture)?.file?.picture;
    if (!controller || !caucus || !picture) throw new Error("no caucus with a photo is open");
    while (!controller.files.outgoing.value) await new Promise((done) => requestAnimationFrame(done));
    const source = { ready: () => Promise.resolve({ blob: new Blob(["photo"]), picture }) };
    const order = { caucus, name: "photo.jpg", photo: true };
    for (const text of ["The three pages", "", ""])
      await controller.files.send({ ...order, together: "0123456789abcdef", ...(text && { text }) }, source);
    await controller.files.send({ ...order, once: true }, source);
  });
  await page.locator(".photos .photo").nth(2).waitFor();
};

const place = (name: string, at: At, wish = ""): Screen => ({ name, wish, show: (page) => go(page, at) });
const sheet = (over: Sheet, more: Partial<Screen> & { readonly at?: At; readonly which?: Which } = {}): Screen => {
  const { at = "caucus", which = "other", show, ...rest } = more;
  return {
    name: over,
    wish: "",
    ...rest,
    show: async (page) => {
      await go(page, at, { over, which });
      await show?.(page);
    },
  };
};
const emoji = (name: string, group: string): Screen =>
  sheet("emoji", { name, show: (page) => page.locator(".emoji-groups button", { hasText: group }).click() });
type Comparing = Partial<ComparisonView> & Pick<ComparisonView, "state">;
type Gathering = Partial<RoomCodeView> & Pick<RoomCodeView, "state">;

/** The first person compares emoji with this one, and the sheet for it lies over them. */
const comparing = (name: string, view: Comparing): Screen =>
  sheet("verify", {
    name,
    at: "person",
    show: (page) =>
      page.evaluate((given) => {
        const [first] = demo.backend.messenger.venue.people;
        const [caucus] = demo.backend.messenger.venue.caucuses;
        if (!first || !caucus) throw new Error("nobody is here");
        const { person, name: who } = first;
        demo.backend.messenger.comparing({ person, name: who, caucus: caucus.caucus, expires: Date.now(), ...given });
      }, view),
  });

/** The newest caucus compares its room code; three of it take part, and the device of one shows others. */
const inRoom = (name: string, view: Gathering): Screen =>
  sheet("room", {
    name,
    show: (page) =>
      page.evaluate((given) => {
        const stage = demo.boot.stage.value;
        const [caucus] = stage.stage === "in" ? stage.controller.sorted.value : [];
        if (!caucus) throw new Error("there is no caucus");
        const some = caucus.members.slice(0, 3).map(({ person }) => person);
        const [me] = some;
        if (!me) throw new Error("nobody is in it");
        const differs = given.state === "compare" ? some.slice(-1) : [];
        const base = { caucus: caucus.caucus, startedBy: me, committed: some, opened: some, differs };
        demo.backend.messenger.inRoom({ ...base, expires: Date.now(), ...given });
      }, view),
  });

/** A link of a device goes on, in the sheet of that side. */
const linking = (name: string, over: "devices" | "offer", change: Partial<LinkView>): Screen =>
  sheet(over, {
    name,
    at: "settings",
    show: (page) =>
      page.evaluate(
        async ({ side, given }) => {
          const { api } = demo.backend;
          const { link } = await (side === "offer"
            ? api.offerLink("Firefox on Android")
            : api.readLink("couloir-link:A"));
          if (Object.keys(given).length > 0) {
            demo.backend.messenger.linkMeets(link, "Firefox on Android");
            demo.backend.messenger.linkIs({ link, ...given });
          }
          await new Promise((done) => requestAnimationFrame(done));
        },
        { side: over, given: change },
      ),
  });

/** One of what lies on the table, where it was laid there. */
const onTable = (name: string, card: string): Screen => ({
  name,
  wish: "tables=1",
  show: async (page) => {
    await go(page, "caucus");
    await page
      .locator(card)
      .last()
      .evaluate((at) => at.scrollIntoView({ block: "center" }));
  },
});

/** Whoever put the proposition decides what counts. */
const decides = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    const { messenger } = demo.backend;
    const board = [...messenger.onTable.values()].find((one) => one.tool === "board");
    if (!board) throw new Error("no board is on the table");
    const by = { person: messenger.api.person, name: messenger.profile.name };
    messenger.onTable.set(board.message, { ...board, by });
    messenger.emit("tool", board);
  });
  await page.getByRole("dialog").getByRole("button", { name: "What decides" }).click();
};

/** Everybody has said much. */
const large = async (page: Page): Promise<void> => {
  await go(page, "caucus");
  await page.evaluate(() => {
    const stage = demo.boot.stage.value;
    const [caucus] = stage.stage === "in" ? stage.controller.sorted.value : [];
    if (!caucus) throw new Error("there is no caucus");
    const message = demo.play.layLarge(demo.backend.messenger, caucus.caucus);
    demo.boot.router.open({ over: "tool", caucus: caucus.caucus, message });
  });
  await page.locator("dialog .say__row").nth(100).waitFor();
};

/** Somebody calls, and somebody else takes it. */
const rings = async (page: Page, taken: boolean): Promise<void> => {
  await go(page, "caucus");
  await page.evaluate(async (isTaken) => {
    const stage = demo.boot.stage.value;
    const [caucus] = stage.stage === "in" ? stage.controller.sorted.value : [];
    if (!caucus) throw new Error("there is no caucus");
    const { messenger } = demo.backend;
    // Long enough for whoever looks at it in every language.
    const call = demo.play.call(messenger, caucus.caucus, { until: Date.now() + 120_000 });
    while (!document.querySelector("dialog.now")) await new Promise((done) => requestAnimationFrame(done));
    if (isTaken) demo.play.take(messenger, call);
    while (isTaken && !document.querySelector("dialog.now[data-state=taken]"))
      await new Promise((done) => requestAnimationFrame(done));
  }, taken);
};

/** This device is silent, or its screen covered. */
const hushed = async (page: Page, how: { readonly plenary?: number; readonly pocket?: boolean }): Promise<void> => {
  await page.evaluate((change) => {
    const stage = demo.boot.stage.value;
    if (stage.stage === "in") stage.controller.preferences.quiet.set(change);
  }, how);
  await page.locator(how.pocket ? "dialog.pocket" : ".plenary").waitFor();
};

const before = (name: string, wish: string, show?: Screen["show"]): Screen => ({
  name,
  wish,
  show: async (page) => show?.(page),
});

const field = (page: Page, nth: number) => page.locator("dialog input[type=password]").nth(nth);
const SECRET = "four words without sense";

/** All of them, those of one page together. */
export const SCREENS: readonly Screen[] = [
  place("caucuses", "caucuses"),
  place("a conversation", "caucus"),
  {
    name: "names to choose from",
    wish: "",
    show: async (page) => {
      await go(page, "caucus");
      await page.locator(".composer textarea").pressSequentially("@");
      await page.locator(".name-choice").waitFor();
    },
  },
  sheet("receipts", { which: "own" }),
  sheet("entry", { name: "an entry of somebody" }),
  sheet("entry", { name: "an entry of one's own", which: "own" }),
  sheet("change", { which: "own" }),
  sheet("take-back", { which: "own" }),
  sheet("forget"),
  { name: "what was changed and what was taken back", wish: "", show: changes },
  {
    name: "all that an entry has said",
    wish: "changed=1",
    show: async (page) => {
      await go(page, "caucus");
      await page.evaluate(() => {
        const stage = demo.boot.stage.value;
        const { controller } = stage.stage === "in" ? stage : {};
        const lines = controller?.conversation.value?.lines.value ?? [];
        const own = lines.find(({ kind, sender }) => kind === "text" && sender === controller?.me);
        if (!own) throw new Error("nothing was said");
        const text = `${own.text} Not before Friday.`;
        demo.backend.messenger.becomes({ ...own, text, revisedAt: own.sentAt + 120_000 });
      });
      await go(page, "caucus", { over: "entry", which: "own" });
      await page.locator("dialog .facts dd").nth(1).waitFor();
    },
  },
  sheet("picture", { which: "photo", show: (page) => page.locator("dialog img").waitFor() }),
  sheet("readers"),
  sheet("menu"),
  sheet("search", {
    name: "searching a caucus",
    show: async (page) => {
      await page.locator("dialog input[type=search]").fill("paragraph");
      await page.locator("dialog mark").first().waitFor();
    },
  }),
  {
    name: "searching everywhere",
    wish: "",
    show: async (page) => {
      await go(page, "caucuses");
      await page.evaluate(() => demo.boot.router.open({ over: "search", words: "the" }));
      await page.locator("dialog mark").first().waitFor();
    },
  },
  {
    name: "caucuses, searched",
    wish: "",
    show: async (page) => {
      await go(page, "caucuses");
      await page.evaluate(() => {
        const stage = demo.boot.stage.value;
        if (stage.stage === "in") stage.controller.searching.value = true;
      });
      await page.locator(".pane--list input[type=search]").fill("draft");
      await page.locator(".pane--list .set").waitFor();
    },
  },
  emoji("emoji of people", "People"),
  sheet("emoji", {
    name: "emoji that are looked for",
    show: async (page) => {
      await page.locator("dialog input[type=search]").fill("f");
      await page.locator("dialog .quiet[role=status]").waitFor();
    },
  }),
  sheet("date"),
  sheet("palette", { name: "what can be done in a caucus" }),
  {
    name: "going anywhere by name",
    wish: "",
    show: async (page) => {
      await go(page, "caucuses");
      await page.evaluate(() => demo.boot.router.open({ over: "palette" }));
      await page.locator("dialog [role=combobox]").fill("a");
    },
  },
  {
    name: "keys",
    wish: "",
    show: async (page) => {
      await go(page, "caucuses");
      await page.evaluate(() => demo.boot.router.open({ over: "keys" }));
    },
  },
  sheet("codes", { wish: "doorway=1" }),
  sheet("one-code", { wish: "doorway=1" }),
  sheet("poster"),
  sheet("invite", { show: (page) => page.locator("dialog .qr__code").waitFor() }),
  sheet("photo", { name: "no photo yet" }),
  sheet("photo", {
    name: "a photo with a black-out",
    show: async (page) => {
      const base64 = await page.evaluate(() => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 300 });
        canvas.getContext("2d")?.fillRect(0, 0, 400, 150);
        return canvas.toDataURL("image/png").split(",")[1] ?? "";
      });
      const buffer = Buffer.from(base64, "base64");
      const chosen = { name: "page.png", mimeType: "image/png", buffer };
      await page.locator(".editor input[type=file]").last().setInputFiles(chosen);
      await page.getByRole("button", { name: "Black-out", exact: true }).click();
      await page.getByRole("button", { name: "Add a box", exact: true }).click();
      await page.getByRole("button", { name: "Black-out 1", exact: true }).waitFor();
    },
  }),
  sheet("voice"),
  sheet("photos", {
    show: (page) =>
      page.evaluate(() => {
        const stage = demo.boot.stage.value;
        if (stage.stage !== "in") throw new Error("nobody is in");
        stage.controller.files.photos.value = ["page 1.jpg", "page 2.jpg"].map((name) => new File(["photo"], name));
      }),
  }),
  { name: "photos together and one to see once", wish: "", show: photos },
  { name: "files that are not sent yet", wish: "", show: departures },
  place("a new caucus", "new-caucus"),
  sheet("invitation", { at: "caucuses" }),
  sheet("code", { at: "caucuses" }),
  place("people", "people"),
  place("a person", "person"),
  sheet("connection", { at: "caucuses" }),
  sheet("connection", {
    at: "caucuses",
    name: "what the doctor finds",
    wish: "doctor=1",
    show: (page) => page.locator("dialog .verdict").nth(12).waitFor(),
  }),
  place("settings", "settings"),
  sheet("move", { at: "settings", name: "to another device" }),
  sheet("move", {
    at: "settings",
    name: "to another device, by code",
    show: async (page) => {
      for (const nth of [0, 1]) await field(page, nth).fill(SECRET);
      await page.locator("dialog form button:not([type=submit])").last().click();
      await page.locator("dialog .qr__code").waitFor();
    },
  }),
  sheet("move", {
    at: "settings",
    name: "from another device",
    show: async (page) => page.locator("dialog input[type=radio]").last().check({ force: true }),
  }),
  sheet("wipe", { at: "settings" }),
  sheet("quiet", { at: "caucuses" }),
  {
    name: "plenary mode, and a call",
    wish: "tables=1&silent=1",
    show: async (page) => {
      await rings(page, false);
      await hushed(page, { plenary: 8.64e15 });
      await go(page, "caucuses");
    },
  },
  {
    name: "a covered screen",
    wish: "covered=1",
    show: async (page) => {
      await go(page, "caucuses");
      await hushed(page, { pocket: true });
    },
  },

  sheet("verify", { at: "person", name: "verify", show: (page) => page.locator("dialog .qr__code").waitFor() }),
  comparing("seven emoji", { state: "compare", emoji: [36, 49, 18, 41, 31, 61, 45] }),
  comparing("emoji that differ", { state: "ended", reason: "differ" }),
  comparing("verified by emoji", { state: "ended", reason: "match" }),
  sheet("verify", {
    at: "caucuses",
    name: "a code that was opened",
    show: async (page) => {
      await page.evaluate(() => {
        const stage = demo.boot.stage.value;
        if (stage.stage === "in") stage.controller.verification.bring("couloir-verify:AAAA");
      });
      await page.locator("dialog .key--go").waitFor();
    },
  }),
  inRoom("a room code, gathering", { state: "gathering" }),
  inRoom("eight emoji", { state: "compare", emoji: [36, 49, 18, 41, 31, 61, 45, 53] }),
  place("a conversation that is held", "caucus", "held=1"),
  sheet("held", { wish: "held=1", show: (page) => page.locator("dialog .set").nth(1).click() }),

  place("a conversation with more going on", "caucus", "governed=1"),
  sheet("readers", { name: "who may read, and what waits for a second admin", wish: "governed=1" }),
  sheet("member", { wish: "governed=1", show: (page) => page.locator("dialog .set").last().click() }),
  sheet("pins", { wish: "governed=1" }),
  sheet("on-record", { wish: "governed=1" }),
  sheet("entry", { name: "an entry on record", which: "own", wish: "governed=1" }),

  sheet("tools", { wish: "tables=1" }),
  onTable("a board in the record", ".card--board"),
  sheet("new-call"),
  sheet("new-board"),
  sheet("new-huddle"),
  sheet("new-roll"),
  sheet("tool", { name: "a board", which: "board", wish: "tables=1" }),
  sheet("tool", {
    name: "a delegation of a board",
    which: "board",
    wish: "tables=1",
    show: (page) => page.locator("dialog .say__row").first().click(),
  }),
  sheet("tool", {
    name: "all that was said of a board",
    which: "board",
    wish: "tables=1",
    show: (page) => page.getByRole("dialog").getByRole("button", { name: "History" }).click(),
  }),
  sheet("tool", { name: "what decides over a board", which: "board", wish: "tables=1&own=1", show: decides }),
  { name: "a board of all states", wish: "tables=1", show: large },
  sheet("tool", { name: "a huddle", which: "huddle", wish: "tables=1" }),
  sheet("tool", { name: "a roll call by name", which: "rollCall", wish: "tables=1" }),
  { name: "a call that rings", wish: "tables=1&ringing=1", show: (page) => rings(page, false) },
  { name: "a call that somebody has", wish: "tables=1&taken=1", show: (page) => rings(page, true) },

  sheet("devices", {
    at: "settings",
    show: async (page) => {
      await page.evaluate(() => {
        const { messenger } = demo.backend;
        const [here] = messenger.devices;
        if (!here) throw new Error("there is no device");
        const named = (n: number, name: string) => ({
          ...here,
          device: here.device.replace("1", `${n}`),
          name,
          here: false,
        });
        const others = [named(2, "Firefox on Android"), { ...named(3, "An old laptop"), state: "revoked" as const }];
        messenger.devices = [here, ...(others as DeviceView[])];
        messenger.emit("devices", messenger.devices);
      });
      await page.locator("dialog .key--danger").click();
    },
  }),
  linking("a device to take in", "devices", { state: "compare", guest: true }),
  linking("a device that may be a main one", "devices", { state: "compare" }),
  linking("this device's code", "offer", {}),
  linking("this device, refused", "offer", { state: "failed", problem: { code: "link-refused", text: "" } }),

  place("a guest's caucuses", "caucuses", "guest=1"),
  place("a guest's conversation", "caucus", "guest=1"),
  sheet("connection", { name: "a guest's connection", at: "caucuses", wish: "guest=1" }),
  place("nobody in range", "caucuses", "scene=none"),
  place("people, none in range", "people", "scene=none"),
  sheet("connection", { name: "connection, none in range", at: "caucuses", wish: "scene=none" }),
  place("no caucus yet", "caucuses", "scene=empty"),
  place("no people yet", "people", "scene=empty"),
  place("a new caucus with nobody", "new-caucus", "scene=empty"),

  before("join", "stage=new"),
  before("join as a guest, invited, in a window that forgets", "stage=new&guest=1&invite=1&forgetful=1"),
  before("join, with something missing", "stage=new", (page) => page.locator("button[type=submit]").first().click()),
  before("join from a file", "stage=file"),
  before("unlock", "stage=locked"),
  before("the wrong page of a daemon", "stage=no-token"),
  before("a browser that is too old", "stage=old"),
];

/** Those, and other parts of the same ones: to look at. */
export const SIGHTS: readonly Screen[] = [
  ...SCREENS,
  emoji("flags", "Flags"),
  onTable("a call in the record", ".card--call"),
  onTable("a huddle in the record", ".card--huddle"),
  onTable("a roll call in the record", ".card--rollCall"),
];
