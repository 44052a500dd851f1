/**
 * Sends a file by the local API of a daemon, with all that a page can say of one: runs inside a node's namespace. Takes the
 * data folder, the caucus, the path, and JSON of what is said of it besides; a line of JSON is the message.
 */
import { connect, type FileHead } from "../../src/daemon/client.ts";
import { fileAt, photoAt } from "../../src/daemon/commands/fileCommands.ts";
import type { GroupId, Voice } from "../../src/types.ts";

/** What the command line does not say of a file. */
export interface SaidOfFile {
  /** It is a photo, which goes cleaned and with a thumbnail. */
  readonly photo?: boolean;
  readonly text?: string;
  readonly together?: string;
  readonly voice?: Voice;
  readonly once?: boolean;
}

const [folder = "", caucus = "", path = "", said = "{}"] = process.argv.slice(2);
const { photo = false, ...more } = JSON.parse(said) as SaidOfFile;
const { head, bytes } = await (photo ? photoAt(path) : fileAt(path));
const whole: FileHead & SaidOfFile = {
  ...head,
  ...more,
  ...(more.once && head.picture && { picture: { ...head.picture, thumbnail: "" } }),
};
const line = await (await connect(folder)).sendFile(caucus as GroupId, whole, bytes);
process.stdout.write(`${JSON.stringify(line)}\n`);
