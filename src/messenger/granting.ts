/**
 * History for newcomers: an invite says what of the past they may read, and any member that has it hands it on when it is
 * asked, oldest first, page by page. SPEC.md §9.
 */
import { distributions } from "../protocol/distribution.ts";
import type { Grant, HandedLine } from "../protocol/handing.ts";
import { byChain, grantOf, handedFrames, servesMember } from "../protocol/handing.ts";
import type { Control, HistoryPlace } from "../protocol/control.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import { MAX_PLAINTEXT } from "../protocol/envelope.ts";
import { MAX_GRANT, MAX_GRANT_BYTES } from "../protocol/limits.ts";
import type { SignedOp } from "../protocol/membership.ts";
import { resolve } from "../protocol/resolve.ts";
import type { ChainId, GroupId, MemberId } from "../types.ts";
import { isPast } from "./fades.ts";
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

const placeOf = ({ time, message }: Line): HistoryPlace => ({ time, message });

/** Where lies what an invite grants, oldest first: the newest lines of what its member was not served, within the bounds. */
const granted = async (
  step: Step,
  held: Held,
  { history, last }: Grant,
  heads: Heads,
): Promise<readonly HistoryPlace[]> => {
  const { group, view } = held.state;
  const most = history === "last" ? Math.min(last, MAX_GRANT) : MAX_GRANT;
  const out: HistoryPlace[] = [];
  let room = MAX_GRANT_BYTES;
  /** Takes a line if it is granted; says whether there is room for more. */
  const take = async (line: Line): Promise<boolean> => {
    if (out.length >= most || room < 0) return false;
    const isGiven = line.original && counts(view, line) && !isPast(line, step.now);
    if (!isGiven || !(await heads.foreign(line.chain))) return true;
    room -= line.content.length + 512;
    if (room >= 0) out.push(placeOf(line));
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

const beyond = (one: HistoryPlace, after: HistoryPlace | undefined): boolean =>
  !after || one.time > after.time || (one.time === after.time && one.message > after.message);

/** Bytes of lines beyond what a slot's frames take. */
const A_SLOT = (FRAMES_A_SLOT + 1) * MAX_PLAINTEXT;

/** What lies at the first of these places, as it is handed on: as much as a slot takes, and a little more. */
const linesAt = async (
  step: Step,
  { state: { group, view } }: Held,
  places: readonly HistoryPlace[],
): Promise<ReadonlyMap<HandedLine, HistoryPlace>> => {
  const out = new Map<HandedLine, HistoryPlace>();
  let room = A_SLOT;
  for (const place of places) {
    const line = await step.line(group, [place.time, place.message]);
    const head = line && counts(view, line) && !isPast(line, step.now) ? await step.head(group, line.chain) : undefined;
    const handed = line && head && handedLine(line, head, true);
    if (!handed) continue;
    out.set(handed, place);
    room -= line.content.length;
    if (room < 0) break;
  }
  return out;
};

/** One slot: a part of its grant for one newcomer that waits for it. */
export const grantSome = async (step: Step, group: GroupId): Promise<void> => {
  const handouts = handoutsOf(step.session, group);
  const request = handouts.takeRecall();
  const held = step.held(group);
  const grant = request && held && grantOf(held.state, request[0]);
  if (!grant) return;
  const [member, after] = request;
  const known = after && handouts.plan(member);
  const all = known ?? (await granted(step, held, grant, new Heads(step, held, member)));
  const rest = all.filter((place) => beyond(place, after));
  const lines = await linesAt(step, held, rest);
  const frames = handedFrames([...lines.keys()]);
  const controls: Control[] = [];
  let from = after;
  for (const [i, frame] of (frames.length > 0 ? frames : [[]]).slice(0, FRAMES_A_SLOT).entries()) {
    const to = frame.length > 0 ? lines.get(frame.at(-1) as HandedLine) : undefined;
    const more = i < frames.length - 1;
    controls.push({
      kind: "keys",
      chains: byChain(frame),
      grant: { ...(from && { after: from }), ...(to && { to }), more },
    });
    from = to ?? from;
  }
  handouts.setPlan(member, frames.length > FRAMES_A_SLOT ? all : undefined);
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
