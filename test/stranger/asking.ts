/** Coming in by a code, or by one's card, SPEC.md §11. */
import { refuse } from "./cbor.ts";
import { answered, answerKey, hailContext, hailed, hailKey, inviteKeys, readInvite, welcome } from "./codes.ts";
import { label, same, sign, signingKey } from "./crypto.ts";
import { openFirst, openMail, sealMail, slotAt } from "./envelope.ts";
import { History } from "./history.ts";
import { openBox } from "./hpke.ts";
import { attest, joinProof, pairOf } from "./identity.ts";
import { Mailbox } from "./mailbox.ts";
import { newPrekey, type Host, type Self } from "./self.ts";
import { format, hex, parse, type Of } from "./shapes.ts";
import { Voice } from "./voice.ts";

type Bytes = Uint8Array;
type Part = Of<typeof welcome>;

/** How one comes in: the group, one's seat to be, and the invite's secret key. */
interface Way {
  readonly group: string;
  readonly seed: Bytes;
  readonly inviteSeed: Bytes;
  /** The code's, if it is one. */
  readonly hail?: Bytes;
}

/** A device of the stranger's implementation, with all groups that it is in. */
export class Stranger {
  readonly self: Self;
  readonly host: Host;
  readonly mailbox: Mailbox;
  readonly caucuses = new Map<string, Voice>();
  /** What became of asking: said by whoever holds the code. */
  readonly answers: string[] = [];
  readonly #parts = new Map<string, Part[]>();

  constructor(host: Host, self: Self) {
    this.self = self;
    this.host = {
      ...host,
      publish: (frame) => {
        this.mailbox.receive(frame);
        host.publish(frame);
      },
    };
    this.mailbox = new Mailbox(host.now, (frame) => {
      this.#collect(parse(welcome, openFirst(frame, self.prekeySecret)));
    });
  }

  receive(frame: Bytes): void {
    this.mailbox.receive(frame);
  }

  /** A slot of one's own clock. */
  tick(): void {
    for (const caucus of this.caucuses.values()) caucus.tick();
  }

  /** Follows a code: asks to come in, and comes in when somebody answers. */
  ask(code: string): void {
    const { secret, group } = readInvite(code);
    const { seed: inviteSeed, hail } = inviteKeys(secret);
    const seed = this.host.random(32);
    const member = hex(signingKey(seed));
    const way = { group, seed, inviteSeed, hail };
    this.#expectAnswer(way, member);
    const proof = sign(inviteSeed, joinProof(group, member, this.self.card.person));
    this.#hail(
      hail,
      format(hailed, { kind: "ask", card: this.self.card.bytes, member, proof }),
      this.host.random(1)[0]! % 32,
    );
  }

  #hail(hail: Bytes, plaintext: Bytes, i: number): void {
    const mail = { context: hailContext, slot: slotAt(this.host.now()), nonce: this.host.random(24), plaintext };
    this.host.publish(sealMail(hailKey(hail, i), mail));
  }

  #expectAnswer(way: Way & { readonly hail: Bytes }, member: string): void {
    const under = answerKey(way.hail, member);
    this.mailbox.expect(under.tag, (frame) => {
      const said = parse(answered, openMail(frame, under.key, hailContext));
      this.answers.push(said.kind);
      if (said.kind === "welcome") {
        if (said.prekey !== this.self.card.prekey.number) refuse("a prekey that is gone");
        const info = label("answer box");
        const part = parse(welcome, openBox({ secret: this.self.prekeySecret, info, box: said.box }));
        if (part.group !== way.group) refuse("a welcome to another group");
        this.#collect(part, way);
      }
      if (!this.caucuses.has(way.group)) refuse("not all of the answer");
    });
  }

  /** Puts the parts of a welcome together, and comes in when it is whole. */
  #collect(part: Part, asked?: Way): void {
    const key = `${part.group} ${part.from} ${part.invite} ${String(part.parts)}`;
    const parts = [...(this.#parts.get(key) ?? []).filter((each) => each.part !== part.part), part];
    this.#parts.set(key, parts);
    if (parts.length < part.parts || this.caucuses.has(part.group)) return;
    const operations = parts.toSorted((a, b) => a.part - b.part).flatMap(({ ops }) => ops);
    this.#check(part, operations);
    const inviteSeed = asked?.inviteSeed ?? part.secret ?? refuse("no key of the invite");
    this.#comeIn(asked ?? { group: part.group, seed: this.host.random(32), inviteSeed }, operations, part.invite);
  }

  #check({ group, from, attestation }: Part, operations: readonly Bytes[]): void {
    const { view } = new History(operations).now;
    const seat = view.seats.get(from) ?? refuse("a welcome by nobody");
    const pair = pairOf(this.self.agreement, this.self.card.agreement, seat.card.agreement);
    if (!same(attestation, attest(pair, { group, member: from, person: seat.person }))) refuse("a welcome by another");
  }

  #comeIn({ group, seed, inviteSeed, hail }: Way, operations: readonly Bytes[], invite: string): void {
    const { self, host, mailbox } = this;
    const { secret, prekey } = newPrekey(host, 1);
    const voice = new Voice({ host, self, mailbox, group, seed }, operations, { number: 1, secret });
    const proof = sign(inviteSeed, joinProof(group, voice.own.member, self.card.person));
    const join = voice.sign({ kind: "join", invite, card: self.card.bytes, prekey, proof });
    if (!voice.isIn) refuse("a JOIN that is not permitted");
    this.caucuses.set(group, voice);
    if (hail !== undefined) this.#hail(hail, format(hailed, { kind: "joined", ops: [join] }), 0);
    voice.begin();
  }
}
