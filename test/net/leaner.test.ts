/** What the build of the app puts in the place of modules does what those do, as far as a page asks for it. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const { leaner } = (await import(new URL("../../.ci/webLeaner.mjs", import.meta.url).href)) as { leaner: Plugin };

type Release = () => void;
type Locking = (options?: { readonly signal: AbortSignal }) => Promise<Release>;
interface Lock {
  readonly readLock: Locking;
  readonly writeLock: Locking;
}

/** As the peer store keeps it. */
interface Kept {
  readonly addresses: { multiaddr: Uint8Array; isCertified: boolean; observed: number }[];
  readonly protocols: string[];
  readonly publicKey: Uint8Array;
  readonly peerRecordEnvelope: Uint8Array;
  readonly metadata: Map<string, Uint8Array>;
  readonly tags: Map<string, { value: number; expiry: bigint }>;
  readonly updated: number;
}
interface Modules {
  readonly mortice: (options: { readonly singleProcess: boolean }) => Lock;
  readonly Peer: { encode(peer: Kept): Uint8Array; decode(encoded: Uint8Array): Kept };
}

const modules = async (folder: string, plugins: Plugin[]): Promise<Modules> => {
  const outfile = join(folder, `${plugins.length}.mjs`);
  await build({
    stdin: {
      contents: `
        export { default as mortice } from "mortice";
        export { Peer } from "./node_modules/@libp2p/peer-store/dist/src/pb/peer.js";`,
      resolveDir: ROOT,
    },
    bundle: true,
    outfile,
    format: "esm",
    platform: "node",
    logLevel: "error",
    plugins,
  });
  return (await import(pathToFileURL(outfile).href)) as Modules;
};

const kept = (): Kept => ({
  addresses: [{ multiaddr: Uint8Array.of(4, 10, 0, 0, 1), isCertified: true, observed: 1_700_000_000_000 }],
  protocols: ["/couloir/1"],
  publicKey: Uint8Array.of(1, 2, 3),
  peerRecordEnvelope: Uint8Array.of(4, 5, 6),
  metadata: new Map([["AgentVersion", Uint8Array.of(7)]]),
  tags: new Map([["keep-alive", { value: 50, expiry: 1_700_000_000_000n }]]),
  updated: 1_700_000_000_000,
});

describe("what the app has instead of a module", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "couloir-leaner-"));
  });
  after(() => rm(folder, { recursive: true }));

  for (const { name, plugins } of [
    { name: "of the package", plugins: [] },
    { name: "of the app", plugins: [leaner] },
  ]) {
    describe(`the lock ${name}`, () => {
      let lock: Lock;

      before(async () => {
        const { mortice } = await modules(folder, plugins);
        lock = mortice({ singleProcess: true });
      });

      it("lets several read at once, and one write when they are done, before whoever reads later", async () => {
        const order: string[] = [];
        const asked = (what: string, locking: Promise<Release>): Promise<Release> =>
          locking.then((release) => {
            order.push(what);
            return release;
          });
        const [first, second] = await Promise.all([lock.readLock(), lock.readLock()]);
        const write = asked("write", lock.writeLock());
        const late = asked("late read", lock.readLock());
        first();
        await turn();
        order.push("last early read ends");
        second();
        const written = await write;
        await turn();
        order.push("write ends");
        written();
        (await late)();
        assert.deepEqual(order, ["last early read ends", "write", "write ends", "late read"]);
      });

      it("lets one write at a time, in the order in which they asked", async () => {
        const order: string[] = [];
        const write = async (what: string): Promise<void> => {
          const release = await lock.writeLock();
          order.push(`${what} begins`);
          await turn();
          order.push(`${what} ends`);
          release();
        };
        await Promise.all([write("first"), write("second")]);
        assert.deepEqual(order, ["first begins", "first ends", "second begins", "second ends"]);
      });

      it("is not held by one who gave up waiting", async () => {
        const giveUp = new AbortController();
        const release = await lock.writeLock();
        const refused = assert.rejects(lock.writeLock({ signal: giveUp.signal }), { name: "AbortError" });
        giveUp.abort();
        release();
        await refused;
        (await lock.readLock())();
      });
    });

    describe(`a peer as the store ${name} keeps it`, () => {
      let Peer: Modules["Peer"];

      before(async () => {
        ({ Peer } = await modules(folder, plugins));
      });

      it("is read as it was written", () => {
        assert.deepEqual(Peer.decode(Peer.encode(kept())), kept());
      });

      it("is changed neither by who wrote it nor by who read it", () => {
        const spoil = ({ addresses, protocols, metadata, tags }: Kept): void => {
          addresses[0]!.isCertified = false;
          addresses.push({ multiaddr: new Uint8Array(), isCertified: false, observed: 0 });
          protocols.push("/other/1");
          metadata.clear();
          tags.set("other", { value: 1, expiry: 0n });
        };
        const written = kept();
        const encoded = Peer.encode(written);
        spoil(written);
        written.peerRecordEnvelope.fill(0);
        spoil(Peer.decode(encoded));
        assert.deepEqual(Peer.decode(encoded), kept());
      });
    });
  }
});
