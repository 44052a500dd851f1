/** The shapes of words of tools that the local API takes. */
import { z } from "zod";
import { defined, messageId, nonce, personId, shortText } from "./schemas.ts";

const terms = z.strictObject({
  needs: z.int().min(0).max(999),
  delegations: z.array(shortText(64)).max(256),
  closed: z.boolean(),
});
const plan = z.strictObject({
  place: shortText(120),
  starts: z.int().min(0).max(281_474_976_710_656),
  minutes: z.int().min(0).max(480),
  off: z.boolean(),
});
const tool = <K extends string, S extends z.core.$ZodLooseShape>(kind: K, fields: S) =>
  z.strictObject({ kind: z.literal(kind), ...fields });
/** A word of a tool; what it has to be beyond its shape the messenger says. */
const toolWord = z.discriminatedUnion("kind", [
  tool("call", {
    act: z.enum(["interrupt", "floor", "support", "outside"]),
    text: shortText(280),
    seconds: z.int().min(60).max(120),
  }),
  tool("answer", { to: messageId, answer: z.enum(["has", "cannot", "over", "coming", "late", "absent", "read"]) }),
  tool("board", { text: shortText(2000), terms }),
  tool("terms", { to: messageId, terms }),
  tool("stand", {
    to: messageId,
    delegation: shortText(64),
    stand: z.enum(["sponsor", "support", "leaning", "awaiting", "silent", "against", "none"]),
    told: z
      .strictObject({ by: shortText(64), to: personId.optional() })
      .transform(defined)
      .optional(),
    due: z.int().min(0).max(281_474_976_710_656).optional(),
  }).transform(defined),
  tool("asking", { to: messageId, delegation: shortText(64), on: z.boolean() }),
  tool("huddle", { text: shortText(280), plan }),
  tool("plan", { to: messageId, plan }),
  tool("rollCall", { text: shortText(4000), again: messageId.optional() }).transform(defined),
]);
export const toolBody = z.strictObject({ word: toolWord, nonce });
