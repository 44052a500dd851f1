/** From a store and a link to a session that hears, answers and remembers. */
import type { Link } from "../net/link.ts";
import type { Kem } from "../protocol/hybrid.ts";
import type { Store } from "../store/store.ts";
import type { Clock, Millis, Pause, Random } from "../types.ts";
import { noteReturn } from "./apart.ts";
import { keepAsking } from "./asks.ts";
import { Duties } from "./duties.ts";
import { FileServer } from "./fileServing.ts";
import { keepHouse, renewPrekey } from "./housekeeping.ts";
import { eraseLate } from "./changing.ts";
import { hearGroup, heardAtStart } from "./hearing.ts";
import { Intake, openPlace } from "./intake.ts";
import { Mailbox } from "./mailbox.ts";
import { ownDevice, restoreOwnGroup } from "./own.ts";
import { People } from "./people.ts";
import { personOf } from "../protocol/identity.ts";
import { PresenceClock } from "./presence.ts";
import { QuantumWatch } from "./quantum.ts";
import { requests } from "../protocol/request.ts";
import { restore } from "./restore.ts";
import { RollCall } from "./rollCall.ts";
import { flushSoon } from "./saying.ts";
import { loadSelf } from "./selfRecord.ts";
import { Session } from "./session.ts";
import { makeVenue } from "./venue.ts";
import { VenueDoor } from "./venueDoor.ts";

export interface MessengerOptions {
  readonly store: Store;
  readonly link: Link;
  readonly clock: Clock;
  readonly random: Random;
  /** The venue, as `VenueDoor.open` gives it, or its name; `"couloir"` by default. Who is in another one hears nothing of this. */
  readonly venue?: string | VenueDoor;
  /** Bytes of mail that this device keeps; 256 MB by default. */
  readonly carry?: number;
  /** A phone's page hears, and carries, its own groups' buckets and a few more; `"all"` by default. */
  readonly hears?: "all" | "own";
  readonly hidden?: boolean;
  readonly ask?: boolean;
  /** This program came over plain http: marks the person as a guest, for ever. */
  readonly guest?: boolean;
  /** For exchanges against a later quantum computer; without it this device makes none. */
  readonly kem?: Kem;
  /** Where a person waits for the thread that this runs on. */
  readonly pause?: Pause;
}

/** Reads the profile (making one on a first start) and what a process before this one left. */
export const openSession = async (options: MessengerOptions): Promise<Session> => {
  const { store, link, clock, random, hears = "all", hidden = false, ask = false } = options;
  const door =
    options.venue instanceof VenueDoor ? options.venue : await VenueDoor.open(store, { venue: options.venue }, random);
  const venue = makeVenue(door.known.name, door.known.buckets);
  const now = (): Millis => clock.now();
  const { self, profile } = await loadSelf(store, random, options.guest ?? false);
  const people = new People(now);
  people.trust.own = personOf(self);
  await people.load(store, options.pause);
  const mailbox = await Mailbox.open(store, venue.carried, { now, quota: options.carry });
  const given = { store, link, clock, random, venue, hears, hidden, ask };
  const session = new Session(
    { ...given, ...(options.kem && { kem: options.kem }), ...(options.pause && { pause: options.pause }) },
    { self, profile, people, mailbox, door, open: openPlace },
  );
  people.ownDevice = () => ownDevice(session.self);
  people.devices.learn(session.person, self.devices);
  people.devices.onFork = (person) => {
    // Of somebody who was compared in person more is told, and held: see `trustNews.ts`.
    if (people.trust.get(person)?.check) return;
    const name = people.get(person)?.card.name ?? "";
    const text = `The lists of devices of ${name === "" ? "somebody" : `“${name}”`} contradict each other; ask them in person.`;
    session.events.emit("notice", { level: "warn", code: "devices-forked", text });
  };
  await restore(session);
  await restoreOwnGroup(session);
  await session.fading.sweep();
  session.revoked = people.devices.get(session.person)?.revoked.has(ownDevice(self)) === true;
  return session;
};

/** The words for what may be wrong with a venue are loaded when something is. */
const lookAtVenue = (session: Session): void => {
  const { otherwise = 0, keyed = 0, otherKey = 0 } = session.link.status().venue ?? {};
  const lacking = keyed > 0 && session.door.known.key === undefined;
  if (otherwise > 0 || otherKey > 0 || lacking)
    session.track(
      import("./seldom.ts").then(
        ({ venueNews }) => venueNews(session),
        () => undefined,
      ),
    );
};

/** The answer to what nobody asks. */
const nothing = async function* (): AsyncGenerator<Uint8Array, void> {};

/** Brings the link up and sets going what a device does of its own accord. */
export const startSession = async (
  session: Session,
): Promise<{ readonly presence: PresenceClock; readonly intake: Intake }> => {
  const presence = new PresenceClock(session);
  const duties = new Duties(session);
  const quantum = new QuantumWatch(session);
  session.onChange = (group) => {
    hearGroup(session, group);
    duties.wake(group);
    quantum.look(group);
  };
  session.onLeft = (target) => {
    session.track(session.step((step) => eraseLate(step, target)).catch(() => undefined));
  };
  session.onExchange = () => {
    duties.wakeAll();
    quantum.lookAll();
  };
  session.onFiles = () => duties.wakeAll();
  session.onSelf = () => presence.soon();
  await renewPrekey(session);
  const intake = new Intake(session);
  const files = new FileServer(session);
  const rollCall = new RollCall(session);
  session.link.subscribe([...heardAtStart(session), session.venue.presence]);
  await session.link.start({
    carrier: session.mailbox,
    onFrame: (topic, frame, from) => intake.take(topic, frame, from).catch(() => "ignore" as const),
    onAsk: (bytes, from) => {
      const request = requests.decode(bytes);
      if (request === undefined) return nothing();
      return request.kind === "here" ? rollCall.answer(request, from) : files.answer(request, from);
    },
    onCaughtUp: () => {
      noteReturn(session);
      session.ready = true;
      session.fetches.linksChanged();
      for (const group of session.groups.keys()) flushSoon(session, group);
      duties.wakeAll();
      presence.met();
      rollCall.met();
    },
    onPeers: (count) => {
      if (count === 0) session.ready = false;
      session.events.emit("peers", count);
      session.fetches.linksChanged();
      presence.met();
      rollCall.met();
    },
    onVenue: () => lookAtVenue(session),
  });
  presence.start();
  rollCall.start();
  session.track(
    session.verification.load().then(
      () => duties.wakeAll(),
      () => undefined,
    ),
  );
  // A page whose hub is gone could not load it any more.
  session.track(
    import("./seldom.ts").then(
      () => undefined,
      () => undefined,
    ),
  );
  for (const member of session.asks.keys()) keepAsking(session, member);
  keepHouse(session);
  return { presence, intake };
};
