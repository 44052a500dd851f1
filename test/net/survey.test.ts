import assert from "node:assert/strict";
import type { Entry } from "../../src/net/connections.ts";
import type { Look } from "../../src/net/look.ts";
import { survey } from "../../src/net/survey.ts";
import { SimClock } from "../helpers/simClock.ts";

const at = (peer: string): Entry =>
  ({ peer, looks: true, connection: { direction: "outbound", remoteAddr: `/ip4/10.0.0.${peer}/tcp/1` } }) as never;

/** Each tells of somebody behind its own number whom nobody can reach from here. */
const toldBy = async (vouched: readonly string[]): Promise<readonly string[]> => {
  const clock = new SimClock();
  const look = {
    ask: async ({ peer }: Entry) => ({
      ahead: 0,
      multicast: false,
      back: "open",
      others: [`/ip4/10.0.0.1${peer}/tcp/1`],
    }),
  } as unknown as Look;
  const looking = survey({
    clock,
    look,
    machine: { networks: () => ["eth0 10.0.0.99"], isNear: () => true, knock: async () => "silent" },
    discovery: undefined,
    entries: ["1", "2", "3"].map(at),
    isVouched: (peer) => vouched.includes(peer),
  });
  await clock.pass(60_000);
  const { told, neighbours } = await looking;
  assert.equal(neighbours.length, 3);
  return told.map(({ host, by, found }) => `${host} by ${by}: ${found}`);
};

describe("a look around", () => {
  it("believes those who are vouched for, and strangers where there is nobody else", async () => {
    assert.deepEqual(await toldBy(["2"]), ["10.0.0.12 by 10.0.0.2: silent"]);
    assert.equal((await toldBy([])).length, 3);
  });
});
