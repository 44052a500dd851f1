/** This person's other devices: what they tell one another in the group that they alone are in. */
import type { AckChange } from "../../protocol/acks.ts";
import { isMember } from "../../protocol/group.ts";
import type { Card } from "../../protocol/identity.ts";
import { ownFrames, type Own, type OwnPlace } from "../../protocol/own.ts";
import type { DeviceId, GroupId, MemberId, Millis } from "../../types.ts";
import { sayAnew } from "../chains.ts";
import type { OwnGroup } from "../own.ts";
import { ownDevice } from "../own.ts";
import { tellDevices } from "./ownList.ts";
import type { Held } from "../parts.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { Handover } from "./handover.ts";
import { Places } from "./places.ts";
import { readElsewhere } from "./readElsewhere.ts";
import { Shared } from "./shared.ts";

/** Frames in one slot; the rest waits for the next. */
const FRAMES = 6;
/** Looked at so often whether something has become due by time alone. */
const LOOK_EVERY: Millis = 60_000;

interface Parts {
  readonly shared: Shared;
  readonly handover: Handover;
  readonly places: Places;
}

export class Devices implements OwnGroup {
  readonly group: GroupId;
  readonly #session: Session;
  readonly #shared: Shared;
  readonly #places: Places;
  readonly #handover: Handover;
  readonly #heard = new Map<DeviceId, Millis>();
  readonly #waiting: Own[] = [];
  /** Devices in the group when it was looked at last. */
  #company = "";

  private constructor(session: Session, group: GroupId, { shared, handover, places }: Parts) {
    this.group = group;
    this.#session = session;
    this.#shared = shared;
    this.#handover = handover;
    this.#places = places;
  }

  static async open(session: Session, group: GroupId): Promise<Devices> {
    const devices = new Devices(session, group, {
      shared: await Shared.open(session),
      handover: await Handover.open(session),
      places: await Places.open(session),
    });
    devices.#look();
    return devices;
  }

  #look(): void {
    this.#session.clock.after(LOOK_EVERY, () => {
      if (this.#session.closed || this.#session.own !== this) return;
      this.#session.onChange(this.group);
      this.#look();
    });
  }

  /** Cards of the other devices in the group, as their seats have them. */
  #siblings(): readonly Card[] {
    const state = this.#session.groups.get(this.group)?.state;
    const out: Card[] = [];
    for (const { member, card, person } of state?.view.members.values() ?? [])
      if (member !== state?.seat.member && person === this.#session.person) out.push(card);
    return out;
  }

  due(): boolean {
    const siblings = this.#siblings();
    const company = siblings.map(({ device }) => device).join();
    if (company !== this.#company) {
      this.#company = company;
      this.#shared.compare();
      this.#places.hurry();
    }
    if (siblings.length === 0) return false;
    const now = this.#session.clock.now();
    return this.#waiting.length > 0 || this.#shared.due(now) || this.#handover.due() || this.#places.due(now, siblings);
  }

  async speak(step: Step): Promise<void> {
    if (!this.due()) return;
    const frames = [
      ...this.#waiting,
      ...(await this.#shared.speak(step.now)),
      ...(await this.#places.speak(step, this.#siblings())),
    ];
    const now = frames.slice(0, FRAMES);
    if (now.length < FRAMES) now.push(...this.#handover.speak());
    for (const own of now) await sayAnew(step, this.group, { kind: "own", body: ownFrames.encode(own) });
    this.#waiting.splice(0, this.#waiting.length, ...frames.slice(FRAMES));
  }

  async take(step: Step, from: MemberId, body: Uint8Array): Promise<void> {
    const { state } = step.held(this.group) as Held;
    const card = state.view.members.get(from)?.card;
    const own = ownFrames.decode(body);
    if (!own || !isMember(state) || card?.person !== step.session.person) return;
    // That it is lost may be known here before the group is told.
    if (step.session.people.devices.revoked(card)) return;
    step.after(() => this.heard(card.device));
    switch (own.kind) {
      case "values":
        return this.#shared.takeValues(step, own.entries);
      case "have":
        // Said by a device that has just come.
        this.#places.hurry();
        return this.#shared.takeHave(own.stamps);
      case "places":
        return this.#places.takePlaces(step, own.places);
      case "ask":
        if (await this.#places.takeAsk(step, card, own)) await this.#handover.seated(step, card.device, own.group);
        return;
      case "seated":
        return this.#places.takeSeated(step, own);
      case "lines":
        return own.to === ownDevice(step.context.self) ? this.#handover.take(step, own) : undefined;
    }
  }

  changed(name: string): void {
    this.#session.track(
      this.#shared
        .changed(name)
        .then(() => this.#session.onChange(this.group))
        .catch(() => undefined),
    );
  }

  heard(device: DeviceId): void {
    this.#heard.set(device, this.#session.clock.now());
  }
  lastHeard(device: DeviceId): Millis | undefined {
    return this.#heard.get(device);
  }

  read(step: Step, group: GroupId, changes: readonly AckChange[]): Promise<void> {
    return readElsewhere(step, group, changes);
  }

  places(): readonly OwnPlace[] {
    return this.#places.mine();
  }
  offered(step: Step, places: readonly OwnPlace[]): void {
    this.#places.takePlaces(step, places);
  }
  promise(step: Step, device: DeviceId, history: number): void {
    this.#handover.promise(step, device, history);
    tellDevices(step);
  }
}
