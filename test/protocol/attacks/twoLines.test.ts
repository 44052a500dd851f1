/** Row 12 of the attacks, by an admin who came in twice: a seat that joined with the same card is a line of its own. */
import assert from "node:assert/strict";
import { fromOps, newSeat } from "../../../src/protocol/group.ts";
import type { View } from "../../../src/protocol/resolve.ts";
import { admit, resolve } from "../../../src/protocol/resolve.ts";
import type { OpId } from "../../../src/types.ts";
import { forge, names, settled, union } from "../replicas.ts";
import { graphOf, meet, type Person, raise, removal, room } from "../room.ts";
import { another, unseat } from "../siblings.ts";

interface Stage {
  readonly ana: Person;
  readonly bo: Person;
  /** Another device of Bo's, an admin, which came in by a code. */
  readonly twin: Person;
  readonly cy: Person;
  /** What everybody knew when Ana and Bo were the only admins. */
  readonly early: readonly OpId[];
}
/** Bo founds the group and seats his twin; he makes Ana an admin, and both of them make Cy one. The twin says nothing. */
const stage = (role: "admin" | "member"): Stage => {
  const [bo, ana, cy] = room(["Bo", "Ana", "Cy"]) as unknown as readonly [Person, Person, Person];
  const twin = another(bo, "Bo's twin");
  const invite = bo.invite({ role });
  const place = newSeat(twin.random);
  twin.state = fromOps(graphOf(bo.ops), place)!;
  twin.act(twin.joinBody(invite, place));
  meet(bo, twin);
  raise(bo, ana);
  meet(ana, bo, cy, twin);
  const early = ana.view.heads;
  bo.act({ kind: "motion", line: cy.line, to: "admin" });
  ana.learn(bo.ops);
  ana.act({ kind: "role", member: cy.member, role: "admin" });
  meet(ana, bo, cy, twin);
  return { ana, bo, twin, cy, early };
};
const admins = (view: View): string =>
  names({ members: new Map([...view.members].filter(([, { role }]) => role === "admin")) });
const earlyView = ({ ana, early }: Stage): View => resolve(ana.state.dag, early) as View;

describe("attack 12: backdated op by an admin who came in twice", () => {
  it("cannot remove an admin alone by the seat that has said nothing", () => {
    const all = stage("admin");
    const { ana, bo, cy, twin, early } = all;
    const late = forge(twin, removal(earlyView(all), ana.person), early);
    assert.equal(admit(graphOf(twin.ops), late), "ok");
    assert.equal(admins(settled([...union(ana, bo, cy, twin), late])), "Ana Bo Bo's twin Cy");
    const both = forge(bo, removal(earlyView(all), ana.person), early);
    assert.equal(admins(settled([...union(ana, bo, cy, twin), late, both])), "Ana Bo Bo's twin Cy");
  });

  it("goes with both seats once another is for it about both, and with none by a word about one", () => {
    for (const second of [0, 1]) {
      const { ana, bo, twin, cy } = stage("admin");
      const lines = [bo.line, twin.line];
      ana.act({ kind: "motion", line: lines[1 - second]!, to: "out" });
      cy.learn(ana.ops);
      assert.equal(cy.tryAct(removal(cy.view, bo.person)), undefined);
      ana.act({ kind: "motion", line: lines[second]!, to: "out" });
      cy.learn(ana.ops);
      assert.ok(cy.tryAct(removal(cy.view, bo.person)));
      assert.equal(names(settled(union(ana, bo, twin, cy))), "Ana Cy");
    }
  });

  it("cannot silence its own word by revoking the device that gave it", () => {
    const all = stage("member");
    const { ana, bo, cy, twin, early } = all;
    const down = forge(bo, { kind: "role", member: ana.member, role: "member" }, early);
    twin.learn([down]);
    const revoke = forge(twin, unseat(bo, [bo]), [down.id]);
    const known = [...union(ana, bo, cy, twin), down, revoke];
    assert.ok(graphOf(known).has(revoke.id));
    assert.equal(admins(settled(known)), "Ana Cy", "also Cy, whom the revoked device had seconded");
  });
});
