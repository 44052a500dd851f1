import assert from "node:assert/strict";
import { hex } from "../../src/protocol/codec.ts";
import { newSeat } from "../../src/protocol/group.ts";
import { HOUR, MAX_OP_BYTES, MAX_TIME } from "../../src/protocol/limits.ts";
import type { Op, OpBody, SignedOp } from "../../src/protocol/membership.ts";
import { groupOf, makeOp, opId, proveDevice, proveJoin, readOp } from "../../src/protocol/membership.ts";
import { admit } from "../../src/protocol/resolve.ts";
import { signingPair } from "../../src/protocol/signature.ts";
import type { MemberId, OpId } from "../../src/types.ts";
import { graphOf, inviteBody, meet, NOW, Person, publicOf, removal, room, seeded } from "./room.ts";

type Three = readonly [Person, Person, Person];
/** Ana is the admin; Bo and Cy are members. */
const three = (policy = {}): Three => room(["Ana", "Bo", "Cy"], policy) as unknown as Three;
const made = (by: Person, body: OpBody, rest: Partial<Omit<Op, "author">> = {}): SignedOp =>
  makeOp(
    {
      group: by.state.group,
      parents: by.view.heads,
      seq: by.ops.filter(({ op }) => op.author === by.member).length,
      at: NOW,
      body,
      ...rest,
    },
    by.state.seat.secret,
  );
/** What a fresh replica of everything `by` knows says to the operation. */
const verdict = (by: Person, op: SignedOp): string => admit(graphOf(by.ops), op);
const policy = { kind: "policy", policy: { open: true, direct: false, invite: "admins", guests: "ask" } } as const;

describe("an operation", () => {
  it("is named by its bytes; a group by its CREATE", () => {
    const [ana, bo] = three();
    for (const op of ana.ops) {
      assert.equal(op.id, opId(op.bytes));
      assert.equal(groupOf(op), ana.state.group);
      assert.equal(readOp(op.bytes)?.id, op.id);
    }
    assert.equal(ana.ops[0]?.id as string, ana.state.group);
    assert.notEqual(made(bo, { kind: "rekey" }).id, made(bo, { kind: "rekey" }, { at: NOW + 1 }).id);
  });

  it("has the form of its kind: group and parents in all but CREATE, parents ascending, card or hail", () => {
    const [ana] = three();
    const rekey = { kind: "rekey" } as const;
    assert.throws(() => made(ana, rekey, { parents: [] }), RangeError);
    const { group: _group, ...bare } = made(ana, rekey).op;
    assert.throws(() => makeOp(bare, ana.state.seat.secret), RangeError);
    const create = ana.ops[0]!.op;
    assert.throws(() => makeOp({ ...create, parents: ana.view.heads }, ana.state.seat.secret), RangeError);
    const [head] = ana.view.heads as [OpId];
    assert.throws(() => made(ana, rekey, { parents: [head, head] }), RangeError);
    const invite = inviteBody(ana.random(32), ana.random);
    assert.throws(() => made(ana, { ...invite, card: ana.card.bytes }), RangeError, "both");
    const { hail: _hail, ...neither } = invite;
    assert.throws(() => made(ana, neither), RangeError, "neither");
    assert.throws(() => made(ana, { ...neither, card: ana.random(200) }), RangeError, "no card");
  });

  it("has a bounded size", () => {
    const [ana] = three();
    const cut = (n: number) => Array.from({ length: n }, () => ({ chain: hex(ana.random(16)) as never, count: 128 }));
    assert.ok(made(ana, { kind: "leave", cut: cut(64) }).bytes.length < MAX_OP_BYTES);
    assert.throws(() => made(ana, { kind: "leave", cut: cut(1000) }), RangeError);
  });

  it("is of a time that every calendar has", () => {
    const [ana] = three();
    const invite = inviteBody(ana.random(32), ana.random);
    assert.ok(made(ana, { ...invite, expires: MAX_TIME }, { at: MAX_TIME }));
    assert.throws(() => made(ana, { kind: "rekey" }, { at: MAX_TIME + 1 }), RangeError);
    assert.throws(() => made(ana, { ...invite, expires: MAX_TIME + 1 }), RangeError);
  });

  it("counts its author's operations below it, and is refused otherwise", () => {
    const [ana, bo] = three();
    const seq = bo.ops.filter(({ op }) => op.author === bo.member).length;
    for (const wrong of [seq - 1, seq + 1])
      assert.equal(verdict(ana, made(bo, { kind: "rekey" }, { seq: wrong })), "refused");
    assert.equal(verdict(ana, made(bo, { kind: "rekey" }, { seq })), "ok");
  });

  it("waits for its parents and is known when it is there", () => {
    const [ana, bo] = three();
    const parent = made(bo, { kind: "rekey" });
    const op = made(bo, { kind: "rekey" }, { parents: [parent.id], seq: parent.op.seq + 1 });
    assert.equal(verdict(ana, op), "waiting");
    const dag = graphOf([...ana.ops, parent]);
    assert.equal(admit(dag, op), "ok");
    assert.equal(admit(dag, op), "known");
  });
});

describe("who may do what", () => {
  const cases: readonly (readonly [name: string, admin: boolean, member: boolean, body: (at: Three) => OpBody])[] = [
    ["invite a member", true, true, ([ana]) => inviteBody(ana.random(32), ana.random)],
    ["invite an admin", true, false, ([ana]) => ({ ...inviteBody(ana.random(32), ana.random), role: "admin" })],
    ["revoke an invite", true, true, ([ana]) => ({ kind: "revoke", invite: inviteOf(ana) })],
    ["revoke what is no invite", false, false, ([ana]) => ({ kind: "revoke", invite: ana.ops[0]!.id })],
    [
      "admit",
      true,
      true,
      ([ana, , cy]) => ({ kind: "admit", invite: inviteOf(ana), member: cy.member, person: cy.person }),
    ],
    ["remove", true, false, ([ana, , cy]) => removal(ana.view, cy.person)],
    [
      "remove a seat of somebody else",
      false,
      false,
      ([ana, bo, cy]) => ({ ...removal(ana.view, cy.person), person: bo.person }) as OpBody,
    ],
    [
      "remove nobody's seat",
      false,
      false,
      ([ana, , cy]) => ({
        kind: "remove",
        person: cy.person,
        members: [hex(ana.random(32)) as MemberId],
        invites: [],
        cut: [],
      }),
    ],
    [
      "withdraw what is no card's invite",
      false,
      false,
      ([ana, , cy]) => ({ kind: "remove", person: cy.person, members: [], invites: [inviteOf(ana)], cut: [] }),
    ],
    ["give a role", true, false, ([, , cy]) => ({ kind: "role", member: cy.member, role: "admin" })],
    [
      "give a stranger a role",
      false,
      false,
      ([ana]) => ({ kind: "role", member: hex(ana.random(32)) as MemberId, role: "admin" }),
    ],
    ["set the policy", true, false, () => policy],
    ["call for new keys", true, true, () => ({ kind: "rekey" })],
    ["leave", true, true, () => ({ kind: "leave", cut: [] })],
    ["create once more", false, false, ([ana]) => ana.ops[0]!.op.body],
  ];

  for (const [name, admin, member, body] of cases)
    it(`${name}: an admin ${admin ? "may" : "may not"}, a member ${member ? "may" : "may not"}, an outsider may not`, () => {
      const at = three();
      const [ana, bo] = at;
      const seat = newSeat(seeded("outsider"));
      const says = (by: Person, secret = by.state.seat.secret, seq?: number): string => {
        const author = { group: ana.state.group, parents: ana.view.heads, at: NOW, body: body(at) };
        const own = by.ops.filter(({ op }) => op.author === by.member).length;
        try {
          return verdict(ana, makeOp({ ...author, seq: seq ?? own }, secret));
        } catch {
          return "malformed";
        }
      };
      assert.equal(says(ana) === "ok", admin);
      assert.equal(says(bo) === "ok", member);
      assert.notEqual(says(ana, seat.secret, 0), "ok");
    });

  it("members may not invite where only admins may", () => {
    const [ana, bo] = three();
    ana.act({ ...policy, policy: { open: false, direct: false, invite: "admins", guests: "ask" } });
    bo.learn(ana.ops);
    assert.equal(bo.tryAct(inviteBody(bo.random(32), bo.random)), undefined);
    assert.ok(ana.tryAct(inviteBody(ana.random(32), ana.random)));
  });

  it("anybody acts for a group whose last admin left", () => {
    const [ana, bo, cy] = three();
    assert.equal(bo.tryAct(removal(bo.view, cy.person)), undefined);
    ana.act({ kind: "leave", cut: [] });
    bo.learn(ana.ops);
    assert.ok(bo.tryAct(removal(bo.view, cy.person)));
  });

  it("a direct group takes no third", () => {
    const [ana] = room(["Ana"], { direct: true }) as readonly [Person];
    // The founding invite of the room is open: one in, one invited.
    assert.equal(ana.tryAct(inviteBody(ana.random(32), ana.random)), undefined);
  });

  it("whoever left or was removed does nothing more", () => {
    const [ana, bo, cy] = three();
    cy.act({ kind: "leave", cut: [] });
    ana.remove(bo);
    meet(ana, bo, cy);
    for (const gone of [bo, cy]) assert.equal(gone.tryAct({ kind: "rekey" }), undefined);
  });
});

describe("joining", () => {
  const joined = (
    options: Parameters<Person["invite"]>[0],
    change: (body: Extract<OpBody, { kind: "join" }>, eve: Person) => Partial<OpBody> = () => ({}),
  ): boolean => {
    const [ana] = three();
    const invite = ana.invite(options);
    const eve = new Person("Eve");
    const seat = newSeat(eve.random);
    eve.state = { ...ana.state, seat, dag: graphOf(ana.ops) };
    const body = eve.joinBody(invite, seat) as Extract<OpBody, { kind: "join" }>;
    return eve.tryAct({ ...body, ...change(body, eve) } as OpBody) !== undefined;
  };

  it("takes an open invite and a proof by its key over group, author and person", () => {
    assert.ok(joined({}));
    const other = new Person("Other");
    assert.ok(!joined({}, () => ({ card: other.card.bytes })), "another person's card");
    assert.ok(
      !joined(
        {},
        (_body, eve) => ({ proof: proveJoin(seeded("k")(32), eve.state.group, eve.member, eve.person) }) as never,
      ),
      "another key",
    );
    assert.ok(!joined({}, () => ({ proof: seeded("p")(64) })));
    assert.ok(!joined({}, (body) => ({ invite: hex(seeded("i")(32)) as OpId, proof: body.proof })));
  });

  it("ends with the invite's hour and uses", () => {
    assert.ok(joined({ expires: NOW }));
    assert.ok(!joined({ expires: NOW - 1 }));
    assert.ok(!joined({ uses: 0 }));
    const [ana] = three();
    const invite = ana.invite({ uses: 1 });
    const eve = new Person("Eve");
    ana.learn([eve.join(invite, ana.ops)]);
    assert.throws(() => new Person("Fay").join(invite, ana.ops), /not permitted/);
    assert.ok(!ana.view.invites.has(invite.id));
  });

  it("waits for an admission of exactly this key and person, where approval is asked", () => {
    const [ana, bo] = three();
    const invite = ana.invite({ approval: true });
    const eve = new Person("Eve");
    const seat = newSeat(eve.random);
    assert.throws(() => eve.join(invite, ana.ops, seat), /not permitted/);
    ana.act({ kind: "admit", invite: invite.id, member: seat.member, person: bo.person });
    assert.throws(() => eve.join(invite, ana.ops, seat), /not permitted/);
    ana.act({ kind: "admit", invite: invite.id, member: newSeat(ana.random).member, person: eve.person });
    assert.throws(() => eve.join(invite, ana.ops, seat), /not permitted/);
    ana.act({ kind: "admit", invite: invite.id, member: seat.member, person: eve.person });
    assert.ok(eve.join(invite, ana.ops, seat));
  });

  it("by card is for that card's person alone, and takes the secret", () => {
    const [ana] = three();
    const secret = ana.random(32);
    const [eve, fay] = [new Person("Eve"), new Person("Fay")];
    const { hail: _hail, ...body } = inviteBody(secret, ana.random);
    const { id } = ana.act({ ...body, card: eve.card.bytes });
    assert.throws(() => fay.join({ id, secret }, ana.ops), /not permitted/);
    assert.throws(() => eve.join({ id, secret: ana.random(32) }, ana.ops), /not permitted/);
    assert.ok(eve.join({ id, secret }, ana.ops));
  });

  it("is over when the invite is revoked", () => {
    const [ana, bo] = three();
    const invite = ana.invite();
    bo.learn(ana.ops);
    bo.act({ kind: "revoke", invite: invite.id });
    assert.throws(() => new Person("Eve").join(invite, bo.ops), /not permitted/);
  });

  it("of a second device takes the person's member and the new key's consent", () => {
    const [ana, bo] = three();
    const seat = newSeat(bo.random);
    const body = (by: Person, proof: Uint8Array): OpBody => ({
      kind: "device",
      member: seat.member,
      card: by.card.bytes,
      prekey: publicOf(seat),
      proof,
    });
    const good = proveDevice(seat.secret, ana.state.group, bo.member);
    assert.equal(bo.tryAct(body(ana, good)), undefined, "another person's card");
    assert.equal(bo.tryAct(body(bo, proveDevice(ana.random(32), ana.state.group, bo.member))), undefined);
    assert.equal(ana.tryAct(body(ana, good)), undefined, "consent to somebody else");
    assert.ok(bo.tryAct(body(bo, good)));
    assert.equal(bo.view.members.get(seat.member)?.role, "member");
    assert.equal(bo.tryAct(body(bo, good)), undefined, "twice");
  });

  it("by a key that verifies everything is no invite", () => {
    const [ana] = three();
    const eve = new Person("Eve");
    const small = new Uint8Array(32);
    small[0] = 1;
    const { id } = ana.act({ ...inviteBody(ana.random(32), ana.random), key: small, expires: NOW + HOUR });
    assert.throws(() => eve.join({ id, secret: ana.random(32) }, ana.ops), /not permitted/);
    assert.ok(signingPair(ana.random(32)).public.length === 32);
  });
});

const inviteOf = (ana: Person): OpId => [...ana.view.invites.keys()][0] as OpId;
