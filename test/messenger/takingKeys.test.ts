/** Keys that a member hands on unasked: nothing is worked out for them. */
import assert from "node:assert/strict";
import { noMarks } from "../../src/messenger/parts.ts";
import type { Session } from "../../src/messenger/session.ts";
import type { Step } from "../../src/messenger/step.ts";
import { takeKeys } from "../../src/messenger/takingKeys.ts";
import { wantsOf } from "../../src/messenger/wants.ts";
import { openWhole } from "../../src/protocol/distribution.ts";
import { FOLD_UNITS } from "../../src/protocol/limits.ts";
import type { OpId } from "../../src/types.ts";
import { meet, talkingRoom, type Person } from "../protocol/room.ts";

describe("keys that nobody asked for", () => {
  it("spend nothing of what their sender may have made, so that nobody can spend it for them", async () => {
    const [ana, bo, cy] = (await talkingRoom(["Ana", "Bo", "Cy"])) as readonly [Person, Person, Person];
    const { group } = bo.state;
    const { chain } = ana;
    const head = openWhole(ana.distribution)!.head;
    // The group went on: what Ana's chain was begun for is not at hand any more.
    cy.act({ kind: "rekey" });
    meet(ana, bo, cy);
    const { dag } = bo.state;
    const session = { wants: new Map() } as unknown as Session;
    const step = {
      session,
      after: () => undefined,
      get now() {
        return bo.now;
      },
      held: () => ({ state: bo.state, marks: noMarks }),
      hold: () => undefined,
      place: async () => undefined,
    } as unknown as Step;
    const keys = { kind: "keys", chains: Array.from({ length: 40 }, () => ({ head, keys: [] })) } as const;
    const take = async (): Promise<ReadonlySet<string>> => {
      dag.views.clear();
      await takeKeys(step, group, cy.member, keys);
      return new Set(dag.views.keys());
    };
    assert.equal((await take()).size, 0);
    assert.ok(dag.folds.spend(ana.member, FOLD_UNITS, bo.now), "all of it is hers still");
    // Asked for, it is looked at.
    wantsOf(session, group).lacks(chain, bo.now);
    bo.now += 60_000;
    const heads = (openWhole(ana.distribution)!.body.heads as readonly OpId[]).join();
    assert.deepEqual([...(await take())], [heads]);
  });
});
