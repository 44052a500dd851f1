import assert from "node:assert/strict";
import { nodeEngine } from "../../src/nodeEngine.ts";
import { Dag } from "../../src/protocol/dag.ts";
import { useEngine } from "../../src/protocol/engines.ts";
import { inPieces } from "../../src/protocol/inPieces.ts";
import { setLateEngine } from "../../src/protocol/lateEngine.ts";
import type { SignedOp } from "../../src/protocol/membership.ts";
import { makeOp, proveDevice } from "../../src/protocol/membership.ts";
import { admitAll, proveOps, readProved } from "../../src/protocol/proving.ts";
import { admit } from "../../src/protocol/resolve.ts";
import { newSeat } from "../../src/protocol/group.ts";
import { pureEngine, setEngine, signingPair } from "../../src/protocol/signature.ts";
import { graphOf, type Invite, NOW, Person, publicOf, room, seeded } from "./room.ts";

describe("many operations at once", () => {
  /** Signatures that were decided by whoever answers later, and by whoever answers at once: always wrongly. */
  let [late, atOnce] = [0, 0];
  const verifyLate = (): void => {
    setLateEngine({
      verify: async (...of) => {
        late++;
        return nodeEngine.verify(...of);
      },
    });
    setEngine({
      ...pureEngine,
      verify: () => {
        atOnce++;
        return true;
      },
    });
    [late, atOnce] = [0, 0];
  };
  afterEach(() => {
    setLateEngine(undefined);
    useEngine(nodeEngine);
  });

  const bytesOf = (ops: readonly SignedOp[]): readonly Uint8Array[] => ops.map(({ bytes }) => bytes);
  /** Somebody who signs all that they have to, and does not have the invite's secret. */
  const intruder = (ana: Person, invite: Pick<Invite, "id">): SignedOp => {
    const eve = new Person("Eve");
    const seat = newSeat(eve.random);
    eve.state = ana.state;
    const body = eve.joinBody({ ...invite, secret: seeded("not the secret")(32) }, seat);
    return makeOp({ group: ana.state.group, parents: [invite.id], seq: 0, at: NOW, body }, seat.secret);
  };
  const invited = (ana: Person): Invite => ana.invite();

  it("are admitted without a signature that is decided at once, and a stranger's JOIN is not", async () => {
    const people = room(["Ana", "Bo", "Cy", "Di"]);
    const [ana] = people as [Person];
    const eves = intruder(ana, invited(ana));
    const raw = bytesOf([...ana.ops, eves]);
    verifyLate();
    const dag = new Dag();
    await admitAll(dag, raw);
    assert.equal(atOnce, 0);
    assert.ok(late > 0);
    assert.equal(dag.size, ana.ops.length);
    assert.equal(dag.has(eves.id), false);
  });

  it("are decided once their invite is known, also where it comes later than they", async () => {
    const [ana] = room(["Ana", "Bo"]) as [Person, Person];
    const invite = invited(ana);
    const eves = intruder(ana, invite);
    const dag = graphOf(ana.ops);
    verifyLate();
    const [early] = await readProved([eves.bytes]);
    assert.equal(early?.proof, undefined);
    const [ready] = await proveOps([early as SignedOp], { dag });
    assert.equal(ready?.proof?.good, false);
    assert.equal(admit(dag, ready as SignedOp), "refused");
    assert.equal(atOnce, 0);
    assert.deepEqual(await readProved(bytesOf(ana.ops), { dag }), [], "what is known is not read again");
  });

  it("take no verdict by another key than the invite's", async () => {
    const [ana] = room(["Ana", "Bo"]) as [Person, Person];
    const eves = intruder(ana, invited(ana));
    const { public: other } = signingPair(seeded("not the secret")(32));
    assert.equal(admit(graphOf(ana.ops), { ...eves, proof: { key: other, good: true } }), "refused");
  });

  it("bring in no device that has not agreed", async () => {
    const [ana] = room(["Ana"]) as [Person];
    const seat = newSeat(seeded("second"));
    const other = newSeat(seeded("other"));
    const adds = (secret: Uint8Array): SignedOp => {
      const body = { kind: "device", member: seat.member, card: ana.card.bytes, prekey: publicOf(seat) } as const;
      const proof = proveDevice(secret, ana.state.group, ana.member);
      const [last] = ana.ops.slice(-1) as [SignedOp];
      const at = { group: ana.state.group, parents: [last.id], seq: ana.ops.length, at: NOW };
      return makeOp({ ...at, body: { ...body, proof } }, ana.state.seat.secret);
    };
    const [good, bad] = [adds(seat.secret), adds(other.secret)];
    verifyLate();
    for (const [op, size] of [
      [good, ana.ops.length + 1],
      [bad, ana.ops.length],
    ] as const) {
      const dag = new Dag();
      await admitAll(dag, bytesOf([...ana.ops, op]));
      assert.equal(dag.size, size);
    }
    assert.equal(atOnce, 0);
  });

  it("leave others the thread between pieces, and come in their order", async () => {
    const all = Array.from({ length: 100 }, (_, i) => i);
    let pauses = 0;
    const doubled = await inPieces(
      all,
      (one) => one * 2,
      async () => void pauses++,
    );
    assert.deepEqual(
      doubled,
      all.map((one) => one * 2),
    );
    assert.equal(pauses, 4);
  });
});
