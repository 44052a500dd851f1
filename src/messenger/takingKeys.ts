/** Message keys that a member handed on: verified as if their envelopes had opened here, and put into the history. */
import type { Control } from "../protocol/control.ts";
import type { GroupState } from "../protocol/group.ts";
import { distributions } from "../protocol/distribution.ts";
import { consumed, readHanded, servesMember } from "../protocol/handing.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import type { HeadRead } from "../protocol/following.ts";
import { readHead } from "../protocol/following.ts";
import type { ChainId, GroupId, MemberId } from "../types.ts";
import { compare, lineAt } from "./accusing.ts";
import { takeMessage } from "./arrivals.ts";
import { hasChain, lackChain } from "./lacking.ts";
import type { Held } from "./parts.ts";
import { heardRecall, recallFrom } from "./recalling.ts";
import type { Step } from "./step.ts";
import { wantsOf } from "./wants.ts";

type Keys = Extract<Control, { readonly kind: "keys" }>;
type Handed = Keys["chains"][number];

/** Reads what a frame hands on; only what this device asked for, or what its invite grants it. */
export const takeKeys = async (step: Step, group: GroupId, from: MemberId, control: Keys): Promise<void> => {
  let whole = true;
  for (const one of control.chains) {
    const { state, marks } = step.held(group) as Held;
    // Before it costs its sender any of what views are made for: whoever collects heads of another could spend all of that.
    if (!marks.recall && !(await isLacked(step, group, one.head))) continue;
    const read = await withVerdicts(() => readHead(state, one.head, step.now));
    if (read.kind === "missing") wantsOf(step.session, group).hear(read.heads);
    whole &&= read.kind === "head";
    if (read.kind === "head") await takeChain(step, group, { ...one, read });
  }
  if (whole) moveOn(step, group, from, control.grant);
};

/** Whether a head is of a chain which this device asks for. */
const isLacked = async ({ session }: Step, group: GroupId, head: Uint8Array): Promise<boolean> => {
  const opened = await withVerdicts(() => distributions.open(head));
  return opened !== undefined && wantsOf(session, group).isLacking(opened.body.chain);
};

const takeChain = async (step: Step, group: GroupId, one: Handed & { readonly read: HeadRead }): Promise<void> => {
  const { session } = step;
  const { state, marks } = step.held(group) as Held;
  const { chain, sender } = one.read.body;
  const served = servesMember(state, one.read.view, state.seat.member);
  const lacking = wantsOf(session, group).isLacking(chain);
  if (lacking && !served) hasChain(step, group, chain);
  if (lacking && served) lackChain(step, group, { chain, from: sender });
  // Nobody can fill the history unasked.
  if (served ? !lacking : !marks.recall) return;
  let any = false;
  for (const handed of one.keys) {
    const known = await step.place(group, `${chain}:${handed.index}`);
    const frames = handed.signed ? [] : (await session.mailbox.waiting([handed.tag])).map(({ frame }) => frame);
    const { state: latest } = step.held(group) as Held;
    const received = await withVerdicts(() => readHanded(latest, one, { handed, frames, now: step.now }));
    if (!received) continue;
    const line = known && (await lineAt(step, group, { chain, index: handed.index }));
    if (line) await compare(step, group, { line, other: received });
    if (known) continue;
    any = true;
    step.hold(consumed((step.held(group) as Held).state, chain, handed.index));
    await takeMessage(step, group, received, !served);
  }
  if (any) step.putHead(group, chain, one.head);
  if (served && (await allHere(step, state, chain))) hasChain(step, group, chain);
};

/** Whether everything is here of which somebody has said that they have it. */
const allHere = async (step: Step, { group, peers }: GroupState, chain: ChainId): Promise<boolean> => {
  let count = 1;
  for (const peer of peers.values()) count = Math.max(count, peer.acks.get(chain)?.got ?? 0);
  for (let index = 0; index < count; index++) if (!(await step.place(group, `${chain}:${index}`))) return false;
  return true;
};

const moveOn = (step: Step, group: GroupId, from: MemberId, grant: Keys["grant"]): void => {
  const held = step.held(group) as Held;
  const { recall, ...rest } = held.marks;
  if (!grant || !recall || from !== recallFrom(step.session, group, held)) return;
  step.after(() => heardRecall(step.session, group));
  const { after } = recall;
  if (after?.time !== grant.after?.time || after?.message !== grant.after?.message) return;
  const to = grant.to ?? after;
  step.hold(held.state, grant.more ? { ...rest, recall: { since: recall.since, ...(to && { after: to }) } } : rest);
};
