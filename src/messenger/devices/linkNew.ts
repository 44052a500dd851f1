/** The side that becomes a device of somebody: it shows a code, and has nothing of its own to lose. SPEC.md §11. */
import { refused } from "../../errors.ts";
import { concat, hex, unhex } from "../../protocol/codec.ts";
import { Dag } from "../../protocol/dag.ts";
import { deviceLists } from "../../protocol/devices.ts";
import { fromOps, isMember, newSeat } from "../../protocol/group.ts";
import type { Self } from "../../protocol/identity.ts";
import { freshDevice, makeCard, newPrekey, readCard } from "../../protocol/identity.ts";
import type { LinkCode, LinkFrame, LinkGrant } from "../../protocol/link.ts";
import {
  GRANT_PARTS,
  LINK_FRAME,
  linkExpiry,
  linkGrants,
  linkHellos,
  linkKeys,
  linkReplies,
  linkSession,
  signReply,
} from "../../protocol/link.ts";
import type { OwnPlace } from "../../protocol/own.ts";
import { proveDevice } from "../../protocol/membership.ts";
import { withVerdicts } from "../../protocol/lateEngine.ts";
import { admitAll } from "../../protocol/proving.ts";
import { signingPair } from "../../protocol/signature.ts";
import type { GroupId, PersonId, Tag } from "../../types.ts";
import { entrances } from "../entrances.ts";
import { freshChain } from "../chains.ts";
import { openOwnGroup, putOwnGroup } from "../own.ts";
import { changesOf, noMarks } from "../parts.ts";
import { markGuest, putProfile, putSelf } from "../selfRecord.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { forgetShared, loadStamps } from "./stamps.ts";
import { endLink, expectLink, frameAt, type NewSide, REFUSED, sayLink, tellLink } from "./linkState.ts";

/** Offers this device. Throws `refused` "not-empty". */
export const beginNew = (session: Session, called: string): NewSide => {
  if (session.groups.size > 0)
    throw refused("not-empty", "this device's person is in caucuses already, which would be lost; wipe it first");
  const { random } = session.options;
  const { addresses: told, apart } = session.link.status();
  const keys = freshDevice(random);
  const code: LinkCode = {
    secret: random(16),
    ...keys.entry,
    expires: linkExpiry(session.clock.now()),
    venue: session.venue.name,
    buckets: session.venue.buckets.length,
    addresses: entrances(told, apart),
  };
  const words = { name: "", guest: false, state: "waiting" } as const;
  const { link } = linkKeys(code.secret);
  return { link, code, ...words, saying: [], wait: 0, patience: 1, side: "new", called, keys, parts: new Map() };
};

export const expectHello = (step: Step, link: NewSide): void =>
  expectLink(step, link, [["hello", linkKeys(link.code.secret).hello]]);

/** Somebody who holds the code: the first counts. */
export const takeHello = (step: Step, link: NewSide, plain: Uint8Array): void => {
  const hello = linkHellos.decode(plain);
  if (!hello || link.session) return;
  const { secret } = link.code;
  const body = { key: hello.key, nonce: step.context.random(16), name: link.called, guest: step.session.self.guest };
  const reply = signReply(secret, body, link.keys.device);
  const session = linkSession(link.code, reply, { secret: link.keys.agreement.secret, other: hello.key });
  if (!session) return;
  link.session = session;
  const grants = Array.from({ length: GRANT_PARTS }, (_, i) => [`grant ${i}`, LINK_FRAME.grant + i] as const);
  const parts = [
    ["about", LINK_FRAME.about],
    ["list", LINK_FRAME.list],
    ["refused", LINK_FRAME.refused],
    ...grants,
  ] as const;
  expectLink(
    step,
    link,
    parts.map(([part, n]) => [part, session.at("old", n)] as const),
  );
  sayLink(link, [{ at: linkKeys(secret).reply, bytes: linkReplies.encode(reply) }]);
};

/** This side's person says yes. */
export const confirmNew = (link: NewSide): void => {
  link.state = "confirmed";
  sayLink(link, [frameAt(link, LINK_FRAME.agreed, { kind: "agreed" })]);
};

/** A frame of the session. */
export const takeNew = async (step: Step, link: NewSide, frame: LinkFrame): Promise<void> => {
  switch (frame.kind) {
    case "about": {
      if (link.person) return;
      const { person, name, flag, delegation } = frame;
      Object.assign(link, { person, name, profile: { name, flag, delegation }, state: "compare" });
      sayLink(link, []);
      step.after(() => tellLink(step.session, link));
      return;
    }
    case "list":
      return takeList(step, link, frame);
    case "grant": {
      link.parts.set(frame.part, frame.bytes);
      const all = Array.from({ length: frame.parts }, (_, part) => link.parts.get(part));
      if (all.some((one) => one === undefined)) return;
      const grant = linkGrants.decode(concat(...(all as Uint8Array[])));
      return grant && take(step, link, grant);
    }
    case "refused":
      return step.after(() => endLink(step.session, link, REFUSED));
    default:
      return;
  }
};

const takeList = (step: Step, link: NewSide, frame: Extract<LinkFrame, { kind: "list" }>): void => {
  const body = deviceLists.open(frame.devices)?.body;
  const { device, agreement } = link.keys.entry;
  const entry = body?.devices.find((one) => one.device === device);
  // Only what this side's person has agreed to.
  if (link.state !== "confirmed" || link.place || !link.profile || body?.person !== link.person) return;
  if (!entry || hex(entry.agreement) !== hex(agreement)) return;
  const { group, author, devices: list } = frame;
  const guest = frame.guest || step.session.self.guest;
  const seat = newSeat(step.context.random);
  const self = selfOf(link, { list, guest, prekey: newPrekey(1, step.context.random) });
  const card = makeCard(self, link.profile, step.now).bytes;
  link.place = { list, group, guest, seat, card };
  const { number, key } = seat.prekeys[0] as { number: number; key: Uint8Array };
  const proof = proveDevice(seat.secret, group, author);
  sayLink(link, [
    frameAt(link, LINK_FRAME.seat, { kind: "seat", card, member: seat.member, prekey: { number, key }, proof }),
  ]);
  link.self = self;
};

const selfOf = (
  { keys, person }: NewSide,
  {
    list,
    guest,
    prekey,
  }: { readonly list: Uint8Array; readonly guest: boolean; readonly prekey: Self["prekeys"][number] },
): Self => ({
  person: { public: unhex(person as PersonId) },
  device: keys.device,
  agreement: keys.agreement,
  devices: list,
  prekeys: [prekey],
  guest,
});

/** Becomes that person, whole or not at all. */
const take = async (step: Step, link: NewSide, grant: LinkGrant): Promise<void> => {
  const { session } = step;
  const { place, person } = link;
  if (!place || !person || !link.self || session.groups.size > 0) return;
  const root = grant.root && signingPair(grant.root);
  if (root && hex(root.public) !== person) return;
  const dag = new Dag();
  await admitAll(dag, grant.ops, step.context.pause);
  const state = fromOps(dag, place.seat);
  if (state?.group !== place.group || !isMember(state)) return;
  const self: Self = { ...link.self, ...(root && { person: root }) };
  const { name, flag, delegation } = grant;
  const profile = { name, flag, delegation };
  step.write(putSelf(self), putProfile(profile), putOwnGroup(place.group), ...(self.guest ? [markGuest] : []));
  // Written as they are: what follows from the new keys is worked out once they are this device's.
  step.write(
    ...changesOf(undefined, { state, marks: noMarks }, 0),
    ...session.people.devices.learn(person, place.list),
  );
  const cards = await withVerdicts(() => grant.contacts.map(({ card }) => readCard(card)));
  for (const [at, { blocked }] of grant.contacts.entries()) {
    const card = cards[at];
    if (!card || card.person === person) continue;
    step.write(...session.people.learn(card), ...(blocked ? session.people.block(card.person) : []));
  }
  if (grant.venueKey) step.write(...session.door.take({ key: grant.venueKey, hubs: [] }));
  await forgetOld(step);
  step.after(() => {
    session.changeSelf(self, profile);
    session.hold(place.group, { state, marks: noMarks });
    const tags = session.groupTags.update(undefined, state, session.clock.now());
    session.track(begin(session, link, { group: place.group, tags, places: grant.places }).catch(() => undefined));
  });
};

/** What the person that this device had was about to do, and their words. */
const forgetOld = async (step: Step): Promise<void> => {
  const { session } = step;
  for (const { name } of await loadStamps(session)) forgetShared(step, name);
  for (const [member] of session.asks) step.erase({ space: "profile", name: `ask ${member}` });
  for (const group of session.invitations.keys()) step.erase({ space: "profile", name: `invitation ${group}` });
  step.after(() => {
    for (const [member] of session.asks) session.tags.set(`ask/${member}`, []);
    session.asks.clear();
    session.invitations.clear();
  });
};

/** The first thing that this device does as one of that person. */
const begin = async (
  session: Session,
  link: NewSide,
  first: { readonly group: GroupId; readonly tags: readonly Tag[]; readonly places: readonly OwnPlace[] },
): Promise<void> => {
  const { group } = first;
  await openOwnGroup(session, group);
  await session.step(async (step) => {
    session.own?.offered(step, first.places);
    step.expect(first.tags);
    await freshChain(step, group);
  });
  sayLink(link, [frameAt(link, LINK_FRAME.done, { kind: "done" })]);
  endLink(session, link);
  session.onChange(group);
  session.onSelf();
};
