/**
 * Operations of every kind on any parents, in a handful of keys that come in over and over: as few honest programs sign
 * them as can be. Nothing is signed, so that thousands of them cost seconds: what is decided here follows after that.
 */
import fc from "fast-check";
import { Dag } from "../../src/protocol/dag.ts";
import type { DeviceList } from "../../src/protocol/devices.ts";
import type { Card } from "../../src/protocol/identity.ts";
import { HOUR } from "../../src/protocol/limits.ts";
import type { OpBody, SignedOp } from "../../src/protocol/membership.ts";
import type { Admitted, View } from "../../src/protocol/resolve.ts";
import { admit, resolve } from "../../src/protocol/resolve.ts";
import type { ChainId, DeviceId, MemberId, PersonId } from "../../src/types.ts";
import type { Bare } from "./bareGraph.ts";
import { BareGraph, KEY, named, none, pick, POLICY, PREKEY } from "./bareGraph.ts";
import { NOW } from "./room.ts";

/** One operation: numbers are taken modulo whatever there is. */
export interface BareKnot {
  readonly verb: number;
  readonly who: number;
  readonly whom: number;
  readonly n: number;
  /** How far back in what there is; on all heads where it is empty. */
  readonly parents: readonly number[];
}
const nat = fc.nat(0xffff);
export const bareKnots = (maxLength: number): fc.Arbitrary<readonly BareKnot[]> =>
  fc.array(fc.record({ verb: nat, who: nat, whom: nat, n: nat, parents: fc.array(nat, { maxLength: 2 }) }), {
    minLength: 8,
    maxLength,
    size: "max",
  });

const PEOPLE = Array.from({ length: 4 }, (_, n) => named<PersonId>(1, n));
const KEYS = Array.from({ length: 6 }, (_, n) => named<MemberId>(2, n));
const CARDS = PEOPLE.flatMap((person, n) =>
  [0, 1].map((which) => ({ person, device: named<DeviceId>(3 + which, n), guest: n === 3, bytes: none }) as Card),
);

export class BareTangle extends BareGraph {
  /** `ids`: random, for ties are broken by them. */
  constructor(ids: readonly string[]) {
    super((n) => ids[n] as string, { by: KEYS[0] as MemberId, card: CARDS[0] as Card });
  }

  /** Whether what that knot says was admitted. */
  ties(knot: BareKnot): boolean {
    const { dag, ops } = this;
    const parents = this.parentsOf(knot.parents.map((n) => n % ops.length));
    const bare = bareOf(resolve(dag, parents) as View, knot);
    return bare !== undefined && this.sign(bare, { parents, at: NOW + (knot.n % 150) * HOUR }) !== undefined;
  }
}

const bareOf = (view: View, { verb, who, whom, n }: BareKnot): Bare | undefined => {
  const seats = [...view.members.values()];
  const own = pick(seats, who);
  const other = pick(seats, whom);
  const invites = [...view.invites.values()];
  const way = pick(invites, n);
  if (!own || !other) return undefined;
  const { member: by, person } = own;
  const cut = [{ chain: named<ChainId>(5, n % 9).slice(32) as ChainId, count: n % 7 }];
  const beside = (body: OpBody): Bare => ({ by, body });
  switch (verb % 17) {
    case 0:
    case 1: {
      const card = n % 4 === 0 ? pick(CARDS, whom) : undefined;
      const rest = {
        key: KEY,
        role: n % 3 ? "member" : "admin",
        uses: 1 + (n % 2),
        expires: NOW + 1000 * HOUR,
      } as const;
      const body = {
        kind: "invite",
        ...rest,
        approval: n % 5 === 0,
        history: "none",
        ...(!card && { hail: KEY }),
      } as const;
      return { ...beside(body), ...(card && { card }) };
    }
    case 2:
    case 3:
    case 4:
    case 5: {
      const card = way?.card ?? (pick(CARDS, whom) as Card);
      const joining = pick(KEYS, who) as MemberId;
      if (!way) return undefined;
      const body = { kind: "join", invite: way.invite, card: none, prekey: PREKEY, proof: none } as const;
      return { by: joining, body, card, proof: { key: way.key, good: true } };
    }
    case 6:
      return (
        way &&
        beside({
          kind: "admit",
          invite: way.invite,
          member: pick(KEYS, whom) as MemberId,
          person: pick(PEOPLE, n) as PersonId,
        })
      );
    case 7:
    case 8: {
      const all = seats.filter((one) => one.person === other.person);
      const members = (n % 4 ? all : all.slice(1)).map(({ member }) => member).sort();
      const open = invites.filter(({ card }) => card?.person === other.person).map(({ invite }) => invite);
      return beside({ kind: "remove", person: other.person, members, invites: open, cut });
    }
    case 9:
      return n % 4 ? beside({ kind: "rekey" }) : beside({ kind: "leave", cut });
    case 10:
    case 11:
      return beside({ kind: "role", member: other.member, role: n % 4 ? "admin" : "member" });
    case 12:
      return way && beside({ kind: "revoke", invite: way.invite });
    case 13:
      return beside({ kind: "motion", line: other.line, to: (["out", "member", "admin"] as const)[n % 3]! });
    case 14: {
      const card = pick(
        CARDS.filter((one) => one.person === person),
        n,
      ) as Card;
      const body = {
        kind: "device",
        member: pick(KEYS, whom) as MemberId,
        card: none,
        prekey: PREKEY,
        proof: none,
      } as const;
      return { ...beside(body), card, proof: { good: true } };
    }
    case 15: {
      const [invite, guests] = [n % 2 ? "members" : "admins", n % 3 ? "ask" : "refuse"] as const;
      return beside({ kind: "policy", policy: { ...POLICY, invite, guests } });
    }
    default: {
      const mine = [...seats, ...view.gone.values()].filter((one) => one.person === person);
      const lost = pick(mine, n)?.card.device as DeviceId;
      const members = mine
        .filter(({ card }) => card.device === lost)
        .map(({ member }) => member)
        .sort();
      const devices = { person, revoked: [lost] } as unknown as DeviceList;
      return { ...beside({ kind: "unseat", devices: none, members, cut, proof: none }), devices };
    }
  }
};

/** The same operations, by another replica to whom they come in another order. */
export const arriving = (
  ops: readonly SignedOp[],
  order: readonly number[],
): { readonly dag: Dag; readonly verdicts: readonly Admitted[] } => {
  const dag = new Dag();
  const verdicts: Admitted[] = [];
  let left = [...ops];
  for (let at = 0; left.length > 0; at++) {
    const ready = left.filter(({ op }) => op.parents.every((parent) => dag.has(parent)));
    const next = pick(ready, order[at % order.length] as number) as SignedOp;
    verdicts.push(admit(dag, next));
    left = left.filter((one) => one !== next);
  }
  return { dag, verdicts };
};
