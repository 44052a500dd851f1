/** Hands a file to the reader's own downloads folder. It is never opened here: what it claims to be is the sender's word. */
import type { MessageView } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";
import { plainFileName } from "./text.ts";

/** Reads the whole file, verified, and offers it under its name. Rejects as `readFile` does. */
export const save = async (api: Pick<RemoteApi, "readFile">, line: MessageView): Promise<void> => {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of api.readFile(line.caucus, line.message)) parts.push(new Uint8Array(part));
  offer(new Blob(parts, { type: "application/octet-stream" }), plainFileName(line.file?.name ?? "") || "file");
};

/** Lets the browser save a blob under a name. */
export const offer = (blob: Blob, name: string): void => {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its own hold of the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
};
