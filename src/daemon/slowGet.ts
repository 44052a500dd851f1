/** A GET whose answer may be read as slowly as its reader likes. */
import { get } from "node:http";
import { Readable } from "node:stream";

/**
 * Like `fetch`, and rejects like it. Node's own, asked for a connection that closes, ends the process with a failed
 * assertion when that closes while much of the answer is still to be read.
 */
export const slowGet = (url: string, headers: Readonly<Record<string, string>>): Promise<Response> =>
  new Promise((resolve, reject) => {
    const request = get(url, { agent: false, headers }, (answer) => {
      const said = Object.entries(answer.headers).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      );
      const body = Readable.toWeb(answer) as ReadableStream<Uint8Array>;
      resolve(new Response(body, { status: answer.statusCode ?? 500, headers: said }));
    });
    request.on("error", (cause) => reject(new TypeError("fetch failed", { cause })));
  });
