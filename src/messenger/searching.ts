/** Looking for words in what was said, newest first, some thousand lines at a time. Nothing of it is kept anywhere. */
import { holdsAll, soughtWords } from "../content/finding.ts";
import { QUIET } from "../content/quiet.ts";
import { usage } from "../errors.ts";
import type { GroupId, PersonId, ToolWord } from "../types.ts";
import { changeOf } from "./changeBook.ts";
import { knownGroup } from "./checks.ts";
import { isDue } from "./fades.ts";
import { entrySaid, shownEntry, shownLine, wordedNow } from "./history.ts";
import { counts, type Line, lineShape, nameOf } from "./lines.ts";
import { isOwnGroup } from "./own.ts";
import { byPlace, type RecordPlace, MAX_HITS, type SearchAnswer, type SearchOptions, storedAt } from "./paging.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import { isSeen, type Said, saidNow, type Worded } from "./wording.ts";

/** Lines that one search reads. */
const MAX_LOOKED = 2000;

interface Stored {
  readonly held: Held;
  readonly place: RecordPlace;
  readonly line: Line | undefined;
}

/** The lines of one caucus, the newest first. */
async function* backwards(session: Session, held: Held, before?: RecordPlace): AsyncGenerator<Stored> {
  const { group, view } = held.state;
  const bounds = { ...(before && { lt: storedAt(before) }), reverse: true };
  for await (const { key, value } of session.store.range({ space: "message", group }, bounds)) {
    const line = lineShape.from(value);
    yield {
      held,
      place: { at: key.time, message: key.message },
      line: line && isSeen(line) && counts(view, line) && !isDue(line, session.clock.now()) ? line : undefined,
    };
  }
}

/** The lines of several caucuses, the newest first. */
async function* merged(all: readonly AsyncGenerator<Stored>[]): AsyncGenerator<Stored> {
  const heads: { readonly from: AsyncGenerator<Stored>; now: Stored }[] = [];
  try {
    for (const from of all) {
      const { value } = await from.next();
      if (value) heads.push({ from, now: value as Stored });
    }
    for (;;) {
      const [first] = heads.toSorted((a, b) => byPlace(b.now.place, a.now.place));
      if (!first) return;
      yield first.now;
      const { value } = await first.from.next();
      if (value) first.now = value as Stored;
      else heads.splice(heads.indexOf(first), 1);
    }
  } finally {
    for (const { from } of heads) await from.return(undefined);
  }
}

/** What is said of a message in words that may be looked for; nothing of what is no message of its own. */
const textsOf = (session: Session, held: Held, { said, author }: About): readonly string[] => {
  if (said.kind === "notice" || said.kind === "withdrawn" || QUIET.has(said.kind)) return [];
  const name = author === session.person ? session.profile.name : nameOf(session.people, held.state.view, author);
  return [...(said.tool ? wordsOf(said.tool) : [said.text]), said.file?.name ?? "", name];
};
/** What somebody wrote of it; not what each program calls it in its own language. */
const wordsOf = (tool: ToolWord): readonly string[] => [
  "text" in tool ? tool.text : "",
  "plan" in tool ? tool.plan.place : "",
];

const saidIn = (session: Session, held: Held, worded: Worded): About => ({
  said: saidNow(session, held, worded),
  author: worded.line.person,
});
interface About {
  readonly said: Said;
  readonly author: PersonId;
}

/** What is not sealed yet stands behind all that is. */
const unsealed = (session: Session, all: readonly Held[], words: readonly string[]) =>
  all
    .flatMap((held) =>
      (session.outbox.get(held.state.group) ?? [])
        .filter((entry) => entry.time === undefined && !changeOf(entry))
        .filter((entry) =>
          holdsAll(words, textsOf(session, held, { said: entrySaid(session, held, entry), author: session.person })),
        )
        .map((entry) => shownEntry(session, held, entry)),
    )
    .sort((a, b) => b.sentAt - a.sentAt);

const groupsOf = (session: Session, caucus: GroupId | undefined): readonly Held[] =>
  caucus === undefined
    ? [...session.groups.values()].filter(({ state }) => !isOwnGroup(session, state.group))
    : [knownGroup(session, caucus)];

/** See `MessengerApi.search`. */
export const search = async (session: Session, sought: string, options: SearchOptions): Promise<SearchAnswer> => {
  const words = soughtWords(sought);
  if (words.length === 0) throw usage("no-words", "there is nothing to look for: give a word");
  const { caucus, before } = options;
  const limit = Math.min(Math.max(options.limit ?? MAX_HITS, 1), MAX_HITS);
  const groups = groupsOf(session, caucus);
  const lines = before ? [] : unsealed(session, groups, words).slice(0, limit);
  let looked = 0;
  for await (const { held, place, line } of merged(groups.map((one) => backwards(session, one, before)))) {
    looked += 1;
    await session.options.pause?.();
    const worded = line && (await wordedNow(session, held, line));
    if (worded && holdsAll(words, textsOf(session, held, saidIn(session, held, worded))))
      lines.push(shownLine(session, held, worded));
    if (lines.length >= limit || looked >= MAX_LOOKED) return { lines, looked, next: place };
  }
  return { lines, looked };
};
