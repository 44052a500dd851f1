/** Membership operations, SPEC.md §7: their bytes. Who may what is in `permission.ts`. */
import { refuse } from "./cbor.ts";
import { concat, H, label, verify } from "./crypto.ts";
import { CARD, prekey, readDevices } from "./identity.ts";
import {
  bool,
  bstr,
  bytes,
  hex,
  id,
  lasts,
  list,
  optional,
  struct,
  text,
  uint,
  unhex,
  union,
  word,
  type Of,
} from "./shapes.ts";
import { signed } from "./signed.ts";

type Bytes = Uint8Array;

const card = bstr(CARD);
export const role = word("admin", "member");
export const policy = struct({
  open: bool,
  direct: bool,
  invite: word("members", "admins"),
  guests: word("ask", "refuse"),
  lasts: optional(lasts),
});
const cut = list(struct({ chain: id(16), count: uint(128) }), 128);
const members = list(id(32), 16);
const invite = id(32);

export const body = union({
  create: { nonce: bytes(16), name: text(256), bucket: bytes(16), policy, card, prekey },
  invite: {
    key: bytes(32),
    card: optional(card),
    hail: optional(bytes(32)),
    role,
    uses: uint(10_000),
    expires: uint(2 ** 48),
    approval: bool,
    history: word("none", "pinned", "last", "all"),
    last: optional(uint(2000)),
  },
  join: { invite, card, prekey, proof: bytes(64) },
  admit: { invite, member: id(32), person: id(32) },
  remove: { person: id(32), members, invites: list(invite, 16), cut },
  leave: { cut },
  role: { member: id(32), role },
  revoke: { invite },
  rekey: {},
  policy: { policy },
  device: { member: id(32), card, prekey, proof: bytes(64) },
  motion: { line: id(32), to: word("out", "member", "admin") },
  unseat: { devices: bstr(2200), members, cut, proof: bytes(64) },
});
export type Body = Of<typeof body>;
export type Policy = Of<typeof policy>;
export type Role = Of<typeof role>;

export const operation = signed(
  "operation",
  struct({
    group: optional(id(32)),
    parents: list(id(32), 32),
    author: id(32),
    seq: uint(100_000),
    at: uint(2 ** 48),
    body,
  }),
  4096,
);

/** The cap of a whole operation in other structures. */
export const OPERATION = 4176;

/** One that is signed by its author. Of CREATE, the group is its own id. */
export interface Operation {
  readonly id: string;
  readonly bytes: Bytes;
  readonly group: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly seq: number;
  readonly at: number;
  readonly body: Body;
}

/** An operation's body of one kind. */
export type BodyOf<K extends Body["kind"]> = Extract<Body, { readonly kind: K }>;
/** An operation of one kind. */
export type OperationOf<K extends Body["kind"]> = K extends unknown ? Operation & { readonly body: BodyOf<K> } : never;

export const isKind = <const K extends Body["kind"]>(op: Operation, ...kinds: readonly K[]): op is OperationOf<K> =>
  (kinds as readonly string[]).includes(op.body.kind);

/** @throws Refused unless its author signed it, and its parents are in order. */
export const readOperation = (from: Bytes): Operation => {
  const read = operation.read(from);
  const { group, ...fields } = read.body;
  const own = hex(operationId(from));
  const creates = fields.body.kind === "create";
  const ascending = fields.parents.every((parent, i) => i === 0 || fields.parents[i - 1]! < parent);
  const rooted = creates ? group === null && fields.parents.length === 0 : group !== null && fields.parents.length > 0;
  if (!ascending || !rooted) refuse("an operation that is not in order");
  if (!read.by(unhex(fields.author))) refuse("an operation that its author did not sign");
  if (fields.body.kind === "unseat") {
    const { devices, proof } = fields.body;
    const { person } = readDevices(devices).body;
    const said = [unhex(group!), unhex(fields.author), H(devices), ...fields.parents.map(unhex)];
    if (!verify(unhex(person), proof, concat(label("unseat proof"), ...said))) refuse("not its person's word");
  }
  return { id: own, bytes: from, ...fields, group: group ?? own };
};

export const operationId = (whole: Bytes): Bytes => H(label("operation id"), whole);

export const viewId = (group: string, heads: readonly string[]): string =>
  hex(H(label("view"), unhex(group), ...heads.toSorted().map(unhex)));
