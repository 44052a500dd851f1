/** Reads `text/event-stream`, as far as the daemon writes it. */

/** One event: its name and its JSON. */
export interface ServerEvent {
  readonly name: string;
  readonly value: unknown;
}

/** The lines of a stream of bytes, without their ends. */
export async function* textLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of body) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}

/** The events of a stream, in order; comments are skipped. Ends where the stream ends. */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  let name = "message";
  let data = "";
  for await (const line of textLines(body)) {
    if (line === "") {
      if (data !== "") yield { name, value: JSON.parse(data) as unknown };
      name = "message";
      data = "";
    } else if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
  }
}
