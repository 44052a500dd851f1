/** Invite codes: making one, asking to come in by one, and answering who asks. SPEC.md §11. */
import { CouloirError, refused } from "../errors.ts";
import type { Shape } from "../protocol/codec.ts";
import { hex, struct, text } from "../protocol/codec.ts";
import type { Hail, Welcome } from "../protocol/control.ts";
import { answers, hails, REFUSALS, welcomes } from "../protocol/control.ts";
import type { EnvelopeKey } from "../protocol/envelope.ts";
import { openEnvelope, sealEnvelope, slotFor } from "../protocol/envelope.ts";
import type { Seat } from "../protocol/group.ts";
import { act, isMember, newSeat } from "../protocol/group.ts";
import { answerKey, hailKeys, inviteKeys } from "../protocol/hail.ts";
import { openBox } from "../protocol/hpke.ts";
import type { SignedOp } from "../protocol/membership.ts";
import { proveJoin } from "../protocol/membership.ts";
import { label } from "../protocol/primitives.ts";
import { overtaken } from "../protocol/removal.ts";
import { put } from "../store/record.ts";
import type { GroupId, MemberId } from "../types.ts";
import type { Invite, InviteOptions, JoinResult } from "./api.ts";
import { NEVER } from "./api.ts";
import { keepCode } from "./codes.ts";
import { entrances } from "./entrances.ts";
import { grantFields } from "./grantOptions.ts";
import { hearAll } from "./hearing.ts";
import { enter } from "./invitations.ts";
import type { InviteCode } from "./inviteCode.ts";
import { readCode, writeCode } from "./inviteCode.ts";
import { freshChain } from "./chains.ts";
import type { Held } from "./parts.ts";
import { seatShape } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { Parts } from "./strangers.ts";

const HOUR = 3_600_000;
/** Authenticated in every frame under a hail, and in its answer. */
export const HAIL_CONTEXT = label("hail");
const ASK_EVERY = 3_000;
const ASK_SELDOM = 60_000;
const REFUSAL_GRACE = 1_500;

/** A request of this device to come in by a code. */
export interface Ask {
  readonly code: InviteCode;
  readonly seat: Seat;
  /** Told once, when it is decided. */
  readonly settle: ((result: JoinResult | CouloirError) => void)[];
  readonly parts: Parts;
}

interface AskRecord {
  readonly code: string;
  readonly seat: Seat;
}
const shape: Shape<AskRecord> = struct({ code: text(4096), seat: seatShape });
const askName = (member: MemberId): string => `ask ${member}`;
export const readAsk = (raw: unknown): Ask | undefined => {
  const read = shape.from(raw);
  return read && { code: readCode(read.code), seat: read.seat, settle: [], parts: new Parts() };
};

/** Makes an invite for whoever holds its code. */
export const makeInvite = async (
  step: Step,
  group: GroupId,
  options: InviteOptions & {
    /** Everybody in the venue will read it: it must not hold the venue's key. */
    readonly listed?: boolean;
  },
): Promise<Invite> => {
  const { session } = step;
  const secret = step.context.random(16);
  const keys = inviteKeys(secret);
  const { ttl = HOUR, uses = 1 } = options;
  const expires = ttl === "never" ? NEVER : Math.min(NEVER, step.now + ttl);
  const made = act(
    (step.held(group) as Held).state,
    {
      kind: "invite",
      key: keys.pair.public,
      hail: keys.hail,
      role: "member",
      uses,
      expires,
      approval: options.approval ?? false,
      ...grantFields(options),
    },
    step.now,
  );
  if (!made) throw refused("may-not-invite", "this caucus does not let you bring people in; ask an admin of it");
  step.hold(made.state);
  await freshChain(step, group);
  const { addresses: told, apart } = session.link.status();
  const addresses = entrances(told, apart);
  const { key } = session.door.known;
  const code = writeCode({
    secret,
    group,
    expires,
    venue: session.venue.name,
    buckets: session.venue.buckets.length,
    addresses,
    ...(key && options.listed !== true && { venueKey: key }),
  });
  await keepCode(step, made.op.id, { code, uses });
  return { code, expires, invite: made.op.id };
};

/** Begins to ask; `undefined` for who is in already. Throws at once for what no answer could help. */
export const ask = async (step: Step, code: InviteCode): Promise<Ask | undefined> => {
  const { session } = step;
  session.door.check({ name: code.venue, buckets: code.buckets });
  const held = step.held(code.group);
  if (held && isMember(held.state)) return undefined;
  if (code.expires < step.now) throw refused("invite-expired", "this invite has expired; ask for a new one");
  for (const open of session.asks.values()) if (hex(open.code.secret) === hex(code.secret)) return open;
  const made: Ask = { code, seat: newSeat(step.context.random), settle: [], parts: new Parts() };
  step.write(
    put({ space: "profile", name: askName(made.seat.member) }, shape.to({ code: writeCode(code), seat: made.seat })),
  );
  expectAnswer(session, made);
  if (code.venueKey) step.write(...session.door.take({ key: code.venueKey, hubs: [] }));
  step.after(() => {
    session.asks.set(made.seat.member, made);
    keepAsking(session, made.seat.member);
  });
  return made;
};

/** Waits for the answer's tag. */
export const expectAnswer = (session: Session, { code, seat }: Ask): void => {
  const at = answerKey(inviteKeys(code.secret).hail, seat.member);
  session.tags.set(`ask/${seat.member}`, [[at.tag, { kind: "answer", asked: seat.member, key: at.key }]]);
};

/** Says it (again) to whoever may hear, as long as nobody has answered and the code is good. */
export const keepAsking = (session: Session, member: MemberId, wait = ASK_EVERY): void => {
  const open = session.asks.get(member);
  if (!open || session.closed) return;
  if (open.code.expires < session.clock.now()) {
    session.track(
      session.step(async (step) =>
        settle(step, member, refused("invite-expired", "this invite has expired; ask for a new one")),
      ),
    );
    return;
  }
  if (session.ready) session.track(session.step(async (step) => shout(step, open)).catch(() => undefined));
  // Every ask is an envelope that all carry for three days: soon it is asked seldom.
  const next = session.ready ? Math.min(ASK_SELDOM, wait * 1.5) : wait;
  session.clock.after(session.ready ? wait : 250, () => keepAsking(session, member, next));
};

const shout = (step: Step, { code, seat }: Ask): void => {
  const { session } = step;
  const { pair, hail } = inviteKeys(code.secret);
  const keys = hailKeys(hail);
  const at = keys[(step.context.random(1)[0] as number) % keys.length] as EnvelopeKey;
  const proof = proveJoin(pair.secret, code.group, seat.member, session.person);
  sendHail(step, at, { kind: "ask", card: session.card.bytes, member: seat.member, proof });
};

const sendHail = (step: Step, at: EnvelopeKey, hail: Hail): void => {
  const frame = sealEnvelope(at, hails.encode(hail), {
    slot: slotFor(step.now),
    random: step.context.random,
    context: HAIL_CONTEXT,
  });
  // Whoever asks does not know the group's bucket yet; and there is no telling an ask from other mail.
  for (const topic of step.session.venue.buckets) step.publish(topic, [frame]);
  step.after(() => hearAll(step.session));
};

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** The end of a request, good or bad. */
const settle = (step: Step, member: MemberId, result: JoinResult | CouloirError): void => {
  const { session } = step;
  const open = session.asks.get(member);
  if (!open) return;
  if (!(result instanceof CouloirError) && result.state === "pending") {
    step.after(() => open.settle.splice(0).forEach((tell) => tell(result)));
    return;
  }
  step.erase({ space: "profile", name: askName(member) });
  step.after(() => {
    session.asks.delete(member);
    session.tags.set(`ask/${member}`, []);
    const told = open.settle.splice(0);
    for (const tell of told) tell(result);
    // Whoever asked was told to wait, or has closed the app since.
    if (told.length === 0 && result instanceof CouloirError)
      session.events.emit("notice", { level: "info", code: result.code, text: sentence(result.message) });
  });
};

const REFUSED = {
  expired: "this invite has expired; ask for a new one",
  used: "this invite has been used; ask for a new one",
  revoked: "this invite has been withdrawn; ask for a new one",
  declined: "a member of that caucus did not let you in; ask them, and follow the code again",
  guest: "this caucus lets nobody in whose keys were ever on a page over plain http; come with an app of your own",
} as const;

const refusal = (reason: (typeof REFUSALS)[number]): CouloirError => refused(`invite-${reason}`, REFUSED[reason]);

/** An answer to this device's request. */
export const takeAnswer = async (step: Step, asked: MemberId, key: Uint8Array, frame: Uint8Array): Promise<void> => {
  const { session } = step;
  const open = session.asks.get(asked);
  const plain = open && openEnvelope(key, frame, HAIL_CONTEXT);
  const answer = plain && answers.decode(plain);
  if (!open || !answer) return;
  const { group } = open.code;
  if (answer.kind === "wait") return settle(step, asked, { caucus: group, state: "pending" });
  if (answer.kind === "refused") {
    const error = refusal(REFUSALS[answer.reason] ?? "revoked");
    // Whoever else holds the code could have said so: a welcome that comes after all wins.
    step.after(() => {
      session.clock.after(REFUSAL_GRACE, () => {
        if (!session.closed)
          session.track(session.step(async (later) => settle(later, asked, error)).catch(() => undefined));
      });
    });
    return;
  }
  const prekey = session.self.prekeys.find((one) => one.number === answer.prekey);
  const inner = prekey && (await openBox(prekey.secret, answer.box, { info: label("answer box") }));
  const part = inner && welcomes.decode(inner);
  const welcome = part && part.group === group ? open.parts.add(part) : undefined;
  if (welcome) await comeIn(step, open, welcome);
};

const comeIn = async (step: Step, open: Ask, welcome: Welcome): Promise<void> => {
  const { pair, hail } = inviteKeys(open.code.secret);
  const { member } = open.seat;
  const held = step.held(welcome.group);
  // Let in meanwhile, by another code or by card: another seat would lose what was sealed to this one.
  if (held && isMember(held.state)) return settle(step, member, { caucus: welcome.group, state: "joined" });
  // Answered before a removal that is known here by now: whoever removed this person has not let them in again.
  if (held && overtaken(held.state.dag, welcome.invite, step.session.person))
    return settle(step, member, refusal("revoked"));
  try {
    const before = held?.state.dag.size ?? 0;
    const state = await enter(step, welcome, pair.secret, open.seat);
    const own = state.dag
      .all()
      .slice(before)
      .find((op) => op.op.author === member) as SignedOp;
    // The other members do not know this device yet: they hear of it under the hail that they share.
    sendHail(step, hailKeys(hail)[0] as EnvelopeKey, { kind: "joined", ops: [own.bytes] });
    settle(step, member, { caucus: welcome.group, state: "joined" });
  } catch (error) {
    if (!(error instanceof CouloirError)) throw error;
    settle(step, member, error);
  }
};
