/**
 * Somebody who writes and sends `hostileThings.ts`. Told a folder, it opens a caucus and prints a code for two; it says
 * all when it reads a line, and prints another when that is done. It stays to give its files to whoever asks.
 */
import { once } from "node:events";
import { openMessenger } from "../../src/node.ts";
import { FILES, NAMES, TEXTS } from "./hostileThings.ts";

const [folder = ""] = process.argv.slice(2);
const { messenger } = await openMessenger({
  folder,
  name: NAMES.person.written,
  flag: "",
  delegation: NAMES.delegation.written,
});
const caucus = await messenger.createCaucus(NAMES.caucus.written);
const { code } = await messenger.invite(caucus, { uses: 2 });
process.stdout.write(`${JSON.stringify({ code, caucus })}\n`);
await once(process.stdin, "data");
for (const { bytes, name, type, picture } of FILES) {
  const pieces = (async function* () {
    yield bytes;
  })();
  await messenger.sendFile(caucus, { name, type, size: bytes.length, bytes: pieces, ...(picture && { picture }) });
}
for (const { written } of TEXTS) await messenger.send(caucus, written);
process.stdout.write(`${JSON.stringify({ sent: FILES.length + TEXTS.length })}\n`);
