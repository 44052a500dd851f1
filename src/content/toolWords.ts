/** The words of the negotiation's tools, as they lie in a message and as a line of text says them. SPEC.md §10. */
import type { Shape } from "../protocol/codec.ts";
import { bool, id, list, optional, struct, text, uint, word } from "../protocol/codec.ts";
import { MAX_TIME } from "../protocol/limits.ts";
import type { BoardTerms, HuddlePlan, MessageId, PersonId, ToolWord } from "../types.ts";

/** How long a call may ring, in seconds. */
export const CALL_SECONDS = { least: 60, most: 120 } as const;

const to = id<MessageId>(16);
const delegation = text(64);
const seconds: Shape<number> = {
  to: (value) => value,
  from: (raw) => {
    const value = uint(CALL_SECONDS.most).from(raw);
    return value !== undefined && value >= CALL_SECONDS.least ? value : undefined;
  },
};
const terms: Shape<BoardTerms> = struct({ needs: uint(999), delegations: list(delegation, 256), closed: bool });
const plan: Shape<HuddlePlan> = struct({ place: text(120), starts: uint(MAX_TIME), minutes: uint(480), off: bool });

/** Members of the union of contents, in their order. */
export const TOOLS = {
  call: struct({ act: word(["interrupt", "floor", "support", "outside"]), text: text(280), seconds }),
  answer: struct({ to, answer: word(["has", "cannot", "over", "coming", "late", "absent", "read"]) }),
  board: struct({ text: text(2000), terms }),
  terms: struct({ to, terms }),
  stand: struct({
    to,
    delegation,
    stand: word(["sponsor", "support", "leaning", "awaiting", "silent", "against", "none"]),
    told: optional(struct({ by: delegation, to: optional(id<PersonId>(32)) })),
    due: optional(uint(MAX_TIME)),
  }),
  asking: struct({ to, delegation, on: bool }),
  huddle: struct({ text: text(280), plan }),
  plan: struct({ to, plan }),
  rollCall: struct({ text: text(4000), again: optional(to) }),
} as const;

/** Whether a content is a word of a tool. */
export const isTool = (content: { readonly kind: string }): content is ToolWord => content.kind in TOOLS;

const ACTS = { interrupt: "interrupt", floor: "take the floor", support: "support", outside: "come outside" };
const ANSWERS = {
  has: "has it",
  cannot: "cannot",
  over: "no longer needed",
  coming: "is coming",
  late: "comes five minutes late",
  absent: "cannot come",
  read: "has read it",
};

/** In a few words of English: for clients that know no better, and for transcripts. */
export const toolText = (said: ToolWord): string => {
  switch (said.kind) {
    case "call":
      return `Now! ${ACTS[said.act]}${said.text && `: ${said.text}`}`;
    case "answer":
      return ANSWERS[said.answer];
    case "board":
      return `Count me in: ${said.text}`;
    case "terms":
      return `needs ${said.terms.needs}, ${said.terms.delegations.length} delegations${said.terms.closed ? ", closed" : ""}`;
    case "stand":
      return `${said.delegation}: ${said.stand}${said.told ? ` (told by ${said.told.by})` : ""}`;
    case "asking":
      return `${said.on ? "asks" : "no longer asks"} ${said.delegation}`;
    case "huddle":
      return `Huddle: ${said.text}${said.text && ", "}${said.plan.place}`;
    case "plan":
      return said.plan.off ? "it does not take place" : `now at ${said.plan.place}`;
    case "rollCall":
      return `Roll call${said.again ? ", again" : ""}: ${said.text}`;
  }
};
