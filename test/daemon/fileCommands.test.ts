/** Photos and files on the command line and over the local API. */
import { strict as assert } from "node:assert";
import { mkdir, readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { safeName } from "../../src/daemon/fileName.ts";
import { fileWords, sizeWords } from "../../src/daemon/lines.ts";
import type { FileView, GroupId, MessageView } from "../../src/types.ts";
import { messageId, personId } from "../helpers/fakeMessenger.ts";
import { JPEG, jpegWith, SECRET, segment } from "../helpers/photos.ts";
import { pngHeader } from "../photo/pictures.ts";
import { main } from "../../src/daemon/main.ts";
import {
  cleanUp,
  couloir,
  done,
  emptyFolder,
  failed,
  json,
  outside,
  serve,
  streams,
  TOKEN,
  type Ended,
  type Served,
} from "./harness.ts";

const ANA = personId("aa11");
const DRAFT: FileView = {
  name: "draft.pdf",
  type: "application/pdf",
  size: 5,
  have: 0,
  state: "away",
  keptBy: 1,
  keepers: [],
};

describe("files", function () {
  this.timeout(10_000);
  let served: Served;
  let fish: GroupId;
  let folder: string;
  beforeEach(async () => {
    served = await serve();
    served.messenger.meet("Ana", ANA);
    fish = await served.messenger.createCaucus("Fish", { with: [ANA] });
    folder = await emptyFolder();
    served.messenger.asked.length = 0;
  });
  afterEach(cleanUp);
  const run = (...args: string[]): Promise<Ended> => couloir(served, ...args);
  const put = async (name: string, bytes: Buffer | string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
  /** Somebody else sends a file. */
  const hear = (file: Partial<FileView> = {}, bytes?: Buffer, seed = "f11e"): MessageView => {
    const line = served.messenger.hear({
      caucus: fish,
      sender: ANA,
      text: "see page 2",
      kind: "file",
      message: messageId(seed),
      file: { ...DRAFT, ...file },
    });
    if (bytes !== undefined) served.messenger.files.set(line.message, bytes);
    return line;
  };

  describe("send", () => {
    it("--photo takes out where it was taken, and says how large it is", async () => {
      const path = await put("IMG_0001.JPG", jpegWith([segment(0xfe, SECRET)]));
      const ended = json(done(await run("send", "fish", "--photo", path, "the door", "--json"))) as MessageView;
      const [line] = served.messenger.lines;
      assert.deepEqual(ended, { message: line?.message, caucus: fish, reached: 0, of: 1 });
      assert.equal(line?.text, "the door");
      const { name, type, size, picture } = line.file!;
      assert.deepEqual([name, type, size], ["IMG_0001.JPG", "image/jpeg", JPEG.length]);
      assert.deepEqual([picture?.width, picture?.height], [12, 8]);
      assert.equal(Buffer.from(picture?.thumbnail ?? "", "base64").readUInt16BE(0), 0xffd8);
      const sent = Buffer.from(served.messenger.files.get(line.message)!);
      assert.deepEqual(sent, JPEG);
    });

    it("--photo refuses what it cannot clean, and sends nothing", async () => {
      const heic = await put("x.heic", Buffer.from("\0\0\0\u0018ftypheic\0\0\0\0", "latin1"));
      failed(await run("send", "fish", "--photo", heic), 2, /HEIC cannot be cleaned here.*--file/u);
      failed(await run("send", "fish", "--photo", await put("x.jpg", JPEG.subarray(0, 99))), 2, /damaged or cut off/u);
      failed(await run("send", "fish", "--photo", await put("x.txt", "words")), 2, /no JPEG, PNG or WebP/u);
      const huge = await put("x.png", pngHeader(50_000, 50_000));
      failed(await run("send", "fish", "--photo", huge), 2, /50000 × 50000 pixels.*--file/u);
      assert.deepEqual(served.messenger.lines, []);
    });

    it("--file sends every byte as it is, to a person as well", async () => {
      const bytes = Buffer.alloc(300_000, "couloir\n");
      const path = await put("Draft 3.PDF", bytes);
      done(await run("send", "ana", "--file", path));
      const [line] = served.messenger.lines;
      assert.deepEqual(line?.file && [line.file.name, line.file.type, line.file.picture, line.text], [
        "Draft 3.PDF",
        "application/pdf",
        undefined,
        "",
      ]);
      assert.deepEqual(Buffer.from(served.messenger.files.get(line!.message)!), bytes);
      done(await run("send", "fish", "--file", await put("empty", "")));
      assert.equal(served.messenger.lines[1]?.file?.size, 0);
    });

    it("--reply goes with a file", async () => {
      const { message } = served.messenger.hear({ caucus: fish, sender: ANA, text: "where?" });
      done(await run("send", "fish", "--file", await put("x", "y"), "--reply", message));
      assert.equal(served.messenger.lines[1]?.reply, message);
    });

    it("says what is wrong with what was named", async () => {
      await mkdir(join(folder, "sub"));
      for (const [args, words] of [
        [["--file", join(folder, "nothing")], /it does not exist/u],
        [["--file", join(folder, "sub")], /is no file/u],
        [["--photo", "a", "--file", "b"], /one photo or one file/u],
        [[], /there is nothing to send/u],
      ] as const)
        failed(await run("send", "fish", ...args), 2, words);
    });
  });

  describe("get", () => {
    it("saves what is here under the name that its sender gave it", async () => {
      const { message } = hear({ state: "here", have: 5 }, Buffer.from("words"));
      const path = join(folder, "out.pdf");
      const { path: told, size } = json(done(await run("get", "fish", message, "-o", path, "--json"))) as {
        path: string;
        size: number;
      };
      assert.deepEqual([told, size], [path, 5]);
      assert.equal(await readFile(path, "utf8"), "words");
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    });

    it("asks for what is not, and waits until it is", async () => {
      const { message } = hear();
      const terminal = streams({ columns: 80, rows: 24 });
      const path = join(folder, "out.pdf");
      const ended = main(["--data", served.folder, "get", "fish", message, "-o", path], outside(terminal.io));
      await terminal.until("no one who has it is in range");
      served.messenger.emit("transfer", { caucus: fish, message, have: 3, size: 5, state: "coming" });
      await terminal.until("3 B of 5 B");
      served.messenger.files.set(message, Buffer.from("words"));
      served.messenger.fileIs(message, "here");
      assert.equal(await ended, 0, terminal.stderr());
      assert.equal(await readFile(path, "utf8"), "words");
      assert.ok(served.messenger.asked.some(([method]) => method === "fetchFile"));
    });

    it("gives up when nothing comes, and leaves nothing behind", async () => {
      const { message } = hear();
      failed(await run("get", "fish", message, "-o", join(folder, "x"), "--wait", "1"), 5, /no one who has it/u);
      assert.deepEqual(await readdir(folder), []);
    });

    it("saves nothing that was shown once, a second time", async () => {
      const { message } = hear({ state: "viewed", once: true });
      const path = join(folder, "photo.jpg");
      failed(await run("get", "fish", message, "-o", path), 2, /shown here once, and is gone/u);
      assert.deepEqual(await readdir(folder), []);
    });

    it("overwrites nothing unless it is told to", async () => {
      const { message } = hear({ state: "here", have: 5 }, Buffer.from("words"));
      const path = await put("mine.txt", "mine");
      failed(await run("get", "fish", message, "-o", path), 2, /is there already; .*-o.*-f/u);
      // What is shown once would be lost by being read for nothing.
      assert.deepEqual(
        served.messenger.asked.filter(([what]) => what === "readFile"),
        [],
      );
      assert.equal(await readFile(path, "utf8"), "mine");
      await symlink(path, join(folder, "link"));
      failed(await run("get", "fish", message, "-o", join(folder, "link")), 2, /is there already/u);
      done(await run("get", "fish", message, "-o", path, "-f"));
      assert.equal(await readFile(path, "utf8"), "words");
      assert.deepEqual((await readdir(folder)).toSorted(), ["link", "mine.txt"]);
    });

    it("keeps no half of a file, and not instead of a whole one", async () => {
      // It says that it is larger than what comes.
      const { message } = hear({ state: "here", size: 900, have: 900 }, Buffer.from("words"));
      const path = await put("mine.txt", "mine");
      const words = /was not saved whole|stopped answering/u;
      failed(await run("get", "fish", message, "-o", path, "-f"), 1, words);
      failed(await run("get", "fish", message, "-o", join(folder, "new")), 1, words);
      assert.deepEqual(await readdir(folder), ["mine.txt"]);
      assert.equal(await readFile(path, "utf8"), "mine");
    });

    it("writes to a pipe", async () => {
      const { message } = hear({ state: "here", have: 5 }, Buffer.from("words"));
      assert.equal(done(await run("get", "fish", message, "-o", "-")).stdout, "words");
    });

    it("says so where there is no file", async () => {
      const { message } = served.messenger.hear({ caucus: fish, sender: ANA, text: "words only" });
      failed(await run("get", "fish", message), 2, /no photo or file/u);
    });
  });

  it("receipts tell of each person", async () => {
    const { message } = await served.messenger.send(fish, "x");
    served.messenger.reach(message, 1);
    assert.match(done(await run("receipts", "fish", message)).stdout, /Ana +reached\n$/u);
    assert.deepEqual(json(done(await run("receipts", "fish", message, "--json"))), [
      { person: ANA, name: "Ana", reached: true, read: false },
    ]);
  });

  it("history shows them, and how far they have come", async () => {
    hear({ name: "..\\draft\u202e.pdf", size: 340_000 });
    hear({ picture: { width: 1200, height: 800, thumbnail: "" }, size: 2_345_678, state: "here" }, undefined, "f12e");
    const { stdout } = done(await run("history", "fish"));
    assert.match(stdout, /Ana: \[file 340 kB \.\.\\draft\.pdf, not here yet\]\n +see page 2/u);
    assert.match(stdout, /\[photo 1200×800 2\.3 MB draft\.pdf\]/u);
    const [line] = done(await run("history", "fish", "--json")).stdout.split("\n");
    assert.equal((JSON.parse(line!) as MessageView).file?.size, 340_000);
  });

  describe("over the API", () => {
    type Init = Omit<RequestInit, "headers"> & { readonly headers?: Readonly<Record<string, string>> };
    const ask = (path: string, { headers, ...init }: Init = {}): Promise<Response> =>
      fetch(`http://127.0.0.1:${served.port}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      });
    const BYTES = { "content-type": "application/octet-stream" };
    const upload = (body: BodyInit, headers: Record<string, string> = BYTES): Promise<Response> =>
      ask(`/api/caucuses/${fish}/files`, { method: "POST", headers, body });

    it("takes a head and a body, however they are cut", async () => {
      const head = JSON.stringify({ name: "a.txt", type: "text/plain", size: 4, text: "caption" });
      const whole = Buffer.from(`${head}\n\n\0ab`);
      for (const size of [1, 7, whole.length]) {
        const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
          whole.subarray(at * size, (at + 1) * size),
        );
        const body = Readable.toWeb(Readable.from(pieces));
        const answer = await ask(`/api/caucuses/${fish}/files`, {
          method: "POST",
          headers: BYTES,
          body,
          duplex: "half",
        } as Init);
        assert.equal(answer.status, 201);
        const { message, text } = (await answer.json()) as MessageView;
        assert.equal(text, "caption");
        assert.deepEqual(Buffer.from(served.messenger.files.get(message)!), Buffer.from("\n\0ab"));
      }
    });

    it("refuses a head that is none, is too long, or says what makes no sense", async () => {
      const head = { name: "a", type: "b", size: 1 };
      for (const [body, headers, words] of [
        ["no json\nx", BYTES, /not JSON/u],
        [JSON.stringify(head), BYTES, /no first line/u],
        [`${JSON.stringify({ ...head, text: "x".repeat(140_000) })}\n`, BYTES, /first line of the body is over/u],
        [`${JSON.stringify({ ...head, size: -1 })}\n`, BYTES, /size/u],
        [`${JSON.stringify({ ...head, picture: { width: 0, height: 1, thumbnail: "" } })}\n`, BYTES, /width/u],
        [`${JSON.stringify({ ...head, picture: { width: 1, height: 1, thumbnail: "<svg>" } })}\n`, BYTES, /base64/u],
        [`${JSON.stringify({ ...head, bytes: "x" })}\n`, BYTES, /bytes/u],
        [`${JSON.stringify(head)}\nx`, { "content-type": "text/plain" }, /octet-stream/u],
      ] as const) {
        const answer = await upload(body, { ...headers });
        assert.equal(answer.status, 400);
        assert.match(((await answer.json()) as { error: { message: string } }).error.message, words);
      }
      assert.deepEqual(served.messenger.lines, []);
    });

    it("wants the token before it reads a byte", async () => {
      const answer = await upload("x", { ...BYTES, authorization: "Bearer 00" });
      assert.equal(answer.status, 401);
    });

    it("gives a file to save and never to show, whatever it calls itself", async () => {
      const { message } = hear(
        { name: 'x"\r\n\u202e.html', type: "text/html", state: "here", have: 5 },
        Buffer.from("<html>"),
      );
      served.messenger.lines[0] = {
        ...served.messenger.lines[0]!,
        file: { ...served.messenger.lines[0]!.file!, size: 6 },
      };
      const answer = await ask(`/api/caucuses/${fish}/messages/${message}/file`);
      assert.equal(answer.headers.get("content-type"), "application/octet-stream");
      assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename\*=UTF-8''[\w%.-]+$/u);
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      assert.match(answer.headers.get("content-security-policy") ?? "", /^default-src 'none'/u);
      assert.equal(await answer.text(), "<html>");
    });

    it("fetches, cancels, and says that a file is not here", async () => {
      const { message } = hear();
      const base = `/api/caucuses/${fish}/messages/${message}`;
      const missing = await ask(`${base}/file`);
      assert.equal(missing.status, 400);
      assert.match(await missing.text(), /file-not-here/u);
      const json = { "content-type": "application/json" };
      const fetched = (await (
        await ask(`${base}/fetch`, { method: "POST", headers: json, body: "{}" })
      ).json()) as MessageView;
      assert.equal(fetched.file?.state, "waiting");
      const stopped = (await (await ask(`${base}/fetch`, { method: "DELETE" })).json()) as MessageView;
      assert.equal(stopped.file?.state, "away");
    });

    it("remembers small things", async () => {
      const put = (body: string): Promise<Response> =>
        ask("/api/remembered/draft%20x", { method: "PUT", headers: { "content-type": "application/json" }, body });
      assert.equal((await put('{"value":{"text":"ab"}}')).status, 200);
      assert.deepEqual(await (await ask("/api/remembered/draft%20x")).json(), { value: { text: "ab" } });
      assert.equal((await put("{}")).status, 200);
      assert.deepEqual(await (await ask("/api/remembered/draft%20x")).json(), {});
    });
  });
});

describe("names of files from strangers", () => {
  it("are names and nothing else", () => {
    for (const [given, expected] of [
      ["draft.pdf", "draft.pdf"],
      ["../../etc/passwd", "passwd"],
      ["C:\\windows\\evil.exe", "evil.exe"],
      ["..", "file"],
      ["", "file"],
      [".bashrc", "bashrc"],
      ["a\u0000b\u001b[2Jc.txt", "abc.txt"],
      ["photo\u202egpj.exe", "photogpj.exe"],
      ["con.txt", "_con.txt"],
      ["a:b*c?.txt", "a_b_c_.txt"],
      ["line\nbreak .txt. ", "line break .txt"],
      ["قرار ١٢.pdf", "قرار ١٢.pdf"],
    ] as const)
      assert.equal(safeName(given), expected);
    const long = safeName(`${"🕊".repeat(100)}.pdf`);
    assert.ok(Buffer.byteLength(long) <= 200);
    assert.match(long, /^🕊+\.pdf$/u);
  });

  it("and their sizes are told in words", () => {
    assert.deepEqual([0, 999, 1000, 340_400, 999_499, 999_500, 12_340_000].map(sizeWords), [
      "0 B",
      "999 B",
      "1 kB",
      "340 kB",
      "999 kB",
      "1.0 MB",
      "12.3 MB",
    ]);
    assert.equal(fileWords({ ...DRAFT, state: "coming", have: 2 }), "[file 5 B draft.pdf, 2 B of it here]");
    const voice = { length: 65_400, bars: [] };
    assert.equal(fileWords({ ...DRAFT, voice, state: "here" }), "[voice note 1:05 5 B draft.pdf]");
    const picture = { width: 4, height: 3, thumbnail: "" };
    assert.equal(
      fileWords({ ...DRAFT, picture, once: true, state: "viewed" }),
      "[photo to see once 4×3 5 B draft.pdf, shown once and gone]",
    );
  });
});
