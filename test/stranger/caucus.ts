/** A caucus that the stranger is in: what it hears, SPEC.md §5 to §9. What it says is in `voice.ts`. */
import { Refused, refuse } from "./cbor.ts";
import { controlContext } from "./chain.ts";
import { same, type KeyAndTag } from "./crypto.ts";
import { distributionHash, findOwn, openOps, openOwn, readDistribution, readHead } from "./distribution.ts";
import type { Boxed, Distribution, Head, Recipient } from "./distribution.ts";
import { openMail } from "./envelope.ts";
import { content, control, signedBody, type Content, type Control, type Message } from "./frames.ts";
import { History } from "./history.ts";
import { attest, pairOf, type Pair, type Prekey } from "./identity.ts";
import type { Mailbox } from "./mailbox.ts";
import { readOperation } from "./operations.ts";
import { ReceivedChain } from "./receiving.ts";
import type { Host, Self } from "./self.ts";
import { parse } from "./shapes.ts";
import { counts, type Seat } from "./view.ts";
import { Whisper } from "./whisper.ts";

type Bytes = Uint8Array;

const HOUR = 3_600_000;
const RETAIN = 80 * HOUR;
const AHEAD = 9 * HOUR;

/** Something that was said. */
export interface Said extends Pick<Message, "time" | "parents" | "index"> {
  readonly id: string;
  readonly author: string;
  readonly person: string;
  readonly chain: string;
  readonly content: Content;
}

/** Who the stranger is in a group. */
export interface Own {
  readonly host: Host;
  readonly self: Self;
  readonly mailbox: Mailbox;
  readonly group: string;
  /** Of its `GK`. */
  readonly seed: Bytes;
  readonly member: string;
}

export class Caucus {
  readonly own: Own;
  readonly history = new History();
  /** Chains of others, by their ids. */
  readonly chains = new Map<string, ReceivedChain>();
  /** Secret halves of one's own prekeys, by their numbers. */
  readonly prekeys = new Map<number, Bytes>();
  readonly attested = new Set<string>();
  /** Heads that others named. */
  readonly named = new Set<string>();
  /** Chains that somebody acknowledged, or that serve this device, and that it cannot open. */
  readonly lacking = new Set<string>();
  /** Who began a chain that was pointed at this device, and counts as not served by one's own. */
  readonly apart = new Set<string>();
  /** Distributions that were refused. */
  readonly forged: string[] = [];
  readonly #said = new Map<string, Said>();
  readonly #newest = new Map<string, Prekey>();
  readonly #whispers = new Map<string, Whisper>();
  #held: readonly Distribution[] = [];

  constructor(own: Own, operations: readonly Bytes[]) {
    this.own = own;
    this.learn(operations);
  }

  /** Whether this device has a seat. */
  get isIn(): boolean {
    return this.history.now.view.seats.has(this.own.member);
  }

  /** What was said and counts, in the order of §9. */
  get said(): readonly Said[] {
    const { gone } = this.history.now.view;
    const counting = [...this.#said.values()].filter((each) => counts(gone.get(each.author), each));
    return counting.toSorted((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  }

  /** Other seats of the view. */
  get others(): readonly Seat[] {
    return [...this.history.now.view.seats.values()].filter(({ member }) => member !== this.own.member);
  }

  learn(operations: readonly Bytes[]): void {
    for (const bytes of operations) {
      ignoring(() => {
        const op = readOperation(bytes);
        if (op.group === this.own.group) this.history.add(op);
      });
    }
    this.refresh();
  }

  /** Looks for what may come now. */
  refresh(): void {
    const held = this.#held;
    this.#held = [];
    for (const each of held) ignoring(() => this.#open(each));
    for (const { member } of this.others) {
      const whisper = this.whisperTo(member);
      for (const each of whisper.expected(this.own.host.now())) {
        this.own.mailbox.expect(each.tag, (frame) => {
          const said = parse(control, openMail(frame, each.key, controlContext));
          whisper.heard(each.number);
          this.#hear(said, member, "pair");
        });
      }
    }
  }

  pairWith(member: string): Pair {
    const { card } = this.history.now.view.ever.get(member) ?? refuse("nobody");
    return this.pairTo(card.agreement);
  }

  pairTo(agreement: Bytes): Pair {
    const { self } = this.own;
    return pairOf(self.agreement, self.card.agreement, agreement);
  }

  whisperTo(member: string): Whisper {
    const { group, self } = this.own;
    const known = this.#whispers.get(member);
    if (known !== undefined) return known;
    const other = this.history.now.view.ever.get(member)!.card.agreement;
    const made = new Whisper({ pair: this.pairWith(member), group, own: self.card.agreement, other });
    this.#whispers.set(member, made);
    return made;
  }

  prekeyOf({ member, prekey }: Seat): Prekey {
    const heard = this.#newest.get(member);
    return heard !== undefined && heard.number > prekey.number ? heard : prekey;
  }

  /** Remembers what was said, by whomever. */
  keep(said: Said): void {
    if (!this.#said.has(said.id)) this.#said.set(said.id, said);
  }

  #hear(said: Control, from: string, way: "meta" | "pair"): void {
    const isIn = this.history.now.view.seats.has(from);
    if (said.kind === "ops") this.learn(said.ops);
    else if (said.kind === "pointer" && way === "pair") this.#follow({ tag: said.tag, key: said.key });
    else if (said.kind === "distribution" || said.kind === "successor") this.#begin(said, from);
    else if (said.kind === "prekey" && isIn) this.#note(from, said.prekey);
    else if (said.kind === "acks" && isIn) {
      for (const head of said.heads) if (!this.history.operations.has(head)) this.named.add(head);
      for (const { chain } of said.acks) if (!this.chains.has(chain)) this.lacking.add(chain);
    } else if (said.kind === "box" && way === "pair") {
      const head = readHead(said.head);
      this.#open({ head, headBytes: said.head, hash: distributionHash(said.head), boxes: [said.box] });
    }
  }

  #follow(pointer: KeyAndTag): void {
    this.own.mailbox.expect(pointer.tag, (frame) => {
      const { body } = parse(signedBody, openMail(frame, pointer.key, controlContext));
      const said = parse(control, body);
      if (said.kind !== "distribution" && said.kind !== "successor") return refuse("a pointer to something else");
      const sender = this.#begin(said);
      if (sender !== undefined) this.apart.add(sender);
    });
  }

  /** Takes a distribution with its operations, `from` whom alone it may be; gives the sender, if its chain was opened. */
  #begin(said: Extract<Control, { kind: "distribution" | "successor" }>, from?: string): string | undefined {
    const read = readDistribution(said.distribution);
    if (from !== undefined && read.head.sender !== from) return refuse("another's chain");
    if (said.kind === "distribution") this.learn(said.ops);
    else ignoring(() => this.learn(this.#beside(read, said)));
    return this.#open(read) ? read.head.sender : undefined;
  }

  /** Operations that are sealed to a chain, by its head alone. */
  #beside(read: Distribution, { nonce, ops }: Extract<Control, { kind: "successor" }>): readonly Bytes[] {
    const { head, hash } = read;
    const { group, member } = this.own;
    const isHeld = this.#held.some((held) => same(held.hash, hash));
    if (head.group !== group || isHeld || head.heads.every((id) => this.history.operations.has(id))) return [];
    const { seats, gone } = this.history.now.view;
    if (!seats.has(head.sender) && !gone.has(head.sender)) return [];
    const recipient: Recipient = { key: member, pair: this.pairWith(head.sender) };
    const box = findOwn(read, recipient) ?? refuse("not for this device");
    const { secret, attestation } = openOwn(head, box, { recipient, prekeys: this.prekeys });
    const claim = { group, member: head.sender, person: this.history.now.view.ever.get(head.sender)!.person };
    if (!same(attestation, attest(recipient.pair, claim))) refuse("somebody else's box");
    return openOps({ secret, hash, nonce }, ops);
  }

  #note(member: string, prekey: Prekey): void {
    const known = this.#newest.get(member);
    if (known === undefined || known.number < prekey.number) this.#newest.set(member, prekey);
  }

  /** Opens a chain, in the order of §5. */
  #open(distribution: Distribution): boolean {
    const { head } = distribution;
    const { member, group, host, mailbox } = this.own;
    if (head.group !== group || head.sender === member || this.chains.has(head.chain)) return false;
    const gone = this.history.now.view.gone.get(head.sender);
    if (gone !== undefined && !gone.cut.has(head.chain)) return false;
    const age = host.now() - head.startedAt;
    if (age >= RETAIN || age <= -AHEAD) return false;
    const resolved = this.history.at(head.heads);
    if (resolved === undefined) {
      for (const each of head.heads) this.named.add(each);
      this.#held = [...this.#held, distribution];
      return false;
    }
    const { view, id, heads } = resolved;
    if (id !== head.view || heads.length !== head.heads.length || !view.seats.has(head.sender))
      return this.#isForged(head.chain);
    this.#note(head.sender, head.prekey);
    const cards = view.openCards().filter(({ device }) => !view.hasDevice(device));
    const served = view.seats.size - 1 + new Set(cards.map(({ device }) => device)).size;
    if (head.served !== served) return this.#isForged(head.chain);
    const recipient: Recipient = { key: member, pair: this.pairWith(head.sender) };
    const box = findOwn(distribution, recipient);
    const opened = box && this.#unbox(head, box, recipient);
    if (opened === undefined) {
      if (view.seats.has(member)) this.lacking.add(head.chain);
      return false;
    }
    const claim = { group, member: head.sender, person: view.personOf(head.sender)! };
    if (!same(opened.attestation, attest(recipient.pair, claim))) return this.#isForged(head.chain);
    this.attested.add(head.sender);
    this.lacking.delete(head.chain);
    const chain = new ReceivedChain(distribution, opened.secret, {
      mailbox,
      onMessage: ({ id: message, content: bytes, ...rest }) =>
        this.keep({
          ...rest,
          id: message,
          author: head.sender,
          person: claim.person,
          chain: head.chain,
          content: parse(content, bytes),
        }),
      onControl: (said) => this.#hear(said, head.sender, "meta"),
    });
    this.chains.set(head.chain, chain);
    chain.listen();
    return true;
  }

  #unbox(head: Head, box: Bytes, recipient: Recipient): Boxed | undefined {
    let opened: Boxed | undefined;
    ignoring(() => (opened = openOwn(head, box, { recipient, prekeys: this.prekeys })));
    return opened;
  }

  #isForged(chain: string): false {
    this.forged.push(chain);
    return false;
  }
}

const ignoring = (act: () => void): void => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
};
