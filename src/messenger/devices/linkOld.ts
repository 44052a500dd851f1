/** The side that takes a device in: it has the root key, and the group of its person's devices. SPEC.md §11. */
import { refused, usage } from "../../errors.ts";
import { hex } from "../../protocol/codec.ts";
import type { GroupState } from "../../protocol/group.ts";
import { act } from "../../protocol/group.ts";
import type { Card } from "../../protocol/identity.ts";
import { readCard } from "../../protocol/identity.ts";
import { MAX_DEVICES } from "../../protocol/limits.ts";
import type { LinkCode, LinkFrame, LinkReply } from "../../protocol/link.ts";
import {
  GRANT_PART,
  GRANT_PARTS,
  LINK_FRAME,
  linkGrants,
  linkHellos,
  linkKeys,
  linkReplies,
  linkSession,
  readLinkCode,
  replyHolds,
} from "../../protocol/link.ts";
import { agreementPair } from "../../protocol/primitives.ts";
import type { DeviceId, Millis, PersonId } from "../../types.ts";
import type { LinkOptions } from "../api.ts";
import { foundGroup } from "../changes.ts";
import { freshChain } from "../chains.ts";
import { openOwnGroup, ownDevice, putOwnGroup } from "../own.ts";
import { changeList, DEVICE_WORDS, nextOwnList } from "./ownList.ts";
import type { Held } from "../parts.ts";
import { share } from "../remembered.ts";
import { rootOf } from "../selfRecord.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { endLink, expectLink, frameAt, type OldSide, REFUSED, sayLink, tellLink } from "./linkState.ts";

/** As far as clocks differ; nobody may ask this device to wait for longer. */
const AHEAD: Millis = 24 * 3_600_000;
/** Contacts that a new device is given, beside what it learns by itself. */
const CONTACTS = 400;
/** Of a grant, what is left for them. */
const ROOM = GRANT_PARTS * GRANT_PART - 140_000;

/** One more would push out another one, perhaps this. */
const isFull = ({ people, person }: Session): boolean =>
  (people.devices.get(person)?.body.devices.length ?? 0) >= MAX_DEVICES;

/** Reads the code of a device. Throws as `MessengerApi.readLink` says. */
export const beginOld = (session: Session, input: string): OldSide => {
  const code = readLinkCode(input);
  const now = session.clock.now();
  rootOf(session.self);
  session.door.check({ name: code.venue, buckets: code.buckets });
  if (code.expires < now || code.expires > now + AHEAD)
    throw refused("link-expired", "this link code has expired; let the other device show a new one");
  if (isFull(session))
    throw refused("too-many-devices", `a person has at most ${MAX_DEVICES} devices; revoke one that you use no more`);
  if (code.device === ownDevice(session.self)) throw usage("link-garbled", "that is the code of this very device");
  const { link, hello } = linkKeys(code.secret);
  const key = agreementPair(session.options.random(32));
  const bytes = linkHellos.encode({ key: key.public });
  const saying = [{ at: hello, bytes }];
  const words = { name: "", guest: false, state: "waiting" } as const;
  return { link, code, ...words, saying, wait: 0, patience: 1, side: "old", key, options: {}, agreed: false };
};

export const expectReply = (step: Step, link: OldSide): void =>
  expectLink(step, link, [["reply", linkKeys(link.code.secret).reply]]);

/** The new device's answer: from here on there is a session. */
export const takeReply = (step: Step, link: OldSide, plain: Uint8Array): void => {
  const reply = linkReplies.decode(plain);
  if (!reply || link.session || !replyHolds(link.code, link.key.public, reply)) return;
  const session = sessionOf(link.code, reply, link);
  if (!session) return;
  const { profile, person } = step.session;
  Object.assign(link, { session, state: "compare", name: reply.name, guest: reply.guest });
  expectLink(
    step,
    link,
    (["agreed", "seat", "refused", "done"] as const).map(
      (kind) => [kind, session.at("new", LINK_FRAME[kind])] as const,
    ),
  );
  sayLink(link, [frameAt(link, LINK_FRAME.about, { kind: "about", person, ...profile })]);
  step.after(() => tellLink(step.session, link));
};

const sessionOf = (code: LinkCode, reply: LinkReply, { key }: OldSide) =>
  linkSession(code, reply, { secret: key.secret, other: code.agreement });

/** This side's person says yes. */
export const confirmOld = async (step: Step, link: OldSide, options: LinkOptions): Promise<void> => {
  if (options.main === true && link.guest)
    throw refused("guest-main", "a device whose app came over plain http is not given the key of your identity");
  link.options = options;
  link.state = "confirmed";
  await propose(step, link);
};

/** Both persons have said yes: the device stands in the list from now on. */
const propose = async (step: Step, link: OldSide): Promise<void> => {
  const { session } = step;
  if (!link.agreed || link.state !== "confirmed") return;
  const { device, agreement } = link.code;
  const devices = nextOwnList(session, { add: [{ device, agreement }] });
  changeList(step, devices);
  const state = await ownGroup(step);
  const { group, seat } = state;
  const author = seat.member;
  sayLink(link, [frameAt(link, LINK_FRAME.list, { kind: "list", devices, group, author, guest: session.self.guest })]);
};

const ownGroup = async (step: Step): Promise<GroupState> => {
  const { session } = step;
  const known = session.own && step.held(session.own.group);
  if (known) return known.state;
  const state = foundGroup(step, "", { open: false, direct: false, invite: "admins", guests: "ask" });
  step.write(putOwnGroup(state.group));
  await openOwnGroup(session, state.group);
  await describe(step, ownDevice(session.self), { name: "", main: true });
  return state;
};

/** A frame of the session. */
export const takeOld = async (step: Step, link: OldSide, frame: LinkFrame): Promise<void> => {
  switch (frame.kind) {
    case "agreed":
      if (link.agreed) return;
      link.agreed = true;
      return propose(step, link);
    case "seat":
      return seat(step, link, frame);
    case "refused":
      return step.after(() => endLink(step.session, link, REFUSED));
    case "done":
      if (link.seated) step.after(() => endLink(step.session, link));
      return;
    default:
      return;
  }
};

const seat = async (step: Step, link: OldSide, frame: Extract<LinkFrame, { kind: "seat" }>): Promise<void> => {
  const { session } = step;
  const card = readCard(frame.card);
  if (!session.own || link.seated || !card || !isThatDevice(card, link, session.person)) return;
  const { group } = session.own;
  const { kind: _, ...body } = frame;
  const { main = false } = link.options;
  const done = act((step.held(group) as Held).state, { ...body, kind: "device" }, step.now);
  if (!done) return;
  // Only main devices may let anybody in here: a lost one that is none cannot leave an ear behind.
  const { member } = frame;
  const made = main ? done : act(done.state, { kind: "role", member, role: "member" }, step.now);
  if (!made) return;
  link.seated = member;
  step.hold(made.state);
  await freshChain(step, group);
  session.own.promise(step, card.device, link.options.history ?? 0);
  await describe(step, card.device, { name: link.name, main });
  sayLink(link, grantFrames(step, link, made.state));
};

/** What a device is called, for all of them. */
const describe = (step: Step, device: DeviceId, words: { readonly name: string; readonly main: boolean }) =>
  share(step, `${DEVICE_WORDS}${device}`, JSON.stringify(words));

const isThatDevice = (card: Card, { code }: OldSide, person: PersonId): boolean =>
  card.person === person && card.device === code.device && hex(card.agreement) === hex(code.agreement);

/** What the new device needs, in parts. */
const grantFrames = (step: Step, link: OldSide, state: GroupState) => {
  const { self, profile, people, door } = step.session;
  let room = ROOM;
  const contacts = people.newest(CONTACTS).filter(({ card }) => (room -= card.length + 8) > 0);
  const bytes = linkGrants.encode({
    ...(link.options.main === true && { root: rootOf(self) }),
    ...profile,
    places: step.session.own?.places() ?? [],
    ops: state.dag.all().map((op) => op.bytes),
    contacts,
    ...(door.known.key && { venueKey: door.known.key }),
  });
  const parts = Math.ceil(bytes.length / GRANT_PART);
  return Array.from({ length: parts }, (_, part) => {
    const piece = bytes.slice(part * GRANT_PART, (part + 1) * GRANT_PART);
    return frameAt(link, LINK_FRAME.grant + part, { kind: "grant", part, parts, bytes: piece });
  });
};
