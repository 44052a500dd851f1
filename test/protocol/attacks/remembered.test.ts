/** Row 11 of the attacks, by what a replica remembers: a verdict is asked for again when more has come that bears on it. */
import assert from "node:assert/strict";
import { newSeat } from "../../../src/protocol/group.ts";
import { admit, resolve } from "../../../src/protocol/resolve.ts";
import type { View } from "../../../src/protocol/resolve.ts";
import { anew, essence, forge, names, union } from "../replicas.ts";
import { graphOf, meet, Person, raise, removal, room } from "../room.ts";

describe("attack 11: a replica that made its view before the last operation came", () => {
  it("has the same view as one that got all at once, where that one says that a newcomer was known", () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as unknown as readonly [Person, Person, Person];
    raise(ana, bo);
    const code = ana.invite({ approval: true });
    meet(ana, bo, cy);
    const early = ana.view.heads;
    const out = forge(ana, removal(ana.view, bo.person), early);
    // Zoe comes in by Bo's word, which is void; she takes back an invite that Wu comes in by beside that.
    const [zoe, wu] = [new Person("Zoe"), new Person("Wu")];
    const place = newSeat(zoe.random);
    bo.act({ kind: "admit", invite: code.id, member: place.member, person: zoe.person });
    const join = zoe.join(code, bo.ops, place);
    const second = zoe.invite();
    const before = [...zoe.ops];
    zoe.act({ kind: "revoke", invite: second.id });
    wu.join(second, before);
    const known = [...union(ana, bo, cy, zoe, wu), out];
    cy.learn(union(zoe));
    ana.learn(before);
    const word = forge(ana, { kind: "rekey" }, [join.id]);
    const dag = graphOf(known);
    assert.equal(names(resolve(dag) as View), "Ana Cy");
    assert.equal(admit(dag, word), "ok");
    const late = resolve(dag) as View;
    assert.equal(names(late), "Ana Cy Zoe");
    assert.deepEqual(essence(late), essence(anew([...known, word])));
  });
});
