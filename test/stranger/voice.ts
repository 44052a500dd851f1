/** What the stranger says in a caucus, SPEC.md §6 and §9. */
import { signingKey } from "./crypto.ts";
import { Caucus, type Own } from "./caucus.ts";
import { content, messageId, type Content, type Control } from "./frames.ts";
import { operation, type Body } from "./operations.ts";
import { newPrekey } from "./self.ts";
import { SendingChain } from "./sending.ts";
import { format, hex } from "./shapes.ts";
import { refuse } from "./cbor.ts";

type Bytes = Uint8Array;

const DAY = 86_400_000;
const FORGOTTEN = 3 * DAY;

/** Somebody's part in a group: says and hears. */
export class Voice extends Caucus {
  #chain: SendingChain | undefined;
  /** What the chain before did not rest on is said with the next. */
  #told = new Set<string>();
  #acked = "";
  #prekeys: number;

  constructor(own: Omit<Own, "member">, operations: readonly Bytes[], prekey: { number: number; secret: Bytes }) {
    super({ ...own, member: hex(signingKey(own.seed)) }, operations);
    this.prekeys.set(prekey.number, prekey.secret);
    this.#prekeys = prekey.number;
  }

  /** Signs an operation on all that is known, and gives its bytes. */
  sign(body: Body): Bytes {
    const { host, group, member, seed } = this.own;
    const { heads } = this.history.now;
    const seq = [...this.history.operations.values()].filter(({ author }) => author === member).length;
    const bytes = operation.write({ group, parents: heads, author: member, seq, at: host.now(), body }, seed);
    this.learn([bytes]);
    return bytes;
  }

  /** Begins a chain, if there is none for the view. */
  begin(): void {
    this.#current();
  }

  /** Says a message, under a chain that serves the view. */
  say(said: Content): string {
    const { host, member, self } = this.own;
    const chain = this.#current();
    const now = host.now();
    const parents = this.#tips(now);
    const time = Math.max(now, ...parents.map((parent) => parent.time + 1));
    const body = {
      nonce: host.random(16),
      time,
      parents,
      acks: this.#acks(),
      content: format(content, said),
      lasts: null,
    };
    const id = messageId(member, body);
    const place = { chain: chain.head.chain, index: chain.count };
    host.publish(chain.sealMessage(body));
    this.keep({ ...place, id, author: member, person: self.card.person, time, parents, content: said });
    return id;
  }

  /** Says to all whom one's chain serves. */
  tell(said: Control): void {
    this.own.host.publish(this.#current().sealControl(said));
  }

  /** Has everybody begin a new chain; one's own tells them so. */
  rekey(): void {
    this.sign({ kind: "rekey" });
    this.#current();
  }

  /** Takes the leave of the group: those of the view before are told. */
  leave(): void {
    const chain = this.#current();
    const bytes = this.sign({ kind: "leave", cut: [{ chain: chain.head.chain, count: chain.count }] });
    this.own.host.publish(chain.sealControl({ kind: "ops", ops: [bytes] }));
  }

  /** A slot of one's own clock: says what is due, and looks for the day's pair frames. */
  tick(): void {
    this.refresh();
    if (!this.isIn) return;
    const missing = [...this.named].some((head) => !this.history.operations.has(head));
    if (missing || this.history.missing.length > 0 || this.lacking.size > 0) {
      this.tell({ kind: "want", heads: this.history.now.heads, chains: [...this.lacking].slice(0, 32) });
    }
    const acks = this.#acks();
    if (JSON.stringify(acks) === this.#acked) return;
    this.#acked = JSON.stringify(acks);
    this.tell({ kind: "acks", acks, heads: this.history.now.heads });
  }

  #acks() {
    return [...this.chains.values()].map(({ head, got }) => ({ chain: head.chain, got, read: got })).slice(-64);
  }

  /** The newest that nothing else names, and that are not too far ahead. */
  #tips(now: number) {
    const { said } = this;
    const named = new Set(said.flatMap(({ parents }) => parents.map(({ message }) => message)));
    const tips = said.filter(({ id, time }) => !named.has(id) && time < now + DAY);
    return tips.slice(-4).map(({ id, time }) => ({ message: id, time }));
  }

  /** The chain that serves the view; begins it where there is none. */
  #current(): SendingChain {
    const { host, group, member, seed, self } = this.own;
    const resolved = this.history.now;
    if (!this.isIn) refuse("not in any more");
    const ended = this.#chain === undefined || [...this.apart].some((each) => this.#chain!.served.has(each));
    if (!ended && !this.#chain!.isStale(resolved.id)) return this.#chain!;
    const usable = this.#chain !== undefined && host.now() - this.#chain.head.startedAt < FORGOTTEN;
    const before = usable ? this.#chain : undefined;
    const { secret, prekey } = newPrekey(host, ++this.#prekeys);
    this.prekeys.set(prekey.number, secret);
    const seats = this.others.map((seat) => ({
      key: seat.member,
      pair: this.pairWith(seat.member),
      prekey: this.prekeyOf(seat),
    }));
    const cards = resolved.view.openCards().filter(({ device }) => !resolved.view.hasDevice(device));
    const invited = [...new Map(cards.map((card) => [card.device, card])).values()].map((card) => ({
      key: card.device,
      pair: this.pairTo(card.agreement),
      prekey: card.prekey,
    }));
    const chain = new SendingChain(host, {
      resolved,
      group,
      member,
      person: self.card.person,
      seed,
      prekey,
      before: this.#chain,
      recipients: [...seats, ...invited],
    });
    const unserved = this.others.filter(
      (seat) => before?.served.has(seat.member) !== true || this.apart.has(seat.member),
    );
    this.#publish(
      chain,
      before,
      unserved.map((seat) => seat.member),
    );
    this.apart.clear();
    this.#chain = chain;
    return chain;
  }

  /** The distribution on the chain before, with pointers to whom that did not serve. */
  #publish(chain: SendingChain, before: SendingChain | undefined, unserved: readonly string[]): void {
    const { host } = this.own;
    const untold = this.history.ordered(this.history.operations.values()).filter(({ id }) => !this.#told.has(id));
    this.#told = new Set(this.history.operations.keys());
    const ops = untold.map(({ bytes }) => bytes);
    const under = before?.nextMeta ?? { key: host.random(32), tag: host.random(16) };
    const { distribution } = chain;
    host.publish(
      before === undefined
        ? chain.sealPointed({ kind: "distribution", distribution, ops }, under)
        : before.sealControl(chain.announced(ops)),
    );
    for (const member of unserved) host.publish(this.whisperTo(member).seal(host, { kind: "pointer", ...under }));
  }
}
