/**
 * History for newcomers: an invite says what of the past they may read, and any member that has it hands it on when it is
 * asked, oldest first, page by page. SPEC.md §9.
 */
import { distributions } from "../protocol/distribution.ts";
import type { Grant, HandedLine } from "../protocol/handing.ts";
import { byChain, grantOf, handedFrames, servesMember } from "../protocol/handing.ts";
import type { Control, HistoryPlace } from "../protocol/control.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import { MAX_GRANT, MAX_GRANT_BYTES } from "../protocol/limits.ts";
import type { SignedOp } from "../protocol/membership.ts";
import { resolve } from "../protocol/resolve.ts";
import type { ChainId, GroupId, MemberId } from "../types.ts";
import { FRAMES_A_SLOT, handedLine, sayAlone } from "./handing.ts";
import { handoutsOf } from "./handouts.ts";
import type { Line } from "./lines.ts";
import { counts, lineShape } from "./lines.ts";
import type { Held } from "./parts.ts";
import { pinnedLines } from "./pins.ts";
import type { Step } from "./step.ts";

/** The heads of chains, and whether they served a member anyway. */
class Heads {
  readonly #step: Step;
  readonly #held: Held;
  readonly #member: MemberId;
  readonly #known = new Map<ChainId, Uint8Array | undefined>();

  constructor(step: Step, held: Held, member: MemberId) {
    this.#step = step;
    this.#held = held;
    this.#member = member;
  }

  /** The head of a chain that did not serve the member; `undefined` also where it is not here. */
  async foreign(chain: ChainId): Promise<Uint8Array | undefined> {
    if (!this.#known.has(chain)) this.#known.set(chain, await this.#read(chain));
    return this.#known.get(chain);
  }

  async #read(chain: ChainId): Promise<Uint8Array | undefined> {
    const { state } = this.#held;
    const head = await this.#step.head(state.group, chain);
    const body = head && (await withVerdicts(() => distributions.open(head)?.body));
    const view = body && resolve(state.dag, body.heads);
    return view && !servesMember(state, view, this.#member) ? head : undefined;
  }
}

/** What an invite grants, oldest first: the newest lines of what its member was not served, within the bounds. */
const granted = async (
  step: Step,
  held: Held,
  { history, last }: Grant,
  heads: Heads,
): Promise<readonly { readonly line: Line; readonly head: Uint8Array }[]> => {
  const { group, view } = held.state;
  const most = history === "last" ? Math.min(last, MAX_GRANT) : MAX_GRANT;
  const out: { readonly line: Line; readonly head: Uint8Array }[] = [];
  let room = MAX_GRANT_BYTES;
  /** Takes a line if it is granted; says whether there is room for more. */
  const take = async (line: Line): Promise<boolean> => {
    if (out.length >= most || room < 0) return false;
    const head = line.original && counts(view, line) ? await heads.foreign(line.chain) : undefined;
    if (!head) return true;
    room -= line.content.length + 512;
    if (room >= 0) out.push({ line, head });
    return room >= 0;
  };
  if (history === "pinned") {
    for (const line of (await pinnedLines(step.session, held)).toReversed()) if (!(await take(line))) break;
  } else
    for await (const { value } of step.session.store.range({ space: "message", group }, { reverse: true })) {
      const line = lineShape.from(value);
      if (line && !(await take(line))) break;
    }
  return out.reverse();
};

const placeOf = ({ time, message }: Line): HistoryPlace => ({ time, message });
const beyond = (line: Line, after: HistoryPlace | undefined): boolean =>
  !after || line.time > after.time || (line.time === after.time && line.message > after.message);

/** One slot: a part of its grant for one newcomer that waits for it. */
export const grantSome = async (step: Step, group: GroupId): Promise<void> => {
  const request = handoutsOf(step.session, group).takeRecall();
  const held = step.held(group);
  const grant = request && held && grantOf(held.state, request[0]);
  if (!grant) return;
  const [member, after] = request;
  const all = await granted(step, held, grant, new Heads(step, held, member));
  const rest = all.filter(({ line }) => beyond(line, after));
  const places = new Map<HandedLine, HistoryPlace>();
  const lines = rest.flatMap(({ line, head }) => {
    const handed = handedLine(line, head, true);
    if (handed) places.set(handed, placeOf(line));
    return handed ?? [];
  });
  const frames = handedFrames(lines);
  const controls: Control[] = [];
  let from = after;
  for (const [i, frame] of (frames.length > 0 ? frames : [[]]).slice(0, FRAMES_A_SLOT).entries()) {
    const to = frame.length > 0 ? places.get(frame.at(-1) as HandedLine) : undefined;
    const more = i < frames.length - 1;
    controls.push({
      kind: "keys",
      chains: byChain(frame),
      grant: { ...(from && { after: from }), ...(to && { to }), more },
    });
    from = to ?? from;
  }
  sayAlone(step, group, member, controls);
};

/** Whom this device brought in with a grant: they get the first part unasked. */
export const greetGranted = (step: Step, group: GroupId, added: readonly SignedOp[]): void => {
  const { state } = step.held(group) as Held;
  for (const { op } of added) {
    if (op.body.kind !== "join" || !grantOf(state, op.author)) continue;
    if (state.dag.get(op.body.invite)?.op.author === state.seat.member)
      handoutsOf(step.session, group).recall(op.author, undefined);
  }
};
