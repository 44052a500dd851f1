/** A hub's name on the sockets of this machine; see `hubName.ts`. */
import multicastDns from "multicast-dns";
import type { Random } from "../types.ts";
import { HubName, type NamePacket } from "./hubName.ts";
import { speakAt, speakerOn } from "./mdnsService.ts";
import { systemClock } from "./systemClock.ts";

/** Networks come and go. */
const LOOK_EVERY = 10_000;
const random: Random = (n) => crypto.getRandomValues(new Uint8Array(n));

/** A name that is announced. */
export interface Announced {
  /** The name that this hub has now. */
  name(): string | undefined;
  stop(): Promise<void>;
}

/** Announces a name until stopped; `onName` is told each that it gets. */
export const announceName = (onName: (name: string) => void): Announced => {
  let name: HubName | undefined;
  let addresses = "";
  const shut: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    name?.stop();
    name = undefined;
    await Promise.all(shut.splice(0).map((one) => one()));
  };
  const open = (): void => {
    const listener = multicastDns();
    const speakers = speakAt().map((address) => ({ address, speaker: speakerOn(address) }));
    for (const one of [listener, ...speakers.map(({ speaker }) => speaker)])
      shut.push(() => new Promise<void>((resolve) => one.destroy(() => resolve())));
    const voices = speakers.map(({ address, speaker }) => ({
      address,
      query: (packet: object) => speaker.query(packet as never),
      respond: (answers: readonly object[]) => speaker.respond(answers as never),
    }));
    const made = new HubName({ clock: systemClock, random, voices, onChange: (got) => got && onName(got) });
    for (const trouble of ["error", "warning"] as const) listener.on(trouble, () => undefined);
    listener.on("query", (packet) => made.onQuery(packet as NamePacket));
    listener.on("response", (packet) => made.onResponse(packet as NamePacket));
    listener.on("ready", () => made.start());
    name = made;
  };
  let turn = Promise.resolve();
  let stopped = false;
  let cancel = (): void => {};
  const look = (): void => {
    const now = speakAt().join();
    if (now !== addresses) {
      addresses = now;
      turn = turn.then(close).then(() => (stopped || now === "" ? undefined : open()));
    }
    cancel = systemClock.after(LOOK_EVERY, look);
  };
  look();
  return {
    name: () => name?.name,
    stop: async () => {
      stopped = true;
      cancel();
      await turn;
      await close();
    },
  };
};
