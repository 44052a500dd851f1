/** Files that simulated people send: their bytes from a name, in pieces of odd sizes, and what became of them. */
import type { NewFile } from "../../src/messenger/api.ts";
import type { FileState, GroupId, MessageId, Transfer } from "../../src/types.ts";
import type { SimPerson } from "./simPerson.ts";
import { SimRandom } from "./simRandom.ts";

/** The bytes of the file of that name. */
export const bytesOf = (name: string, size: number): Uint8Array => {
  const block = new SimRandom(name).bytes(997);
  return Uint8Array.from({ length: size }, (_, at) => (block[at % 997] ?? 0) ^ (at >>> 12));
};

/** A picture's thumbnail, base64. */
export const THUMBNAIL = Buffer.from(bytesOf("thumbnail", 5000)).toString("base64");

/** A file to send, whose source comes in pieces of `piece` bytes. */
export const fileOf = (name: string, size: number, more: Partial<NewFile> = {}, piece = 50_001): NewFile => ({
  name,
  type: "application/octet-stream",
  size,
  bytes: (async function* () {
    const all = bytesOf(name, size);
    for (let at = 0; at < size; at += piece) yield all.subarray(at, at + piece);
  })(),
  ...more,
});

/** How it stands with them. */
export const stateOf = async (who: SimPerson, caucus: GroupId, message: MessageId): Promise<FileState | undefined> =>
  (await who.does(who.messenger.message(caucus, message)))?.file?.state;

/** The whole file as they read it. */
export const contentOf = async (who: SimPerson, caucus: GroupId, message: MessageId): Promise<Uint8Array> =>
  new Uint8Array(Buffer.concat(await who.does(Array.fromAsync(who.messenger.readFile(caucus, message)))));

/** What they are told of a file from now on. */
export const watch = (who: SimPerson, message: MessageId): Transfer[] => {
  const told: Transfer[] = [];
  who.messenger.on("transfer", (one) => {
    if (one.message === message) told.push(one);
  });
  return told;
};
