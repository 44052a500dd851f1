/** Handing on the keys of messages to a device that cannot open their chain, in slots of one's own clock. SPEC.md §9. */
import { distributions } from "../protocol/distribution.ts";
import type { HandedLine } from "../protocol/handing.ts";
import { byChain, handedFrames, servesMember, signedOf } from "../protocol/handing.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import { CHAIN_LENGTH } from "../protocol/limits.ts";
import { resolve } from "../protocol/resolve.ts";
import { sealPairwise } from "../protocol/sending.ts";
import type { Control } from "../protocol/control.ts";
import type { ChainId, GroupId, MemberId } from "../types.ts";
import { sayAnew, topicOf } from "./chains.ts";
import { handoutsOf } from "./handouts.ts";
import type { Line } from "./lines.ts";
import { placedOf } from "./lines.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";

/** Frames that one slot carries of this. */
export const FRAMES_A_SLOT = 4;

/** A line as it is handed on; `bodies`: also what its envelope would say, since that may be gone. */
export const handedLine = (line: Line, head: Uint8Array, bodies: boolean): HandedLine | undefined => {
  const { chain, index, key, original } = line;
  if (!original) return undefined;
  const { slot, tag } = original;
  const signed = bodies && { signed: { slot, body: signedOf(placedOf(line, original), original) } };
  return { chain, head, handed: { index, tag, key, ...signed } };
};

/** Sends controls to one member's device alone. */
export const sayAlone = (step: Step, group: GroupId, member: MemberId, controls: readonly Control[]): void => {
  const agreement = (step.held(group) as Held).state.view.members.get(member)?.card.agreement;
  if (!agreement) return;
  for (const control of controls) {
    const { state } = step.held(group) as Held;
    const sealed = sealPairwise(state, agreement, control, step.context);
    step.hold(sealed.state);
    step.publish(topicOf(step, state), sealed.frames);
  }
};

/** What is here of a chain from an index on. */
const linesOf = async (step: Step, group: GroupId, chain: ChainId, from: number): Promise<readonly Line[]> => {
  const out: Line[] = [];
  for (let index = from; index < CHAIN_LENGTH; index++) {
    const place = await step.place(group, `${chain}:${index}`);
    const line = place && (await step.line(group, place));
    // What was sealed twice lies at its first place.
    if (line?.chain === chain && line.index === index) out.push(line);
  }
  return out;
};

/**
 * Hands a chain's message keys to a member whom it served. Its sender seals it anew when asked the first time; from the
 * second on, or where the sender is no member any more, whoever has them answers, unless somebody else has.
 */
export const handOn = async (step: Step, group: GroupId, member: MemberId, chain: ChainId): Promise<boolean> => {
  const handouts = handoutsOf(step.session, group);
  const request = handouts.request(member, chain);
  const head = await step.head(group, chain);
  const body = head && (await withVerdicts(() => distributions.open(head)?.body));
  const { state } = step.held(group) as Held;
  const view = body && resolve(state.dag, body.heads);
  if (!request || !head || !body || !view) return false;
  if (request.given || (request.asks < 2 && state.view.members.has(body.sender))) return false;
  if (!servesMember(state, view, member)) {
    // With the head alone they see that it was never for them, and ask no more.
    sayAlone(step, group, member, [{ kind: "keys", chains: [{ head, keys: [] }] }]);
    handouts.answered(member, chain, 0);
    return true;
  }
  const rest = await linesOf(step, group, chain, request.next);
  const lines = rest.length > 0 ? rest : await linesOf(step, group, chain, 0);
  // Everybody carries the envelopes of three days: the first time, keys may do.
  const bodies = (line: Line): boolean =>
    request.answered > 0 || !line.original || !step.session.mailbox.holds(line.original.tag);
  const frames = handedFrames(lines.flatMap((line) => handedLine(line, head, bodies(line)) ?? [])).slice(
    0,
    FRAMES_A_SLOT,
  );
  if (frames.length === 0) return false;
  sayAlone(
    step,
    group,
    member,
    frames.map((frame) => ({ kind: "keys", chains: byChain(frame) })),
  );
  handouts.answered(member, chain, (frames.at(-1)?.at(-1)?.handed.index ?? 0) + 1);
  return true;
};

/** Says that keys were given, so that others need not. */
export const sayGiven = async (
  step: Step,
  group: GroupId,
  member: MemberId,
  chains: readonly ChainId[],
): Promise<void> => {
  if (chains.length > 0) await sayAnew(step, group, { kind: "given", member, chains });
};
