/** Requests to the daemon that serves this page: the token, its errors, its lines and its events. */
import { CouloirError, type Fault } from "../../src/errors.ts";
import { fromProblem } from "./problem.ts";
import type { Fetch } from "./hubs.ts";
import { pieces } from "./streams.ts";

/** One request. */
export interface Request {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** Sent as JSON; bytes as they are. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** One event of a stream. */
export interface StreamEvent {
  readonly name: string;
  readonly value: unknown;
}

/** The daemon does not answer; everything is tried again when it does. */
export const daemonAway = (cause?: unknown): CouloirError =>
  new CouloirError("network", "daemon-away", "the Couloir on this machine does not answer; start it again", { cause });

export const isDaemonAway = (error: unknown): boolean => error instanceof CouloirError && error.code === "daemon-away";

const fault = (value: unknown): CouloirError | undefined => {
  const { error } = (typeof value === "object" && value !== null ? value : {}) as { error?: { fault?: Fault } };
  return typeof error === "object" && error.fault !== undefined ? fromProblem(error) : undefined;
};

async function* textLines(body: Response["body"]): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const part of pieces(body)) {
    const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** A daemon behind its token. Every promise rejects with a `CouloirError`. */
export class DaemonHttp {
  readonly #origin: string;
  readonly #fetch: Fetch;
  readonly #token: string;

  constructor(origin: string, fetch: Fetch, token: string) {
    this.#origin = origin;
    this.#fetch = fetch;
    this.#token = token;
  }

  async json(request: Request): Promise<unknown> {
    const response = await this.#send(request);
    return reading(() => response.json() as Promise<unknown>);
  }

  async bytes(request: Request): Promise<Uint8Array> {
    const response = await this.#send(request);
    return reading(async () => new Uint8Array(await response.arrayBuffer()));
  }

  /** The pieces of a body as they come. */
  async *pieces(request: Request): AsyncGenerator<Uint8Array> {
    const { body, headers } = await this.#send(request);
    let left = Number(headers.get("content-length") ?? Number.NaN);
    yield* unbroken(async function* () {
      for await (const part of pieces(body)) {
        left -= part.length;
        yield part;
      }
      // Without this, half of a file would look like the whole one.
      if (left > 0) throw daemonAway();
    });
  }

  /** NDJSON; an error in the middle is its last line. */
  async *lines(request: Request): AsyncGenerator<unknown> {
    const { body } = await this.#send(request);
    yield* unbroken(async function* () {
      for await (const line of textLines(body)) {
        const value: unknown = JSON.parse(line);
        const error = fault(value);
        if (error !== undefined) throw error;
        yield value;
      }
    });
  }

  /** Server-sent events; a comment is an event without a name. */
  async *events(request: Request): AsyncGenerator<StreamEvent> {
    const { body } = await this.#send(request);
    yield* unbroken(async function* () {
      let [name, data] = ["message", ""];
      for await (const line of textLines(body)) {
        if (line.startsWith(":")) yield { name: "", value: undefined };
        else if (line.startsWith("event: ")) name = line.slice(7);
        else if (line.startsWith("data: ")) data += line.slice(6);
        else if (line === "") {
          if (data !== "") yield { name, value: JSON.parse(data) as unknown };
          [name, data] = ["message", ""];
        }
      }
    });
  }

  async #send({ method = "GET", path, body, signal }: Request): Promise<Response> {
    const isBytes = body instanceof Blob;
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
    if (body !== undefined) headers["content-type"] = isBytes ? "application/octet-stream" : "application/json";
    let response: Response;
    try {
      response = await this.#fetch(this.#origin + path, {
        method,
        headers,
        redirect: "error",
        cache: "no-store",
        ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      throw daemonAway(error);
    }
    if (response.ok) return response;
    throw fault(await response.json().catch(() => undefined)) ?? daemonAway();
  }
}

const reading = async <T>(read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    throw error instanceof CouloirError ? error : daemonAway(error);
  }
};

async function* unbroken<T>(make: () => AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* make();
  } catch (error) {
    throw error instanceof CouloirError ? error : daemonAway(error);
  }
}
