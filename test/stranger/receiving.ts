/** A chain of somebody else's, SPEC.md §6 (Receiving). */
import {
  chainKeys,
  controlContext,
  messageContext,
  messageSigned,
  metaSigned,
  MESSAGES,
  type ChainKeys,
} from "./chain.ts";
import { refuse } from "./cbor.ts";
import { verify } from "./crypto.ts";
import type { Distribution, Head } from "./distribution.ts";
import { openMail, type Outside } from "./envelope.ts";
import { control, message, messageId, signedBody, type Control, type Message } from "./frames.ts";
import type { Mailbox } from "./mailbox.ts";
import { parse } from "./shapes.ts";

type Bytes = Uint8Array;

const AHEAD = 33;

/** What a chain says. */
export interface Hearing {
  readonly onMessage: (said: Message & { readonly id: string }, head: Head) => void;
  readonly onControl: (said: Control, head: Head) => void;
}

export class ReceivedChain {
  readonly head: Head;
  readonly #keys: ChainKeys;
  readonly #mailbox: Mailbox;
  readonly #hearing: Hearing;
  readonly #indices = new Set<number>();
  #metaExpected = 0;

  constructor(from: Distribution, secret: Bytes, about: Hearing & { readonly mailbox: Mailbox }) {
    this.head = from.head;
    this.#keys = chainKeys(secret, from.hash);
    this.#mailbox = about.mailbox;
    this.#hearing = about;
  }

  /** Messages without a gap from the start. */
  get got(): number {
    let got = 0;
    while (this.#indices.has(got)) got++;
    return got;
  }

  /** Begins to look for its mail. */
  listen(): void {
    for (let index = 0; index < MESSAGES; index++) {
      this.#mailbox.expect(this.#keys.message(index).tag, (frame, outside) => this.#message(index, frame, outside));
    }
    this.#expectMeta(AHEAD);
  }

  #expectMeta(below: number): void {
    while (this.#metaExpected < below) {
      const number = this.#metaExpected++;
      this.#mailbox.expect(this.#keys.meta(number).tag, (frame, outside) => this.#meta(number, frame, outside));
    }
  }

  #message(index: number, frame: Bytes, { slot, tag }: Outside): void {
    const plaintext = openMail(frame, this.#keys.message(index).key, messageContext(this.#keys.hash, index));
    const { body, signature } = parse(signedBody, plaintext);
    if (!verify(this.head.signer, signature, ...messageSigned(this.#keys.hash, { slot, tag }, body)))
      refuse("not signed");
    const said = parse(message, body, 64_096);
    if (said.index !== index || said.parents.some(({ time }) => time >= said.time)) refuse("no message");
    this.#indices.add(index);
    this.#hearing.onMessage({ ...said, id: messageId(this.head.sender, said) }, this.head);
  }

  #meta(number: number, frame: Bytes, { slot }: Outside): void {
    const { body, signature } = parse(signedBody, openMail(frame, this.#keys.meta(number).key, controlContext));
    if (!verify(this.head.signer, signature, ...metaSigned(this.#keys.hash, { slot, number }, body)))
      refuse("not signed");
    const said = parse(control, body);
    this.#expectMeta(number + AHEAD);
    this.#hearing.onControl(said, this.head);
  }
}
