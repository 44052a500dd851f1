/** Puts the stranger on a simulated network, beside messengers of ours; it stands outside the independent part. */
import type { World } from "../helpers/simWorld.ts";
import type { Topic } from "../../src/types.ts";
import { Stranger } from "./asking.ts";
import { H, u32, utf8 } from "./crypto.ts";
import type { Kept } from "./mailbox.ts";
import { newSelf, presenceFrame, type Host } from "./self.ts";
import { hex } from "./shapes.ts";
import { fingerprint, topic, venueKey } from "./venue.ts";

const VENUE = venueKey("couloir");
const BUCKET = topic(VENUE, "bucket topic", 0) as Topic;
const PRESENCE = topic(VENUE, "presence topic", 0) as Topic;

/** How often the stranger says that it is there. */
const PRESENT_MS = 20_000;
/** How often the stranger's clock comes to a slot. */
const SLOT_MS = 5000;

const seeded = (seed: string): ((length: number) => Uint8Array) => {
  let drawn = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () => H(utf8(seed), u32(drawn++)));
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
  };
};

/** A stranger who is in the venue from now on. It carries others' mail as they do. */
export const comesIn = async (world: World, name: string): Promise<Stranger> => {
  const link = world.network.link(name);
  const host: Host = {
    random: seeded(name),
    now: () => world.clock.now(),
    publish: (frame) => void link.publish(BUCKET, frame),
  };
  const stranger = new Stranger(host, newSelf(host, name));
  const inSlot = (slot: number): readonly Kept[] =>
    stranger.mailbox.mail.filter((kept) => kept.slot === slot).toSorted((a, b) => Buffer.compare(a.id, b.id));
  link.subscribe([BUCKET]);
  await link.start({
    onFrame: async (_, frame) => {
      stranger.receive(frame);
      return "accept";
    },
    onCaughtUp: () => undefined,
    onPeers: () => undefined,
    onAsk: async function* () {},
    carrier: {
      slots: async () => {
        const slots = Object.entries(Object.groupBy(stranger.mailbox.mail, ({ slot }) => slot));
        return slots.map(([slot, mail = []]) => {
          const value = fingerprint(mail.map(({ id }) => id));
          return { topic: BUCKET, slot: Number(slot), count: mail.length, fingerprint: value };
        });
      },
      ids: async (_, slot) => inSlot(slot).map(({ id }) => id),
      frames: async (_, slot, ids) => {
        const wanted = new Set(ids.map(hex));
        return inSlot(slot)
          .filter(({ id }) => wanted.has(hex(id)))
          .map(({ frame }) => frame);
      },
    },
  });
  const slot = (): void => {
    stranger.tick();
    world.clock.after(SLOT_MS, slot);
  };
  const present = (): void => {
    void link.publish(PRESENCE, presenceFrame(host, stranger.self, VENUE));
    world.clock.after(PRESENT_MS, present);
  };
  slot();
  present();
  return stranger;
};
