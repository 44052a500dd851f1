/** An error on the local API's wire: `{"error":{"code","fault","message"}}` with an HTTP status, there and back. */
import { z } from "zod";
import { CouloirError, type Fault } from "../errors.ts";

const STATUS = {
  usage: 400,
  refused: 403,
  invalid: 422,
  storage: 507,
  network: 503,
  timeout: 504,
  internal: 500,
} as const satisfies Record<Fault, number>;

/** What the API answers instead of a result. */
export interface Problem {
  readonly error: { readonly code: string; readonly fault: Fault; readonly message: string };
}

const problemSchema = z.object({
  error: z.object({
    code: z.string(),
    fault: z.enum(["usage", "refused", "invalid", "storage", "network", "timeout", "internal"]),
    message: z.string(),
  }),
});

/** The error as the API answers it. What is no `CouloirError` is a bug of ours, and its words stay inside. */
export const toProblem = (error: unknown): Problem =>
  error instanceof CouloirError
    ? { error: { code: error.code, fault: error.fault, message: error.message } }
    : {
        error: {
          code: "internal",
          fault: "internal",
          message: "the daemon met an error of its own; its log says more",
        },
      };

/** The HTTP status that goes with a problem. */
export const statusOf = (problem: Problem): (typeof STATUS)[Fault] => STATUS[problem.error.fault];

/** The error that a problem stands for; `undefined` for any other value. */
export const fromProblem = (value: unknown): CouloirError | undefined => {
  const parsed = problemSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { code, fault, message } = parsed.data.error;
  return new CouloirError(fault, code, message);
};
