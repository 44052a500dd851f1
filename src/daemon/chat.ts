/** A chat in the terminal: the last lines, what arrives, what is typed. */
import { CouloirError } from "../errors.ts";
import type { CaucusView, MessageId, MessageView, PersonId } from "../types.ts";
import { CHAT_HELP, readInput, type ChatInput } from "./chatInput.ts";
import { PlainScreen, TerminalScreen, type ChatScreen } from "./chatScreen.ts";
import type { ApiClient, Happening } from "./client.ts";
import { comingWords } from "./comings.ts";
import type { Context } from "./context.ts";
import { errorLine } from "./exit.ts";
import { styleFor, type Style } from "./io.ts";
import { clockTime, dayName, Quotes, talkLine } from "./lines.ts";
import { caucusName, pickCaucus } from "./pick.ts";
import { cut, plainLine } from "./terminal.ts";

const SHOWN_AT_FIRST = 20;
const PROMPT_WIDTH = 24;

interface Parts {
  readonly daemon: ApiClient;
  readonly screen: ChatScreen;
  readonly style: Style;
  readonly self: PersonId;
  /** Whether a person sees what is shown. */
  readonly watched: boolean;
}

/** One chat from its first line to its last. */
class Chat {
  readonly #parts: Parts;
  readonly #quotes = new Quotes();
  readonly #shown = new Set<MessageId>();
  #caucus: CaucusView;
  #day = "";
  #last: MessageId | undefined;

  constructor(parts: Parts, caucus: CaucusView) {
    this.#parts = parts;
    this.#caucus = caucus;
  }

  /** Shows a line, new or changed. */
  show(line: MessageView): void {
    const { screen, self, style } = this.#parts;
    const day = dayName(line.sentAt);
    if (!this.#shown.has(line.message)) {
      if (day !== this.#day) screen.info(style("dim", `— ${day} —`));
      this.#day = day;
      if (line.sender !== self && (line.kind === "text" || line.kind === "file")) this.#last = line.message;
    }
    this.#shown.add(line.message);
    screen.message(line, talkLine(line, { self, style, quotes: this.#quotes, columns: screen.columns() }));
    this.#quotes.note(line);
  }

  /** Shows what happened elsewhere. */
  async happen(event: Happening): Promise<void> {
    switch (event.name) {
      case "message":
        this.show(event.value);
        return this.#read();
      case "receipt":
        if (this.#shown.has(event.value.message)) this.show(event.value);
        return undefined;
      case "erased": {
        const { message } = event.value;
        this.#quotes.forget(message);
        this.#parts.screen.gone(message, this.#parts.style("dim", "(gone by itself)"));
        return undefined;
      }
      case "transfer":
        if (this.#shown.has(event.value.message) && event.value.state !== "coming")
          this.show(await this.#parts.daemon.message(event.value.caucus, event.value.message));
        return undefined;
      case "caucus":
        return this.#turn(event.value);
      case "notice":
        // Whoever writes here now should know, whichever caucus it is about.
        if (event.value.level === "warn") this.#parts.screen.info(`! ${plainLine(event.value.text)}`);
        return undefined;
      default:
        return undefined;
    }
  }

  /** Does what a typed line says; `true` when it says that this is the end. */
  async type(line: string): Promise<boolean> {
    const input = readInput(line, [...this.#shown], this.#last);
    if (input.kind === "quit") return true;
    await this.#do(input);
    return false;
  }

  /** The lines from before. */
  async begin(): Promise<void> {
    for await (const line of this.#parts.daemon.history(this.#caucus.caucus, { limit: SHOWN_AT_FIRST }))
      this.show(line);
    await this.#read();
    const { peers } = await this.#parts.daemon.status();
    if (peers === 0)
      this.#parts.screen.info(
        this.#parts.style("dim", "No one in range: what you write is saved, and goes out when somebody is."),
      );
  }

  async #do(input: Exclude<ChatInput, { kind: "quit" }>): Promise<void> {
    const { daemon, screen } = this.#parts;
    const { caucus } = this.#caucus;
    switch (input.kind) {
      case "nothing":
        return;
      case "wrong":
        screen.info(plainLine(input.words));
        return;
      case "help":
        screen.info(CHAT_HELP);
        return;
      case "who":
        screen.info(this.#members());
        return;
      case "invite": {
        const { code, expires } = await daemon.invite(caucus);
        screen.info(`couloir join ${plainLine(code)}\nGood for one person until ${clockTime(expires)}.`);
        return;
      }
      case "say":
        this.show(await daemon.send(caucus, input.text));
        return;
      case "reply":
        this.show(await daemon.send(caucus, input.text, input.message));
        return;
      case "react":
        this.show(await daemon.react(caucus, input.message, input.emoji));
        return;
    }
  }

  /** Says who came or went since it was looked at last. */
  #turn(now: CaucusView): void {
    const { screen, self, style } = this.#parts;
    const known = new Set(this.#caucus.comings?.map(({ op }) => op));
    this.#caucus = now;
    for (const one of now.comings ?? [])
      if (!known.has(one.op)) screen.info(style("dim", `${clockTime(one.at)}  ${comingWords(one, self)}`));
  }

  #members(): string {
    return this.#caucus.members
      .map(({ name, role, state }) => {
        const marks = [...(role === "admin" ? ["admin"] : []), ...(state === "joined" ? [] : [state])];
        return `  ${plainLine(name)}${marks.length === 0 ? "" : ` (${marks.join(", ")})`}`;
      })
      .join("\n");
  }

  async #read(): Promise<void> {
    if (this.#parts.watched) await this.#parts.daemon.markRead(this.#caucus.caucus);
  }
}

/** Runs a chat until the person ends it; fails when the daemon does. */
export const runChat = async ({ io, json, client }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const caucus = await pickCaucus(daemon, which);
  const { person: self } = await daemon.status();
  const events = new AbortController();
  const watched = !json && io.stdin.isTTY === true && io.stdout.isTTY === true;
  const style = styleFor(io.stdout, io.env);
  let failure: unknown;
  let typing: Promise<unknown> = Promise.resolve();
  const inOrder = (work: () => Promise<unknown>): void => {
    typing = typing.then(work).catch((error: unknown) => {
      // At a terminal the person reads it and goes on; a script learns it from the exit code.
      if (!watched) failure ??= error;
      screen.info(errorLine(error));
    });
  };
  const end = (): void => inOrder(async () => events.abort());
  const started = Promise.withResolvers<Chat>();
  const handlers = {
    onLine: (line: string): void =>
      inOrder(async () => {
        if (await (await started.promise).type(line)) events.abort();
      }),
    onEnd: end,
  };
  const name = cut(plainLine(caucusName(caucus, self)), PROMPT_WIDTH);
  const screen = watched ? new TerminalScreen(io, `${name} › `, handlers) : new PlainScreen(io, json, handlers);
  const chat = new Chat({ daemon, screen, style, self, watched }, caucus);
  try {
    for await (const event of daemon.events({ caucus: caucus.caucus, signal: events.signal })) {
      if (event.name === "hello") {
        await chat.begin();
        started.resolve(chat);
      } else await chat.happen(event);
    }
    if (!events.signal.aborted)
      throw new CouloirError("network", "daemon-went-away", "the daemon stopped; start it again with: couloir up");
  } finally {
    screen.close();
  }
  if (failure !== undefined) throw failure;
};
