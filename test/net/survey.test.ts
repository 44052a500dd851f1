import assert from "node:assert/strict";
import type { Entry } from "../../src/net/connections.ts";
import type { Look } from "../../src/net/look.ts";
import { survey } from "../../src/net/survey.ts";
import { SimClock } from "../helpers/simClock.ts";

const at = (peer: string, host = `10.0.0.${peer}`): Entry =>
  ({ peer, looks: true, connection: { direction: "outbound", remoteAddr: `/ip4/${host}/tcp/1` } }) as never;

/** What is found where nobody answers at those of whom others tell; by default each tells of one behind its own number. */
const toldBy = async (
  vouched: readonly string[],
  entries: readonly Entry[] = ["1", "2", "3"].map((peer) => at(peer)),
  others = (peer: string): readonly string[] => [`1${peer}`],
): Promise<readonly string[]> => {
  const clock = new SimClock();
  const look = {
    ask: async ({ peer }: Entry) => ({
      ahead: 0,
      multicast: false,
      back: "open",
      others: others(peer).map((one) => `/ip4/10.0.0.${one}/tcp/1`),
    }),
  } as unknown as Look;
  const looking = survey({
    clock,
    look,
    machine: { networks: () => ["eth0 10.0.0.99"], isNear: () => true, knock: async () => "silent" },
    discovery: undefined,
    entries,
    isVouched: (peer) => vouched.includes(peer),
  });
  await clock.pass(60_000);
  const { told, neighbours } = await looking;
  assert.equal(neighbours.length, entries.length);
  return told.map(({ host, by, found }) => `${host} by ${by}: ${found}`);
};

describe("a look around", () => {
  it("believes those who are vouched for, and strangers where there is nobody else", async () => {
    assert.deepEqual(await toldBy(["2"]), ["10.0.0.12 by 10.0.0.2: silent"]);
    assert.equal((await toldBy([])).length, 3);
  });

  it("hears each that tells, however many the first one names", async () => {
    const names = (peer: string): readonly string[] => (peer === "1" ? ["11", "12", "13", "14"] : ["2", "3"]);
    assert.deepEqual(await toldBy([], undefined, names), [
      "10.0.0.11 by 10.0.0.1: silent",
      "10.0.0.2 by 10.0.0.2: open",
      "10.0.0.2 by 10.0.0.3: open",
      "10.0.0.12 by 10.0.0.1: silent",
      "10.0.0.3 by 10.0.0.2: open",
      "10.0.0.3 by 10.0.0.3: open",
    ]);
  });

  it("gives whoever is there several times over one voice", async () => {
    const liars = ["5", "6", "7"].map((peer) => at(peer, "10.0.0.1"));
    assert.deepEqual(await toldBy([], [...liars, at("2")]), [
      "10.0.0.15 by 10.0.0.1: silent",
      "10.0.0.12 by 10.0.0.2: silent",
    ]);
  });
});
