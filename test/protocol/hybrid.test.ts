import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { concat, equalBytes, hex, unhex } from "../../src/protocol/codec.ts";
import type { Control } from "../../src/protocol/control.ts";
import { BOX_BYTES, openWhole } from "../../src/protocol/distribution.ts";
import {
  answered,
  type Exchange,
  exchangeShape,
  heard,
  inUse,
  missed,
  newExchange,
  opened,
  said,
} from "../../src/protocol/exchange.ts";
import { openBox } from "../../src/protocol/hpke.ts";
import {
  boxPsk,
  cipherName,
  gotName,
  hybridSecret,
  type HybridSecret,
  type HybridSecrets,
  KEM_CIPHER_BYTES,
  kemKeyId,
  showsKey,
  wantedName,
} from "../../src/protocol/hybrid.ts";
import { pairOf } from "../../src/protocol/identity.ts";
import { label, u32 } from "../../src/protocol/primitives.ts";
import { openDistribution, readWhole } from "../../src/protocol/following.ts";
import { openMessage } from "../../src/protocol/receiving.ts";
import { openMeta } from "../../src/protocol/receivingControl.ts";
import { isHybrid, needsRotation } from "../../src/protocol/rotation.ts";
import { resealFor, rotate, sealMeta } from "../../src/protocol/sending.ts";
import { xWing } from "../../src/protocol/xWing.ts";
import { simKem } from "../helpers/simKem.ts";
import { NOW, type Person, room, seeded } from "./room.ts";

const published = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "vectors", "published", "xWing.json"), "utf8"),
) as { readonly xWing: readonly Record<"sk" | "pk" | "eseed" | "ct" | "ss", string>[] };

describe("X-Wing", () => {
  it("is the published one", async () => {
    assert.equal(published.xWing.length, 3);
    for (const { sk, pk, eseed, ct, ss } of published.xWing) {
      assert.equal(hex(await xWing.publicKey(unhex(sk))), pk);
      assert.equal(hex((await xWing.encapsulate(unhex(pk), unhex(eseed)))!), ct + ss);
      assert.equal(hex((await xWing.decapsulate(unhex(sk), unhex(ct)))!), ss);
    }
  });

  it("refuses what is no key, and gives nobody's secret for what is no answer to a key", async () => {
    const random = seeded("hostile");
    assert.equal(await xWing.encapsulate(new Uint8Array(1216).fill(0xff), random(64)), undefined);
    assert.equal(await xWing.encapsulate(random(1215), random(64)), undefined);
    assert.equal(await xWing.decapsulate(random(32), random(1119)), undefined);
    const [{ sk, ct, ss }] = published.xWing as [(typeof published.xWing)[number]];
    const bent = unhex(ct);
    bent[7]! ^= 1;
    assert.notEqual(hex((await xWing.decapsulate(unhex(sk), bent))!), ss);
  });
});

/** What each of a room shares with each other, as if every pair had made its exchange. */
const exchanges = (people: readonly Person[]): ((of: Person) => HybridSecrets) => {
  const random = seeded("exchanges");
  const made = new Map<string, HybridSecret>();
  const between = (a: Uint8Array, b: Uint8Array): HybridSecret => {
    const name = [hex(a), hex(b)].toSorted().join();
    const known = made.get(name) ?? { id: random(8), secret: random(32) };
    made.set(name, known);
    return known;
  };
  return (of) => {
    const secret = (agreement: Uint8Array): HybridSecret | undefined =>
      people.some((one) => equalBytes(one.self.agreement.public, agreement))
        ? between(of.self.agreement.public, agreement)
        : undefined;
    return { inUse: secret, known: (agreement) => [secret(agreement)].flatMap((one) => one ?? []) };
  };
};

type Three = [Person, Person, Person];

describe("a box of a pair that has made its exchange", () => {
  const turned = async (ana: Person, hybrids: HybridSecrets): Promise<Uint8Array> => {
    ana.state = (await rotate(ana.state, { ...ana.context, hybrids })).state;
    return ana.distribution;
  };

  it("opens with its secret, and the chain says that every box is so", async () => {
    const people = room(["Ana", "Bo", "Cy"]) as unknown as Three;
    const [ana, bo, cy] = people;
    const of = exchanges(people);
    const raw = await turned(ana, of(ana));
    for (const one of [bo, cy]) {
      const context = { ...one.context, hybrids: of(one) };
      const followed = await openDistribution(one.state, await readWhole(raw), context);
      assert.ok(followed.kind === "chain" && followed.hybrid !== undefined);
      assert.equal(followed.state.sealings.get(ana.member)?.hybrid, true);
    }
    assert.equal(ana.state.sealings.get(ana.member)?.hybrid, true);
  });

  it("opens to nobody who recorded it and has come to know every X25519 key since", async () => {
    const people = room(["Ana", "Bo", "Cy"]) as unknown as Three;
    const [ana, bo] = people;
    const of = exchanges(people);
    /** The attacker: all private X25519 keys of all devices, and all frames; not what was agreed by ML-KEM. */
    const harvested = async (raw: Uint8Array, guess?: HybridSecret): Promise<number> => {
      const { body, boxes } = openWhole(raw)!;
      let open = 0;
      for (let at = 0; at < boxes.length; at += BOX_BYTES)
        for (const one of people) {
          const box = boxes.subarray(at, at + BOX_BYTES);
          const number = new DataView(box.buffer, box.byteOffset + 4).getUint32(0);
          const { group, view, chain } = body;
          const info = concat(label("box"), unhex(group), unhex(view), unhex(chain), unhex(one.member), u32(number));
          const pair = pairOf(one.self.agreement, ana.self.agreement.public)!;
          for (const { secret } of one.state.seat.prekeys)
            for (const psk of [boxPsk(pair), ...(guess ? [boxPsk(pair, guess)] : [])])
              if (await openBox(secret, box.subarray(9), { info, psk })) open += 1;
        }
      return open;
    };
    const before = await turned(ana, { inUse: () => undefined, known: () => [] });
    assert.equal(await harvested(before), 2, "without an exchange, everything");
    const raw = await turned(ana, of(ana));
    const right = of(bo).inUse(ana.self.agreement.public)!;
    assert.equal(await harvested(raw), 0);
    assert.equal(await harvested(raw, { ...right, secret: new Uint8Array(32) }), 0);
    assert.equal(await harvested(raw, right), 1, "the secret is what it lacked");
    const lacking = { ...bo.context, hybrids: { inUse: () => undefined, known: () => [] } };
    const opened = await openDistribution(bo.state, await readWhole(raw), lacking);
    assert.ok(opened.kind === "absent" && opened.unknown, "it says that a secret is missing");
  });

  it("stays shut to who recorded its exchange as well, and has all keys of the device but those of ML-KEM", async () => {
    const people = room(["Ana", "Bo"]) as unknown as readonly [Person, Person];
    const [shower, answerer] = people.toSorted((a, b) =>
      hex(a.self.agreement.public) < hex(b.self.agreement.public) ? -1 : 1,
    ) as [Person, Person];
    const [from, to] = [answerer.self.agreement.public, shower.self.agreement.public];
    const random = seeded("exchange on the air");
    const seed = random(32);
    const key = await xWing.publicKey(seed);
    // On the air: a chain without an exchange, the answer on it, a chain with its secret, and a message.
    const first = await answerer.rotate();
    const both = (await xWing.encapsulate(key, random(64)))!;
    const cipher = both.slice(0, KEM_CIPHER_BYTES);
    const place = { from, to, key: kemKeyId(key), cipher };
    const secret = hybridSecret(both.subarray(KEM_CIPHER_BYTES), place);
    const name = cipherName(pairOf(answerer.self.agreement, to)!, from, kemKeyId(key), cipher);
    const control = { kind: "kem", wanted: [], ciphers: [{ name, cipher }], got: [] } as const;
    const answer = sealMeta(answerer.state, control, answerer.context);
    answerer.state = answer.state;
    const opened = answerer.chain;
    const second = await turned(answerer, { inUse: () => secret, known: () => [secret] });
    const said = answerer.say("what we said in the corridor");

    const harvest = async (kemSeed: Uint8Array): Promise<boolean> => {
      const before = await openDistribution(shower.state, await readWhole(first), shower.context);
      assert.ok(before.kind === "chain", "X25519 alone");
      const frame = openMeta(before.state, opened, 0, answer.frames[0]!, NOW)?.control;
      assert.ok(frame?.kind === "kem", "what is said on it");
      const shared = await xWing.decapsulate(kemSeed, frame.ciphers[0]!.cipher);
      const guess = hybridSecret(shared!, place);
      const hybrids = { inUse: () => guess, known: () => [guess, { ...guess, id: secret.id }] };
      const after = await openDistribution(before.state, await readWhole(second), { ...shower.context, hybrids });
      return after.kind === "chain" && openMessage(after.state, answerer.chain, 0, said.frame, NOW).kind === "message";
    };
    assert.equal(await harvest(random(32)), false);
    assert.equal(await harvest(seed), true, "the seed is what it lacked");
  });

  it("is not sealed anew in a way that is not, where all were so", async () => {
    const people = room(["Ana", "Bo", "Cy"]) as unknown as Three;
    const [ana, bo, cy] = people;
    const of = exchanges(people);
    await turned(ana, of(ana));
    const without = (...gone: readonly Person[]): HybridSecrets => ({
      inUse: (key) => (gone.some((one) => equalBytes(one.self.agreement.public, key)) ? undefined : of(ana).inUse(key)),
      known: (key) => of(ana).known(key),
    });
    const fallen = { ...ana.context, hybrids: without(bo) };
    assert.equal(await resealFor(ana.state, ana.chain, bo.member, fallen), undefined);
    const again = await resealFor(ana.state, ana.chain, cy.member, fallen);
    assert.ok(again?.kind === "box" && again.box[8] === 1);
    // In a chain that is not closed there is nothing to keep.
    await turned(ana, without(bo));
    const open = await resealFor(ana.state, ana.chain, bo.member, fallen);
    assert.ok(open?.kind === "box" && open.box[8] === 0);
  });

  it("makes a group closed only when all are, here and with everybody", async () => {
    const people = room(["Ana", "Bo", "Cy"]) as unknown as Three;
    const [ana, bo, cy] = people;
    const of = exchanges(people);
    const follow = async (from: Person, hybrids: HybridSecrets): Promise<void> => {
      const raw = await turned(from, hybrids);
      for (const one of people) {
        if (one === from) continue;
        const followed = await openDistribution(one.state, await readWhole(raw), { ...one.context, hybrids: of(one) });
        assert.ok(followed.kind === "chain");
        one.state = followed.state;
      }
    };
    const none: HybridSecrets = { inUse: () => undefined, known: () => [] };
    const closed = (): boolean => isHybrid(ana.state, of(ana));
    await follow(ana, none);
    assert.ok(needsRotation(ana.state, NOW, of(ana)), "it could be");
    assert.ok(!needsRotation(ana.state, NOW, none));
    await follow(ana, of(ana));
    assert.ok(!closed(), "of the others nothing is known");
    await follow(bo, of(bo));
    await follow(cy, none);
    assert.ok(!closed(), "Cy's device is an old one");
    await follow(cy, of(cy));
    assert.ok(closed());
    assert.ok(!isHybrid(ana.state, none), "the next chain would not be");
    assert.ok(needsRotation(ana.state, NOW, none), "it says so at once");
    const lacking: HybridSecrets = {
      inUse: (key) => (equalBytes(key, bo.self.agreement.public) ? undefined : of(ana).inUse(key)),
      known: () => [],
    };
    assert.ok(!isHybrid(ana.state, lacking), "one box of the next would not be");
    const someBut: HybridSecrets = {
      ...of(bo),
      inUse: (key) => (equalBytes(key, cy.self.agreement.public) ? undefined : of(bo).inUse(key)),
    };
    await follow(bo, someBut);
    assert.ok(!closed(), "one box of one member");
  });
});

describe("the words of an exchange", () => {
  it("are one pair's, one direction's, and one key's", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as unknown as Three;
    const random = seeded("words");
    const [key, other, cipher] = [random(1216), random(1216), random(1120)];
    const secret: HybridSecret = { id: random(8), secret: random(32) };
    const pair = pairOf(ana.self.agreement, bo.self.agreement.public)!;
    const [a, b] = [ana.self.agreement.public, bo.self.agreement.public];
    const elsewhere = pairOf(cy.self.agreement, b)!;
    const names = [
      wantedName(pair, a, key),
      wantedName(pair, a, other),
      wantedName(pair, a),
      wantedName(pair, b),
      wantedName(elsewhere, a),
      cipherName(pair, a, kemKeyId(key), cipher),
      cipherName(pair, b, kemKeyId(key), cipher),
      cipherName(pair, a, kemKeyId(other), cipher),
      cipherName(elsewhere, a, kemKeyId(key), cipher),
      gotName(secret, a),
      gotName(secret, b),
    ].map(hex);
    assert.equal(new Set(names).size, names.length);
  });

  it("of a third member change nothing between two", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as unknown as Three;
    const random = seeded("third");
    const pair = pairOf(ana.self.agreement, bo.self.agreement.public)!;
    const others = [cy, bo].map((one) => pairOf(cy.self.agreement, one.self.agreement.public)!);
    const secret = { id: random(8), secret: random(32) };
    for (const [own, other] of [
      [ana, bo],
      [bo, ana],
    ] as const) {
      const settled = { ...newExchange(other.self.agreement.public), secrets: [secret], use: true };
      const key = random(1216);
      const from = other.self.agreement.public;
      for (const wrong of others) {
        const cipher = random(1120);
        const frame = {
          kind: "kem",
          key,
          wanted: [wantedName(wrong, from, key), wantedName(wrong, from)],
          ciphers: [{ name: cipherName(wrong, from, kemKeyId(key), cipher), cipher }],
          got: [gotName({ ...secret, secret: random(32) }, from)],
        } as const;
        const after = heard(settled, frame, { pair, own: own.self.agreement.public, key });
        assert.equal(after.exchange, settled);
        assert.ok(!after.lacks);
      }
    }
  });
});

type Frame = Extract<Control, { kind: "kem" }>;

/** One device of a pair, with a messenger's habits and no messenger. */
class Side {
  readonly agreement: Uint8Array;
  readonly shows: boolean;
  readonly pair: NonNullable<ReturnType<typeof pairOf>>;
  exchange: Exchange;
  seed: Uint8Array;
  readonly #random: ReturnType<typeof seeded>;

  constructor(own: Person, other: Person) {
    this.#random = seeded(own.person);
    this.agreement = own.self.agreement.public;
    this.shows = showsKey(this.agreement, other.self.agreement.public);
    this.pair = pairOf(own.self.agreement, other.self.agreement.public)!;
    this.exchange = newExchange(other.self.agreement.public);
    this.seed = this.#random(32);
  }

  /** A slot: what is owed is done and said. */
  async slot(): Promise<readonly Frame[]> {
    const other = this.exchange.agreement;
    const got: Uint8Array[] = [];
    const ciphers: Frame["ciphers"][number][] = [];
    if (this.exchange.owed) {
      const key = this.exchange.owed;
      const both = (await simKem.encapsulate(key, this.#random(64)))!;
      const cipher = both.slice(0, KEM_CIPHER_BYTES);
      const to = { from: this.agreement, to: other, key: kemKeyId(key), cipher };
      this.exchange = answered(this.exchange, cipher, hybridSecret(both.subarray(KEM_CIPHER_BYTES), to));
    }
    const key = await simKem.publicKey(this.seed);
    if (this.exchange.cipher) {
      const { cipher } = this.exchange;
      const to = { from: other, to: this.agreement, key: kemKeyId(key), cipher };
      const secret = hybridSecret((await simKem.decapsulate(this.seed, cipher))!, to);
      this.exchange = opened(this.exchange, secret);
      got.push(gotName(secret, this.agreement));
    }
    const { answer } = this.exchange;
    if (answer && !answer.said) {
      ciphers.push({ name: cipherName(this.pair, this.agreement, answer.key, answer.cipher), cipher: answer.cipher });
      this.exchange = said(this.exchange);
    }
    const lacks = this.shows ? !this.exchange.use : this.exchange.lost;
    const wanted = lacks ? [wantedName(this.pair, this.agreement, ...(this.shows ? [key] : []))] : [];
    return [{ kind: "kem", ...(this.shows && lacks && { key }), wanted, ciphers, got }];
  }

  async hear(frame: Frame): Promise<void> {
    const key = await simKem.publicKey(this.seed);
    this.exchange = heard(this.exchange, frame, { pair: this.pair, own: this.agreement, key }).exchange;
  }

  restart(): void {
    this.exchange = exchangeShape.from(exchangeShape.to(this.exchange))!;
  }
  lose(): void {
    this.exchange = newExchange(this.exchange.agreement);
    this.seed = this.#random(32);
  }
}

describe("an exchange", () => {
  const names = (exchange: Exchange): readonly string[] => exchange.secrets.map(({ id }) => hex(id));

  it("ends with one secret in use on both sides, whatever is lost, doubled, late or forgotten on the way", async () => {
    const [ana, bo] = room(["Ana", "Bo"]) as unknown as [Person, Person];
    const event = fc.constantFrom("slot", "slot", "deliver", "deliver", "again", "drop", "restart", "lose");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(event, fc.nat(1), fc.nat(9)), { maxLength: 60 }), async (events) => {
        const sides = [new Side(ana, bo), new Side(bo, ana)] as const;
        const on: [Frame[], Frame[]] = [[], []];
        let forgot = false;
        for (const [what, who, which] of events) {
          const side = sides[who as 0 | 1];
          const mail = on[who as 0 | 1];
          const at = which % Math.max(1, mail.length);
          if (what === "slot") on[(1 - who) as 0 | 1].push(...(await side.slot()));
          else if (what === "restart") side.restart();
          else if (what === "drop") mail.splice(at, 1);
          else if (what === "lose") {
            side.lose();
            forgot = true;
          } else if (mail[at]) {
            await side.hear(mail[at]);
            if (what === "deliver") mail.splice(at, 1);
          }
          // Who seals by a secret knows that the other holds it, as long as nobody forgets.
          for (const [own, other] of [sides, sides.toReversed()] as const) {
            const used = inUse(own!.exchange);
            if (!forgot && used) assert.ok(names(other!.exchange).includes(hex(used.id)));
          }
        }
        // From here on everything arrives, and boxes are sealed by what is in use.
        for (let round = 0; round < 6; round++)
          for (const [from, to] of [sides, sides.toReversed()] as const) {
            for (const frame of await from!.slot()) await to!.hear(frame);
            const used = inUse(from!.exchange);
            if (used && !names(to!.exchange).includes(hex(used.id))) to!.exchange = missed(to!.exchange);
          }
        const [a, b] = sides.map(({ exchange }) => inUse(exchange));
        assert.ok(a && b && equalBytes(a.id, b.id) && equalBytes(a.secret, b.secret));
      }),
      { numRuns: 150, seed: 5 },
    );
  });
});
