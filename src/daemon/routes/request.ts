/** What the routes of the local API read from a request. */
import type { Context } from "hono";
import type { GroupId, MessageId, OpId, PersonId } from "../../types.ts";
import type { Connection } from "../door.ts";
import { toProblem } from "../problem.ts";
import * as shape from "../schemas.ts";

/** What goes with a request. */
export interface Served {
  readonly Bindings: Connection;
  readonly Variables: { json: unknown };
}

export const person = (context: Context): PersonId => shape.parse(shape.personId, context.req.param("person"));
export const caucus = (context: Context): GroupId => shape.parse(shape.groupId, context.req.param("caucus"));
export const invite = (context: Context): OpId => shape.parse(shape.inviteId, context.req.param("invite"));
export const message = (context: Context): MessageId => shape.parse(shape.messageId, context.req.param("message"));

/** The JSON of a request, in its shape. */
export const body = <S extends Parameters<typeof shape.parse>[0]>(context: Context<Served>, schema: S) =>
  shape.parse(schema, context.get("json"));

/** Values as NDJSON, read as fast as they are taken. */
export const lines = (values: AsyncIterable<unknown>): ReadableStream<Uint8Array> => {
  const iterator = values[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
      } catch (error) {
        // The status is long on its way, so an error in the middle is the last line.
        controller.enqueue(encoder.encode(`${JSON.stringify(toProblem(error))}\n`));
        controller.close();
      }
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
};
