/** The name of a hub on the local network: whoever has it keeps it, and nobody fights for it. */
import assert from "node:assert/strict";
import { HubName, type NamePacket } from "../../src/net/hubName.ts";
import { SimClock } from "../helpers/simClock.ts";
import { SimRandom } from "../helpers/simRandom.ts";

interface Said {
  readonly at: number;
  readonly by: string;
  readonly kind: "query" | "response";
  readonly packet: NamePacket & { readonly answers?: readonly { readonly ttl?: number }[] };
}

describe("a hub's name", () => {
  let clock: SimClock;
  let said: Said[];
  let hubs: Map<string, HubName>;
  let begun: number;

  beforeEach(() => {
    [clock, said, hubs] = [new SimClock(), [], new Map()];
    begun = clock.now();
  });

  /** Everybody hears it a moment later, whoever says it too. */
  const say = (by: string, kind: Said["kind"], packet: NamePacket): void => {
    said.push({ at: clock.now() - begun, by, kind, packet });
    clock.after(1, () => {
      for (const hub of hubs.values())
        if (kind === "query") hub.onQuery(packet);
        else hub.onResponse(packet);
    });
  };
  const hub = (address: string): HubName => {
    const made = new HubName({
      clock,
      random: new SimRandom(address).bytes,
      voices: [
        {
          address,
          query: (packet) => say(address, "query", packet),
          respond: (answers) => say(address, "response", { answers: answers as NamePacket["answers"] & object }),
        },
      ],
      onChange: () => undefined,
    });
    hubs.set(address, made);
    made.start();
    return made;
  };
  const asks = (name: string): void => say("phone", "query", { questions: [{ name, type: "A" }] });
  const answers = (by: string): Said[] => said.filter((one) => one.by === by && one.kind === "response");
  const other = (name: string): NamePacket => ({ answers: [{ name, type: "A", data: "10.0.0.66" }] });

  it("is had after three questions that nobody answers, and told to who asks, once a second", async () => {
    const one = hub("10.0.0.1");
    await clock.pass(400);
    assert.equal(one.name, undefined);
    await clock.pass(1600);
    assert.equal(one.name, "couloir.local");
    assert.equal(said.filter(({ kind }) => kind === "query").length, 3);
    assert.equal(answers("10.0.0.1").length, 2, "announced twice");
    for (let i = 0; i < 100; i++) {
      asks("Couloir.local.");
      asks("printer.local");
      await clock.pass(50);
    }
    const told = answers("10.0.0.1").length - 2;
    assert.ok(told >= 4 && told <= 6, `${told} in five seconds`);
    const [{ packet }] = answers("10.0.0.1") as [Said];
    assert.deepEqual(packet.answers, [
      { name: "couloir.local", type: "A", class: "IN", ttl: 120, flush: true, data: "10.0.0.1" },
    ]);
  });

  it("is the second where the first is taken, and none where both are", async () => {
    const one = hub("10.0.0.1");
    await clock.pass(3000);
    const two = hub("10.0.0.2");
    await clock.pass(5000);
    const three = hub("10.0.0.3");
    await clock.pass(10_000);
    assert.deepEqual([one.name, two.name, three.name], ["couloir.local", "couloir-2.local", undefined]);
    assert.equal(answers("10.0.0.3").length, 0);
  });

  it("is had by one of two that want it at the same moment", async () => {
    const [one, two] = [hub("10.0.0.9"), hub("10.0.0.10")];
    await clock.pass(10_000);
    assert.deepEqual(new Set([one.name, two.name]), new Set(["couloir-2.local", "couloir.local"]));
  });

  it("attack: is given up without a fight to whoever says that it is theirs, and then nothing is said any more", async () => {
    const one = hub("10.0.0.1");
    await clock.pass(3000);
    say("mallory", "response", other("couloir.local"));
    await clock.pass(3000);
    assert.equal(one.name, "couloir-2.local");
    say("mallory", "response", other("couloir-2.local"));
    await clock.pass(1000);
    assert.equal(one.name, undefined);
    const before = said.filter(({ by }) => by === "10.0.0.1").length;
    for (let i = 0; i < 1000; i++) {
      say("mallory", "response", other(i % 2 === 0 ? "couloir.local" : "couloir-2.local"));
      asks("couloir.local");
      say("mallory", "response", { answers: [{}, { name: "couloir.local" }] });
    }
    await clock.pass(60_000);
    assert.equal(said.filter(({ by }) => by === "10.0.0.1").length, before);
  });

  it("is given back in the end", async () => {
    const one = hub("10.0.0.1");
    await clock.pass(3000);
    one.stop();
    await clock.pass(3000);
    assert.equal(one.name, undefined);
    assert.equal(answers("10.0.0.1").at(-1)?.packet.answers?.[0]?.ttl, 0);
    const two = hub("10.0.0.2");
    hubs.delete("10.0.0.1");
    await clock.pass(3000);
    assert.equal(two.name, "couloir.local");
  });
});
