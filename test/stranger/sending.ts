/** A chain of one's own, SPEC.md §5 and §6. */
import {
  chainKeys,
  controlContext,
  messageContext,
  messageSigned,
  metaSigned,
  MESSAGES,
  type ChainKeys,
} from "./chain.ts";
import { sign, signingKey, type KeyAndTag } from "./crypto.ts";
import {
  chainId,
  commitment,
  distributionHash,
  makeBox,
  makeDistribution,
  readDistribution,
  sealOps,
} from "./distribution.ts";
import type { Head, Recipient } from "./distribution.ts";
import { sealMail, slotAt } from "./envelope.ts";
import { control, message, signedBody, type Control, type Message } from "./frames.ts";
import type { Resolved } from "./history.ts";
import type { Prekey } from "./identity.ts";
import type { Host } from "./self.ts";
import { format } from "./shapes.ts";

type Bytes = Uint8Array;

/** What a distribution is signed as that goes under no number of its chain. */
const UNNUMBERED = 2 ** 32 - 1;

/** What a chain is begun with: for whom, by whom, in which view. */
export interface Beginning {
  readonly resolved: Resolved;
  readonly group: string;
  readonly member: string;
  readonly person: string;
  readonly seed: Bytes;
  readonly prekey: Prekey;
  readonly before: SendingChain | undefined;
  readonly recipients: readonly (Recipient & { readonly prekey: Prekey })[];
}

export class SendingChain {
  readonly head: Head;
  readonly distribution: Bytes;
  /** The keys that it serves. */
  readonly served: ReadonlySet<string>;
  readonly #host: Host;
  readonly #signer: Bytes;
  readonly #secret: Bytes;
  readonly #keys: ChainKeys;
  readonly #slot: number;
  #index = 0;
  #meta = 0;

  constructor(host: Host, beginning: Beginning) {
    const { resolved, group, member, person, seed, prekey, before, recipients } = beginning;
    this.#host = host;
    this.#signer = host.random(32);
    this.#slot = slotAt(host.now());
    const [signer, secret] = [signingKey(this.#signer), host.random(32)];
    this.#secret = secret;
    const place = { group, view: resolved.id, chain: chainId(group, member, signer), sender: member };
    const boxes = recipients.map((recipient) => {
      const boxing = { recipient, prekey: recipient.prekey, person, random: host.random(32) };
      return makeBox(place, secret, boxing);
    });
    const commit = commitment(group, place.chain, secret);
    const close = before === undefined ? null : { chain: before.head.chain, count: before.count };
    const about = { ...place, heads: resolved.heads, signer, commit, prekey, close, startedAt: host.now() };
    this.distribution = makeDistribution(about, boxes, seed);
    const { head, headBytes } = readDistribution(this.distribution);
    this.head = head;
    this.served = new Set(recipients.map(({ key }) => key));
    this.#keys = chainKeys(secret, distributionHash(headBytes));
  }

  /** What the chain before says of this one, with operations for those whom this one serves. */
  announced(ops: readonly Bytes[]): Control {
    const nonce = this.#host.random(24);
    const sealed = sealOps({ secret: this.#secret, hash: this.#keys.hash, nonce }, ops);
    return { kind: "successor", distribution: this.distribution, nonce, ops: sealed };
  }

  /** How many messages it has. */
  get count(): number {
    return this.#index;
  }

  /** Key and tag of the control frame that it says next. */
  get nextMeta(): KeyAndTag {
    return this.#keys.meta(this.#meta);
  }

  /** Whether it is of no use any more for what is said in that view. */
  isStale(view: string): boolean {
    return this.head.view !== view || this.#slot !== slotAt(this.#host.now()) || this.#index >= MESSAGES;
  }

  /** The frame of a message; its index is the chain's next. */
  sealMessage(said: Omit<Message, "index">): Bytes {
    const index = this.#index++;
    const place = this.#keys.message(index);
    const body = format(message, { index, ...said });
    const signature = sign(this.#signer, ...messageSigned(this.#keys.hash, { slot: this.#slot, tag: place.tag }, body));
    const plaintext = format(signedBody, { body, signature });
    const context = messageContext(this.#keys.hash, index);
    return sealMail(place, { context, slot: this.#slot, nonce: this.#host.random(24), plaintext });
  }

  /** The frame of something that is told to all that it serves. */
  sealControl(said: Control): Bytes {
    const number = this.#meta++;
    return this.#seal(said, { number, under: this.#keys.meta(number) });
  }

  /** The frame of its own distribution, for a chain that has none before it. */
  sealPointed(said: Control, under: KeyAndTag): Bytes {
    return this.#seal(said, { number: UNNUMBERED, under });
  }

  #seal(said: Control, { number, under }: { number: number; under: KeyAndTag }): Bytes {
    const body = format(control, said);
    const slot = slotAt(this.#host.now());
    const signature = sign(this.#signer, ...metaSigned(this.#keys.hash, { slot, number }, body));
    const plaintext = format(signedBody, { body, signature });
    return sealMail(under, { context: controlContext, slot, nonce: this.#host.random(24), plaintext });
  }
}
