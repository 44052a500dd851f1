/**
 * Exchanges against a later quantum computer, in slots of this device's own clock. The heavy part is done before a step
 * begins, so that nothing that people say waits for it; a step then puts the results in and says them. SPEC.md §5.
 */
import { hex } from "../protocol/codec.ts";
import type { Control } from "../protocol/control.ts";
import type { Exchange } from "../protocol/exchange.ts";
import { answered, confirmed, dropped, heard, missed, newExchange, opened, said } from "../protocol/exchange.ts";
import { isMember, pairWith } from "../protocol/group.ts";
import type { HybridSecret, Kem } from "../protocol/hybrid.ts";
import {
  cipherName,
  gotName,
  hybridSecret,
  KEM_CIPHER_BYTES,
  kemKeyId,
  showsKey,
  wantedName,
} from "../protocol/hybrid.ts";
import type { Card } from "../protocol/identity.ts";
import { MAX_KEM_CIPHERS, MAX_KEM_NAMES } from "../protocol/limits.ts";
import { sealsHybrid } from "../protocol/rotation.ts";
import type { GroupId, MemberId, Millis, PersonId } from "../types.ts";
import { freshChain, sayAnew } from "./chains.ts";
import type { OwnKemKey } from "./exchangeBook.ts";
import { putKey } from "./exchangeBook.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

interface Other {
  readonly agreement: Uint8Array;
  /** Every box of its newest chain is hybrid: there was one for this device that it could open. */
  readonly closed: boolean;
}

/** A group's other devices. */
const others = (session: Session, { state }: Held): readonly Other[] => {
  const own = hex(session.self.agreement.public);
  const all = [...state.view.members.values()].map(({ member, card: { agreement } }) => ({
    agreement,
    closed: state.sealings.get(member)?.hybrid === true,
  }));
  return all.filter(({ agreement }) => hex(agreement) !== own);
};

/** Whether to say to that device that there is no secret with it. */
const wants = (
  session: Session,
  { agreement, closed }: Other,
  { exchange, now }: { readonly exchange: Exchange | undefined; readonly now: Millis },
): boolean => {
  const lacks = showsKey(session.self.agreement.public, agreement)
    ? !exchange?.use && !exchange?.cipher
    : exchange?.lost === true || (closed && !exchange?.secrets.length);
  return lacks && session.exchanges.mayTell(agreement, now);
};

const upgrades = (session: Session, { state }: Held): boolean =>
  state.sealings.get(state.seat.member)?.hybrid !== true && sealsHybrid(state, session.exchanges.hybrids);

/** Whether there is anything to do or to say in this group. */
export const exchangesDue = (session: Session, held: Held): boolean => {
  const { exchanges } = session;
  const now = session.clock.now();
  if (!exchanges.kem || now < exchanges.restsUntil) return false;
  return (
    others(session, held).some((other) => {
      const exchange = exchanges.get(other.agreement);
      if (exchange?.owed || exchange?.cipher || exchange?.answer?.said === false) return true;
      return wants(session, other, { exchange, now });
    }) || upgrades(session, held)
  );
};

interface Worked {
  /** As it was before. */
  readonly exchange: Exchange;
  /** Absent: what waited was of no use. */
  readonly secret?: HybridSecret;
  readonly cipher?: Uint8Array;
}
/** What was worked out for one slot. */
export interface Prepared {
  readonly key?: OwnKemKey;
  readonly answers: readonly Worked[];
  readonly openings: readonly Worked[];
}

const NOTHING: Prepared = { answers: [], openings: [] };
/** What cannot be done now (its part of a page is not to be had) is tried again so much later. */
const REST = 600_000;

/** Does a slot's heavy work: as much as one frame says. */
export const prepareExchanges = async (session: Session, group: GroupId): Promise<Prepared> => {
  const { exchanges, clock } = session;
  const held = session.groups.get(group);
  if (!exchanges.kem || !held || !isMember(held.state) || clock.now() < exchanges.restsUntil) return NOTHING;
  try {
    return await workOut(session, held, exchanges.kem);
  } catch {
    exchanges.restsUntil = clock.now() + REST;
    return NOTHING;
  }
};

const workOut = async (session: Session, held: Held, kem: Kem): Promise<Prepared> => {
  const { exchanges } = session;
  const all = others(session, held).flatMap(({ agreement }) => exchanges.get(agreement) ?? []);
  const now = session.clock.now();
  const shows = others(session, held).some((other) => {
    if (!showsKey(session.self.agreement.public, other.agreement)) return false;
    const exchange = exchanges.get(other.agreement);
    return exchange?.cipher !== undefined || wants(session, other, { exchange, now });
  });
  const key = shows ? await ownKey(session, kem) : undefined;
  const answers: Worked[] = [];
  const openings: Worked[] = [];
  for (const exchange of all.filter(({ owed }) => owed).slice(0, MAX_KEM_CIPHERS))
    answers.push(await answer(session, kem, exchange));
  for (const exchange of all.filter(({ cipher }) => cipher).slice(0, MAX_KEM_CIPHERS))
    if (key) openings.push(await open(session, { kem, key }, exchange));
  return { ...(key && { key }), answers, openings };
};

const ownKey = async ({ exchanges, options }: Session, kem: Kem): Promise<OwnKemKey> => {
  if (exchanges.key) return exchanges.key;
  const seed = options.random(32);
  return { seed, public: await kem.publicKey(seed) };
};

const answer = async ({ self, options }: Session, kem: Kem, exchange: Exchange): Promise<Worked> => {
  const key = exchange.owed as Uint8Array;
  const both = await kem.encapsulate(key, options.random(64));
  if (!both) return { exchange };
  const cipher = both.slice(0, KEM_CIPHER_BYTES);
  const to = { from: self.agreement.public, to: exchange.agreement, key: kemKeyId(key), cipher };
  return { exchange, cipher, secret: hybridSecret(both.subarray(KEM_CIPHER_BYTES), to) };
};

const open = async (
  { self }: Session,
  { kem, key }: { readonly kem: Kem; readonly key: OwnKemKey },
  exchange: Exchange,
): Promise<Worked> => {
  const cipher = exchange.cipher as Uint8Array;
  const shared = await kem.decapsulate(key.seed, cipher);
  if (!shared) return { exchange };
  const to = { from: exchange.agreement, to: self.agreement.public, key: kemKeyId(key.public), cipher };
  return { exchange, secret: hybridSecret(shared, to) };
};

/** One slot: the results, what is missing, and a new chain once everybody can be served so. */
export const speakOfExchanges = async (step: Step, group: GroupId, { key: made, ...work }: Prepared): Promise<void> => {
  const { session } = step;
  const { exchanges } = session;
  if (!exchanges.kem) return;
  // Two groups' slots may have made one at the same time.
  const key = exchanges.key ?? made;
  if (key && !exchanges.key) {
    step.write(putKey(key));
    step.after(() => {
      exchanges.key = key;
    });
  }
  const own = session.self.agreement.public;
  const got = putResults(step, work).map((secret) => gotName(secret, own));
  const ciphers: { readonly name: Uint8Array; readonly cipher: Uint8Array }[] = [];
  const wanted: Uint8Array[] = [];
  for (const other of others(session, step.held(group) as Held)) {
    const { agreement } = other;
    const exchange = step.exchange(agreement);
    const pair = pairWith(session.self, agreement);
    if (!pair) continue;
    if (exchange?.answer?.said === false && ciphers.length < MAX_KEM_CIPHERS) {
      const { cipher } = exchange.answer;
      ciphers.push({ name: cipherName(pair, own, exchange.answer.key, cipher), cipher });
      step.putExchange(said(exchange));
    }
    if (!wants(session, other, { exchange, now: step.now }) || wanted.length >= MAX_KEM_NAMES) continue;
    const shows = showsKey(own, agreement);
    if (shows && !key) continue;
    wanted.push(shows ? wantedName(pair, own, key?.public) : wantedName(pair, own));
    step.after(() => exchanges.told(agreement, step.now));
  }
  const shown = key && wanted.length > 0 ? { key: key.public } : {};
  if (wanted.length > 0 || got.length > 0)
    await sayAnew(step, group, { kind: "kem", ...shown, wanted, ciphers: [], got });
  if (ciphers.length > 0) await sayAnew(step, group, { kind: "kem", wanted: [], ciphers, got: [] });
  const { state } = step.held(group) as Held;
  if (state.sealings.get(state.seat.member)?.hybrid !== true && sealsHybrid(state, step.context.hybrids))
    await freshChain(step, group);
};

/** Puts in what was worked out, unless something else has happened since; returns what this device has come to hold. */
const putResults = (step: Step, { answers, openings }: Omit<Prepared, "key">): readonly HybridSecret[] => {
  const got: HybridSecret[] = [];
  for (const { exchange, cipher, secret } of answers)
    if (step.exchange(exchange.agreement) === exchange)
      step.putExchange(cipher && secret ? answered(exchange, cipher, secret) : dropped(exchange));
  for (const { exchange, secret } of openings) {
    if (step.exchange(exchange.agreement) !== exchange) continue;
    step.putExchange(secret ? opened(exchange, secret) : dropped(exchange));
    if (secret) got.push(secret);
  }
  return got;
};

type KemFrame = Extract<Control, { readonly kind: "kem" }>;

/** What another device says of an exchange: only noted, and done in a slot. */
export const takeKem = (step: Step, group: GroupId, from: MemberId, frame: KemFrame): void => {
  const { self, exchanges } = step.session;
  const card = (step.held(group) as Held).state.view.members.get(from)?.card;
  const pair = card && pairWith(self, card.agreement);
  if (!exchanges.kem || !card || !pair) return;
  const before = step.exchange(card.agreement) ?? newExchange(card.agreement);
  const { key } = exchanges;
  const { exchange: after, lacks } = heard(before, frame, {
    pair,
    own: self.agreement.public,
    ...(key && { key: key.public }),
  });
  if (lacks) step.after(() => exchanges.hurry(card.agreement, Number.POSITIVE_INFINITY));
  if (after === before) return;
  step.putExchange(after);
  if (before.use && !after.use) doubt(step, card);
};

/**
 * A device that held a secret says that it does not. From here on it is served without, in chains of their own to which
 * it is pointed, since it cannot open the last; everybody sees that they are.
 */
const doubt = (step: Step, { agreement, person }: Card): void => {
  const name = hex(agreement);
  for (const group of step.session.groups.keys()) {
    const { state } = step.held(group) as Held;
    const members = [...state.view.members.values()].filter(({ card }) => hex(card.agreement) === name);
    const gone = new Set<string>(members.map(({ member }) => member));
    const { send } = state;
    if (!send?.served.some((one) => gone.has(one))) continue;
    step.hold({ ...state, send: { ...send, ended: true, served: send.served.filter((one) => !gone.has(one)) } });
  }
  tellLost(step, step.session.people.get(person)?.card.name);
};

/** Nobody goes back to what a later quantum computer opens without being told. */
const tellLost = (step: Step, name = ""): void =>
  step.after(() =>
    step.session.events.emit("notice", {
      level: "warn",
      code: "quantum-lost",
      text: `What closed talk with ${name === "" ? "a member" : name} to a later quantum computer is lost; it is being made anew.`,
    }),
  );

/** A chain of that device was opened; `by`: the secret that its box was sealed with. */
export const heardChain = (step: Step, agreement: Uint8Array, by?: HybridSecret): void => {
  const { exchanges } = step.session;
  const exchange = step.exchange(agreement);
  if (!exchanges.kem) return;
  if (exchange && by) {
    const after = confirmed(exchange, by);
    if (after !== exchange) step.putExchange(after);
  }
  step.after(() => exchanges.hurry(agreement, step.now));
};

/** A box for this device was sealed with a secret that it does not hold. */
export const missedBox = (
  step: Step,
  { agreement, person }: { readonly agreement: Uint8Array; readonly person: PersonId },
): void => {
  const exchange = step.exchange(agreement) ?? newExchange(agreement);
  if (!step.session.exchanges.kem || exchange.lost) return;
  step.putExchange(missed(exchange));
  if (exchange.use) tellLost(step, step.session.people.get(person)?.card.name);
  step.after(() => step.session.exchanges.hurry(agreement, step.now));
};
