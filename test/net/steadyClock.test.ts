/** A clock that somebody sets back while a link runs stops nothing. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { silentLog } from "../../src/net/netLog.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { steadyClock } from "../../src/net/steadyClock.ts";
import { systemClock } from "../../src/net/systemClock.ts";
import { start, stopAll } from "./askWorld.ts";
import { until } from "./mailbox.ts";

const HOURS = 3_600_000;

describe("a clock that is set while a link runs", () => {
  afterEach(stopAll);

  it("goes on with it, and never back", () => {
    let now = 1000;
    const clock = steadyClock({ now: () => now, after: () => () => undefined });
    const read = (at: number): number => {
      now = at;
      return clock.now();
    };
    assert.deepEqual([1000, 5000, 2000, 2500, 1, 101, 9000].map(read), [1000, 5000, 5000, 5500, 5500, 5600, 14_499]);
  });

  it("keeps nobody from being dialed", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    let ahead = 2 * HOURS;
    const clock = { ...systemClock, now: () => systemClock.now() + ahead };
    const failed = Promise.withResolvers<void>();
    const log = { ...silentLog, debug: (_: object, what: string) => what === "a dial failed" && failed.resolve() };
    const one = await start({ clock, log, links: { hintRetry: 200 } });
    server.close();
    await once(server, "close");
    one.link.hint([`/ip4/127.0.0.1/tcp/${port}`]);
    // It is noted in the same turn when the next try is due.
    await failed.promise;
    ahead = 0;
    const other = await start({}, nodeHost({ listen: ["127.0.0.1"], port }));
    await until([one.box, other.box], () => one.box.peers() === 1 && other.box.peers() === 1);
  });
});
