import assert from "node:assert/strict";
import fc from "fast-check";
import { type InviteCode, readCode, writeCode } from "../../src/messenger/inviteCode.ts";
import type { SealedAt } from "../../src/messenger/lines.ts";
import { acknowledged, counts, type Line } from "../../src/messenger/lines.ts";
import { People } from "../../src/messenger/people.ts";
import { showPresence } from "../../src/messenger/presenceFrame.ts";
import { type Place, TagBook } from "../../src/messenger/tagBook.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { Wants } from "../../src/messenger/wants.ts";
import { hex } from "../../src/protocol/codec.ts";
import { makeCard } from "../../src/protocol/identity.ts";
import { HOUR, MAX_TIME, RETAIN } from "../../src/protocol/limits.ts";
import type { ChainId, GroupId, MemberId, OpId, PersonId, Tag } from "../../src/types.ts";
import { NOW, Person, room, seeded } from "../protocol/room.ts";

const random = seeded("messenger");
const id = <T extends string>(length: number): T => hex(random(length)) as T;

describe("an invite code", () => {
  const code: InviteCode = {
    secret: random(16),
    group: id<GroupId>(32),
    expires: NOW,
    venue: "Palais, salle XX",
    buckets: 8,
    addresses: ["/ip4/192.168.1.7/tcp/9000", "/dns4/couloir.local/tcp/9000"],
  };
  const written = writeCode(code);

  it("comes back from what people make of it: spaces around it, or a page's address before it", () => {
    for (const text of [written, `  ${written}\n`, `http://192.168.1.7:9000/#${written}`, `https://x/#a#${written}`])
      assert.deepEqual(readCode(text), code);
    assert.deepEqual(readCode(written.slice("couloir:".length)), code);
  });

  it("is refused when a character is missing, changed or added", () => {
    const body = written.slice("couloir:".length);
    const refused = (text: string): void => assert.throws(() => readCode(text), { code: "invite-garbled" });
    for (let at = 0; at < body.length; at++) {
      refused(body.slice(0, at) + body.slice(at + 1));
      refused(body.slice(0, at) + (body[at] === "A" ? "B" : "A") + body.slice(at + 1));
    }
    for (const text of ["", "couloir:", "#", `${written}A`, `${written}=`, written.toUpperCase(), "x".repeat(5000)])
      refused(text);
  });

  it("is refused when no calendar has the day on which it ends", () => {
    const until = (expires: number): string => writeCode({ ...code, expires });
    assert.equal(readCode(until(MAX_TIME)).expires, MAX_TIME);
    assert.throws(() => readCode(until(MAX_TIME + 1)), { code: "invite-garbled" });
  });
});

describe("the tag book", () => {
  const place = (key: number): Place => ({ kind: "pointed", group: id<GroupId>(32), key: Uint8Array.of(key) });
  const tag = (n: number): Tag => n.toString(16).padStart(32, "0") as Tag;

  it("leads a tag that several claim to each of them, and loses nobody's when one lets go", () => {
    const book = new TagBook();
    const [own, copied] = [place(1), place(2)];
    assert.deepEqual(book.set("chain", [[tag(1), own]]), [tag(1)]);
    // Whoever points at somebody else's tag neither takes it over…
    book.set("pointers", [[tag(1), copied]]);
    assert.deepEqual(book.get(tag(1)), [own, copied]);
    // …nor takes it away.
    book.set("pointers", []);
    assert.deepEqual(book.get(tag(1)), [own]);
    assert.ok(!book.has("pointers") && book.has("chain"));
  });

  it("replaces a part as a whole, tells what is new in it, and forgets by prefix", () => {
    const book = new TagBook();
    const one = place(1);
    assert.deepEqual(
      book.set("g/a", [
        [tag(1), one],
        [tag(2), one],
      ]),
      [tag(1), tag(2)],
    );
    assert.deepEqual(
      book.set("g/a", [
        [tag(2), one],
        [tag(3), one],
      ]),
      [tag(3)],
    );
    assert.deepEqual(book.get(tag(1)), []);
    book.set("h/a", [[tag(4), one]]);
    book.drop("g/");
    assert.deepEqual(
      [1, 2, 3, 4].map((n) => book.get(tag(n)).length),
      [0, 0, 0, 1],
    );
  });
});

describe("what is wanted", () => {
  it("is asked for less and less often until something changes", () => {
    const wants = new Wants();
    const asked = (slots: number): number => Array.from({ length: slots }, () => wants.turn()).filter(Boolean).length;
    assert.equal(asked(1), 1);
    assert.ok(asked(63) <= 6);
    assert.ok(asked(650) <= 11);
    wants.hurry();
    assert.equal(asked(1), 1);
  });

  it("cannot be filled with what does not exist", () => {
    const wants = new Wants();
    for (let i = 0; i < 500; i++) wants.lacks(id<ChainId>(16), 0, id<MemberId>(32));
    wants.hear(Array.from({ length: 500 }, () => id<OpId>(32)));
    const [chain, head] = [id<ChainId>(16), id<OpId>(32)];
    wants.lacks(chain, 0, id<MemberId>(32));
    wants.hear([head]);
    const chains = wants.chains(0);
    assert.ok(chains.includes(chain) && chains.length <= 32);
    assert.ok(wants.unknown(() => false).includes(head));
  });

  it("is given up in the end: operations after some times, a chain when nobody can seal it anew", () => {
    const wants = new Wants();
    const [chain, head] = [id<ChainId>(16), id<OpId>(32)];
    const named = id<ChainId>(16);
    wants.lacks(chain, 1000, id<MemberId>(32));
    wants.lacks(named, 1000);
    wants.hear([head]);
    assert.deepEqual(wants.chains(1000), [chain, named]);
    for (let slot = 0; slot < 5000; slot++) wants.turn();
    assert.deepEqual(
      wants.unknown(() => false),
      [],
    );
    assert.deepEqual(wants.chains(1000 + RETAIN - 1), [chain], "what was only named is asked for no longer");
    wants.hear([head]);
    assert.deepEqual(
      wants.unknown(() => false),
      [head],
      "until it is named again",
    );
    wants.lacks(named, 2000);
    assert.deepEqual(wants.chains(2000), [chain, named], "until it is named again");
    assert.deepEqual([...wants.lacking.keys()], [chain, named]);
    assert.deepEqual(wants.chains(2000 + RETAIN), []);
    const other = id<ChainId>(16);
    wants.lacks(other, 0, id<MemberId>(32));
    assert.ok(wants.isLacking(other));
    wants.has(other);
    assert.ok(!wants.isLacking(other));
  });
});

describe("a line of history", () => {
  const [ana, bo] = room(["Ana", "Bo"]) as unknown as readonly [Person, Person];
  const chain = id<ChainId>(16);
  const line = (index: number, time = NOW, of: ChainId = chain, author: MemberId = bo.member) => ({
    author,
    chain: of,
    index,
    time,
    again: [] as SealedAt[],
  });

  it("of who is gone counts up to the cut, and from long before", () => {
    assert.ok(counts(ana.view, line(0)));
    const before = ana.state;
    ana.remove(bo, [{ chain, count: 3 }]);
    const { view } = ana;
    ana.state = before;
    assert.ok(counts(view, line(2)));
    assert.ok(!counts(view, line(3)));
    assert.ok(!counts(view, line(0, NOW, id<ChainId>(16))));
    assert.ok(counts(view, line(0, NOW - RETAIN - 1, id<ChainId>(16))));
    assert.ok(counts(view, { ...line(3), again: [{ chain, index: 2, heads: [] }] }), "sealed again within the cut");
    assert.ok(!counts(view, line(9, NOW - RETAIN - 1)), "in a chain of the cut only the cut decides");
    assert.ok(!counts(view, line(0, NOW, chain, id<MemberId>(32))), "who was never in");
  });

  it("is reached and read once by each addressee, and by nobody else", () => {
    const [one, two] = [id<PersonId>(32), id<PersonId>(32)];
    const fresh = { audience: [one], reached: [], read: [] } as unknown as Line;
    const reached = acknowledged(fresh, one, false)!;
    assert.deepEqual([reached.reached, reached.read], [[one], []]);
    assert.equal(acknowledged(reached, one, false), undefined);
    const read = acknowledged(reached, one, true)!;
    assert.deepEqual([read.reached, read.read], [[one], [one]]);
    assert.equal(acknowledged(fresh, two, true), undefined);
  });
});

const MINUTE = 60_000;

describe("presence", () => {
  const venue = makeVenue("couloir");
  const shown = (who: Person, at: number, options: { name?: string; in?: typeof venue } = {}): Uint8Array => {
    const card = makeCard(who.self, { name: options.name ?? who.card.name, flag: "", delegation: "" }, at);
    return showPresence(who.self, card, { listings: [], next: MINUTE, venue: options.in ?? venue, now: at, random });
  };

  it("is believed once, never again from an old frame, and only in its venue", async () => {
    let now = NOW;
    const people = new People(() => now);
    const ana = new Person("Ana");
    const frame = shown(ana, NOW);
    assert.equal((await people.hear(frame, venue))?.person, ana.person);
    assert.equal(people.view(ana.person)?.online, true);
    assert.equal(await people.hear(frame, venue), undefined, "played again");
    assert.equal(await people.hear(shown(ana, NOW - 1), venue), undefined, "older");
    assert.equal(await people.hear(shown(ana, NOW + MINUTE, { in: makeVenue("elsewhere") }), venue), undefined);
    now += HOUR;
    assert.equal(people.view(ana.person)?.online, false);
    assert.ok(await people.hear(shown(ana, NOW + MINUTE, { name: "Ana M." }), venue));
    assert.equal(people.view(ana.person)?.name, "Ana M.");
  });

  it("does not open with a bit changed, nor under another's card", async () => {
    const people = new People(() => NOW);
    const [ana, bo] = [new Person("Ana"), new Person("Bo")];
    const frame = shown(ana, NOW);
    for (let at = 0; at < frame.length; at += 11) {
      const flipped = frame.slice();
      flipped[at] = (flipped[at] as number) ^ 1;
      assert.equal(await people.hear(flipped, venue), undefined, `byte ${at}`);
    }
    const stolen = showPresence(bo.self, ana.card, { listings: [], next: MINUTE, venue, now: NOW, random });
    assert.equal(await people.hear(stolen, venue), undefined);
  });

  it("and buckets have other topics in every venue, and one group always the same", () => {
    const topics = ["couloir", "Couloir", "salle XX"].flatMap((name) => {
      const { presence, buckets } = makeVenue(name, 8);
      return [presence, ...buckets];
    });
    assert.equal(new Set(topics).size, 27);
    const secrets = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(secrets, (secret) => {
        const one = makeVenue("couloir", 8);
        assert.ok(one.buckets.includes(one.bucketOf(secret)));
        assert.equal(one.bucketOf(secret), one.bucketOf(secret.slice()));
      }),
      { numRuns: 50, seed: 14 },
    );
  });
});
