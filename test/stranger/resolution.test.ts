/** Sets of operations as a stranger resolves them. */
import assert from "node:assert/strict";
import deviceVectors from "../vectors/device.json" with { type: "json" };
import groupVectors from "../vectors/group.json" with { type: "json" };
import resolutionVectors from "../vectors/resolution.json" with { type: "json" };
import { History } from "./history.ts";
import { operation, operationId, readOperation } from "./operations.ts";
import { hex, unhex } from "./shapes.ts";
import { isOpen, type View } from "./view.ts";

const members = (view: View) => [...view.seats.keys()].toSorted();

describe("a stranger's resolution", () => {
  it("group.json: operations, their views, and a removal", () => {
    const { operations, views, removal, group, seats } = groupVectors;
    const history = new History();
    for (const [i, { id, bytes }] of operations.entries()) {
      const read = readOperation(unhex(bytes));
      assert.equal(read.id, id);
      const author = seats.find(({ member }) => member === read.author)!;
      assert.equal(hex(operation.write(operation.read(read.bytes).body, unhex(author.secret))), bytes);
      assert.equal(history.add(read), "admitted");
      const { view, id: viewId } = history.now;
      const expected = views[i] ?? {
        view: removal.view,
        members: [views[0]!.members[0]!, seats[1]!.member].toSorted(),
      };
      assert.deepEqual({ view: viewId, members: members(view) }, expected, read.body.kind);
      assert.equal(read.group, group);
    }
    assert.equal(hex(operationId(unhex(operations.at(-1)!.bytes))), removal.id);
  });

  it("device.json: another device of a person, and its revocation", () => {
    const history = new History();
    const views = deviceVectors.operations.map(({ id, bytes }) => {
      assert.equal(history.add(readOperation(unhex(bytes))), "admitted");
      assert.deepEqual(history.now.heads, [id]);
      return history.now;
    });
    assert.deepEqual(
      views.slice(-2).map(({ id }) => id),
      deviceVectors.views,
    );
    assert.deepEqual(
      views.map(({ view }) => view.seats.size),
      [1, 1, 2, 3, 2],
    );
  });

  for (const { name, operations, view, heads, members: seats, invites, motions, gone } of resolutionVectors) {
    it(`resolution.json: ${name}`, () => {
      for (const all of [operations, operations.toReversed()]) {
        const history = new History(all.map(({ bytes }) => unhex(bytes)));
        const { now } = history;
        for (const { id, verdict, kind } of operations) {
          assert.equal(history.verdict(id), verdict, `${kind} ${id}`);
        }
        const got = [...now.view.seats.values()].map(({ member, person, role }) => ({ member, person, role }));
        assert.deepEqual(
          got.toSorted((a, b) => (a.member < b.member ? -1 : 1)),
          seats.map(({ member, person, role }) => ({ member, person, role })),
        );
        const open = [...now.view.invites].filter(([, invite]) => isOpen(invite));
        const left = open.map(
          ([
            id,
            {
              operation: { body },
              taken,
            },
          ]) => ({ invite: id, left: body.uses - taken.size }),
        );
        assert.deepEqual(
          left.toSorted((a, b) => (a.invite < b.invite ? -1 : 1)),
          invites,
        );
        assert.deepEqual([now.heads, now.id], [heads, view]);
        assert.equal(now.view.motions.length, motions.length);
        const went = [...now.view.gone].map(([member, { cut, ...rest }]) => ({
          member,
          ...rest,
          cut: Object.fromEntries(cut),
        }));
        assert.deepEqual(
          went.toSorted((a, b) => (a.member < b.member ? -1 : 1)),
          gone,
        );
      }
    });
  }
});
