/**
 * Equivocation: noticed, told to the group with its proof, and shown. Nobody is put out for it by a program: a device that
 * was copied, or a snapshot that was restored, looks the same. SPEC.md §6.
 */
import { equalBytes } from "../protocol/codec.ts";
import { placedMessages } from "../protocol/control.ts";
import type { WholeDistribution } from "../protocol/distribution.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import type { SignedOp } from "../protocol/membership.ts";
import type { Proof } from "../protocol/proof.ts";
import { proofs, readProof, saidOf } from "../protocol/proof.ts";
import type { PlacedOriginal } from "../protocol/receiving.ts";
import { openPlaced } from "../protocol/receiving.ts";
import type { ChainId, GroupId, MemberId } from "../types.ts";
import { caucusView } from "./caucuses.ts";
import { sayAnew } from "./chains.ts";
import type { Line } from "./lines.ts";
import { nameOf, placedOf } from "./lines.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Proofs that one slot carries. */
const PROOFS_A_SLOT = 4;

const queueOf = (session: Session, group: GroupId): Map<MemberId, Uint8Array> => {
  const known = session.proofs.get(group);
  if (known) return known;
  const made = new Map<MemberId, Uint8Array>();
  session.proofs.set(group, made);
  return made;
};

/** Keeps one proof a member, tells its person once, and lets the group know unless somebody else has. */
const accuse = async (step: Step, group: GroupId, raw: Uint8Array, heard: boolean): Promise<void> => {
  const { session } = step;
  const proved = await withVerdicts(() => readProof(raw));
  const { state, marks } = step.held(group) as Held;
  const member = proved?.group === group ? proved.member : undefined;
  const about = member && (state.view.members.get(member) ?? state.view.gone.get(member));
  if (!member || !about) return;
  if (heard) step.after(() => queueOf(session, group).delete(member));
  if (marks.accused.has(member)) return;
  step.hold(state, { ...marks, accused: new Map(marks.accused).set(member, raw) });
  const own = member === state.seat.member;
  const name = nameOf(session.people, state.view, about.person);
  step.after(() => {
    if (!heard) queueOf(session, group).set(member, raw);
    session.events.emit("notice", {
      level: "warn",
      code: own ? "own-equivocation" : "equivocation",
      text: own
        ? "This device has signed two different things in one place: it was copied, or restored while it ran. Set it up anew."
        : `A device of ${name} has signed two different things in one place. It may have been copied or restored; ask them in person.`,
    });
    const view = caucusView(session, group);
    if (view) session.events.emit("caucus", view);
  });
};

const prove = (step: Step, group: GroupId, proof: Proof): Promise<void> =>
  accuse(step, group, proofs.encode(proof), false);

/** A proof that a member has sent. */
export const takeProof = (step: Step, group: GroupId, raw: Uint8Array): Promise<void> => accuse(step, group, raw, true);

/** What is here at a place, and something else that its chain's key signed for it. */
export const compare = async (
  step: Step,
  group: GroupId,
  { line, other }: { readonly line: Line; readonly other: PlacedOriginal },
): Promise<void> => {
  const head = await step.head(group, line.chain);
  if (!head || !line.original) return;
  const first = saidOf(
    placedMessages.encode(placedOf(line, line.original)),
    line.original.slot,
    line.original.signature,
  );
  const second = saidOf(placedMessages.encode(other.placed), other.original.slot, other.original.signature);
  await prove(step, group, { kind: "messages", head, tag: line.original.tag, first, second });
};

/** The line at a place, if it was placed there first. */
export const lineAt = async (
  step: Step,
  group: GroupId,
  { chain, index }: { readonly chain: ChainId; readonly index: number },
): Promise<Line | undefined> => {
  const place = await step.place(group, `${chain}:${index}`);
  const line = place && (await step.line(group, place));
  return line?.chain === chain && line.index === index && line.original ? line : undefined;
};

/** A frame under the tag of a message that has been opened. */
export const noteSecond = async (
  step: Step,
  { group, chain, index }: { readonly group: GroupId; readonly chain: ChainId; readonly index: number },
  frame: Uint8Array,
): Promise<void> => {
  const followed = (step.held(group) as Held).state.receive.get(chain);
  const line = await lineAt(step, group, { chain, index });
  if (!followed || !line?.original) return;
  const { distribution, signer } = followed;
  const at = { distribution, signer, index, now: step.now };
  const { key, original } = line;
  const other = await withVerdicts(() => openPlaced(frame, { key, tag: original.tag }, at));
  if (other) await compare(step, group, { line, other });
};

/** A head of a chain that is known already. */
export const noteSecondHead = async (
  step: Step,
  group: GroupId,
  { head, body: { chain } }: WholeDistribution,
): Promise<void> => {
  const first = await step.head(group, chain);
  // Mostly it is the very same, announced in one more way.
  if (first && !equalBytes(first, head)) await prove(step, group, { kind: "chains", first, second: head });
};

/** Operations that have just been added: two of one author with one number. */
export const noteForks = async (step: Step, group: GroupId, added: readonly SignedOp[]): Promise<void> => {
  const { forks } = (step.held(group) as Held).state.dag;
  for (const author of new Set(added.map(({ op }) => op.author))) {
    const [first, second] = forks.get(author) ?? [];
    if (first && second) await prove(step, group, { kind: "operations", first: first.bytes, second: second.bytes });
  }
};

export const proofsDue = (session: Session, group: GroupId): boolean => (session.proofs.get(group)?.size ?? 0) > 0;

/** One slot: what has been proved and nobody else has told. */
export const sayProofs = async (step: Step, group: GroupId): Promise<void> => {
  for (const [member, proof] of [...(step.session.proofs.get(group) ?? [])].slice(0, PROOFS_A_SLOT)) {
    await sayAnew(step, group, { kind: "proof", proof });
    step.after(() => step.session.proofs.get(group)?.delete(member));
  }
};

/** Whoever brings somebody in tells what the others know already. */
export const retellProofs = (step: Step, group: GroupId, added: readonly SignedOp[]): void => {
  const { state, marks } = step.held(group) as Held;
  const brought = added.some(
    ({ op: { body } }) => body.kind === "join" && state.dag.get(body.invite)?.op.author === state.seat.member,
  );
  if (!brought || marks.accused.size === 0) return;
  step.after(() => {
    for (const [member, proof] of marks.accused) queueOf(step.session, group).set(member, proof);
  });
};
