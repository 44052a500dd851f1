/**
 * A bot in a caucus: it joins by an invite code, throws a die, and counts who supports what.
 *
 *     node examples/02-caucus-bot.ts --data ./bot CODE      the code is what `couloir invite CAUCUS` prints
 *     node examples/02-caucus-bot.ts --data ./bot           later: it is a member already
 *
 * In the caucus: `!roll`, `!support THE SECOND READING`, `!tally`. The bot is a member like any other: it reads all that
 * is written, so tell the others, and it cannot be in a caucus that did not let it in.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import type { GroupId, MessageView } from "../src/index.ts";
import { openMessenger } from "../src/node.ts";

const { values, positionals } = parseArgs({
  options: { data: { type: "string", default: "./bot" }, venue: { type: "string", default: "couloir" } },
  allowPositionals: true,
});

const { messenger, close } = await openMessenger({
  folder: values.data,
  venue: values.venue,
  name: "Bot",
  // Only the code that its owner gives brings it in; invitations of others stay unanswered.
  ask: true,
});

/** The history is the bot's only memory, so a restart loses nothing. A person counts once. */
const tally = async (caucus: GroupId): Promise<string> => {
  const supporters = new Map<string, Set<string>>();
  for await (const { text, sender } of messenger.history(caucus)) {
    const [, what] = /^!support\s+(.+)/iu.exec(text) ?? [];
    if (what === undefined) continue;
    const key = what.trim().toLowerCase();
    supporters.set(key, (supporters.get(key) ?? new Set()).add(sender));
  }
  const lines = [...supporters].map(([what, who]) => `${what}: ${who.size}`);
  return lines.length === 0 ? "Nobody has supported anything yet." : lines.join("\n");
};

const answer = async ({ text, caucus, message }: MessageView): Promise<void> => {
  const [command] = text.trim().toLowerCase().split(/\s+/u, 1);
  if (command === "!roll") await messenger.send(caucus, `You rolled ${randomInt(1, 7)}.`, { reply: message });
  if (command === "!support" || command === "!tally")
    await messenger.send(caucus, await tally(caucus), { reply: message });
};

messenger.on("message", (line) => {
  // Its own lines come by as well.
  if (line.sender === messenger.person || line.kind !== "text") return;
  answer(line).catch((error: unknown) => console.error(String(error)));
});

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());

const [code] = positionals;
if (code !== undefined) {
  const { state } = await messenger.join(code, 60_000);
  console.log(state === "joined" ? "The bot has joined." : "The bot waits for a member to let it in.");
}
console.log("Ctrl-C ends it.");
