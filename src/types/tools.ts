/** What people see of the negotiation's tools: calls for now, boards of propositions, huddles, roll calls. */
import type { BoardTerms, CallAct, GroupId, HuddlePlan, MessageId, Millis, PersonId, Stand } from "../types.ts";

/** Somebody, by name as well. */
export interface Who {
  readonly person: PersonId;
  readonly name: string;
}

/** What is common to all that lies on a caucus's table. */
interface OnTable {
  readonly caucus: GroupId;
  /** The message that laid it there: its name from then on. */
  readonly message: MessageId;
  readonly by: Who;
  /** Its author's signed time. */
  readonly at: Millis;
  readonly text: string;
}

/** What somebody answered to a call, and when by their clock. */
export interface CallAnswer extends Who {
  readonly answer: "has" | "cannot";
  readonly at: Millis;
}

/**
 * A call. `open`: nobody has it yet, and it is not too late. `taken`: somebody has it; the others are quiet. `over`: its
 * caller no longer needs it. `expired`: too late, and nobody had it.
 */
export interface CallView extends OnTable {
  readonly tool: "call";
  readonly act: CallAct;
  readonly state: "open" | "taken" | "over" | "expired";
  /** Until then it is open, by this device's clock. */
  readonly until: Millis;
  /** This device is to ring: `open`, of somebody else who is not blocked, in time, and not one too many. */
  readonly rings: boolean;
  /** Who has it: of those who said so and did not take it back, the first. */
  readonly taken?: CallAnswer;
  /** In the order of their time, one a person. */
  readonly answers: readonly CallAnswer[];
  /** Within a minute of one of the same person's before: a line, and nothing that rings anywhere. */
  readonly tooSoon?: true;
  /** How far it has come, as of a message. */
  readonly reached: number;
  readonly of: number;
}

/** One word about where a delegation stands. */
export interface StandView {
  readonly message: MessageId;
  readonly delegation: string;
  readonly stand: Stand;
  readonly by: Who;
  readonly at: Millis;
  /** Hearsay: who said so, and to whom. Absent for a delegation's own word. */
  readonly told?: { readonly by: string; readonly to: Who };
  /** It was said as a delegation's own word by somebody who has since spoken for another one. */
  readonly disowned?: true;
  readonly due?: Millis;
}

/** A delegation on a board. */
export interface RowView {
  readonly delegation: string;
  /** `silent` where nobody said anything. */
  readonly stand: Exclude<Stand, "none">;
  /** It is the delegation's own word. */
  readonly firstHand: boolean;
  /** Who said so; absent where nobody did. */
  readonly said?: StandView;
  /** Who asks them; whoever began first is first. */
  readonly askedBy: readonly Who[];
  /** How often something was said of it. */
  readonly changes: number;
}

/** How many delegations stand somewhere: by their own word, and by hearsay. */
export interface Tally {
  readonly own: number;
  readonly hearsay: number;
}

/** A board without its rows. */
export interface BoardBrief extends OnTable {
  readonly tool: "board";
  readonly terms: BoardTerms;
  readonly tally: Readonly<Record<Exclude<Stand, "none">, Tally>>;
  /** Sponsors and supporters. Hearsay is counted apart and never towards `needs`. */
  readonly for: Tally;
  /** How many more own words for it are needed; 0 where it is enough, or nothing is needed. */
  readonly short: number;
  /** Words about where somebody stands. */
  readonly changes: number;
}

/** A board, whole. */
export interface BoardView extends BoardBrief {
  /** In the order of the terms, then as they were first spoken of. */
  readonly rows: readonly RowView[];
  /** The newest 1000, the newest first: those that were corrected as well. */
  readonly history: readonly StandView[];
}

/** Who comes to a huddle. */
export interface ComingView extends Who {
  readonly answer: "coming" | "late" | "absent";
  readonly at: Millis;
}

/**
 * A huddle. `ahead`: it has not begun. `now`: it has. `over`: it has ended. `off`: it does not take place. It is on the table
 * until `dissolves`.
 */
export interface HuddleView extends OnTable {
  readonly tool: "huddle";
  readonly plan: HuddlePlan;
  readonly ends: Millis;
  readonly dissolves: Millis;
  readonly state: "ahead" | "now" | "over" | "off";
  /** When its author changed the plan last. */
  readonly changedAt?: Millis;
  /** One a person; its author comes, unless they say otherwise. */
  readonly answers: readonly ComingView[];
  /** Members of whom there is no answer. */
  readonly silent: readonly Who[];
}

/** How far a roll call has come with one person. */
export interface CalledView extends Who {
  readonly reached: boolean;
  /** They have read it, or say so. */
  readonly read: boolean;
  /** They say so, since then. */
  readonly saidSo?: Millis;
}

/** A roll call, over all the messages that said it. */
export interface RollCallView extends OnTable {
  readonly tool: "rollCall";
  readonly reached: number;
  readonly read: number;
  readonly of: number;
  /** Members other than the author, by name. */
  readonly people: readonly CalledView[];
  /** Those whom it has not reached. */
  readonly missing: readonly Who[];
  /** How often it was said once more. */
  readonly again: number;
}

/** One thing on the table, whole. */
export type ToolView = CallView | BoardView | HuddleView | RollCallView;

/** What lies on a caucus's table: each the newest first, 64 of a kind at most; of roll calls 16. */
export interface TableView {
  readonly calls: readonly CallView[];
  readonly boards: readonly BoardBrief[];
  /** Those that have not dissolved. */
  readonly huddles: readonly HuddleView[];
  readonly rollCalls: readonly RollCallView[];
}
