/** Sending files: as they were chosen, or as the photo editor finished them. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { NewFile } from "../../src/messenger/api.ts";
import type { GroupId } from "../../src/types.ts";
import type { Backend } from "../peer/backend.ts";
import { bytesOf } from "./bytesOf.ts";
import type { Conversation } from "./conversation.ts";

/** What it needs of the controller. */
interface Desk {
  readonly backend: Backend;
  readonly conversation: ReadonlySignal<Conversation | undefined>;
  act<T>(action: () => Promise<T>): Promise<T | undefined>;
}

export class Files {
  readonly #desk: Desk;
  /** The picture that the editor works on, before it is sent. */
  readonly photo = signal<File | undefined>(undefined);
  #going = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Whether something would go with the page: a picture in the editor, or a file that is not saved as a message yet. */
  get unsaved(): boolean {
    return this.photo.peek() !== undefined || this.#going > 0;
  }

  /** Sends a file into a caucus that may not be the open one. Whether that went well. */
  async send(caucus: GroupId, file: NewFile): Promise<boolean> {
    const open = this.#desk.conversation.peek();
    this.#going += 1;
    const done = await this.#desk.act(async () => {
      if (open?.caucus === caucus) await open.sendFile(file);
      else await this.#desk.backend.api.sendFile(caucus, file);
      return true;
    });
    this.#going -= 1;
    return done ?? false;
  }

  /** Sends a file as the reader chose it. */
  sendBlob(caucus: GroupId, file: File): Promise<boolean> {
    const type = file.type || "application/octet-stream";
    return this.send(caucus, { name: file.name, type, size: file.size, bytes: bytesOf(file) });
  }
}
