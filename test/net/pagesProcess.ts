/**
 * Pages in a process of their own: links such as pages have, over real WebSockets. `node pagesProcess.ts HUB COUNT`; takes
 * `PagesCommand`s on stdin, a line each, and prints a line when it is ready and when one is done. Ends with its stdin.
 */
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { makeVenue } from "../../src/messenger/venue.ts";
import { browserHost, pageLinks } from "../../src/net/browserHost.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { slotFor } from "../../src/protocol/envelope.ts";
import { createMailbox, until, type Mailbox } from "./mailbox.ts";

/** `join`: all are linked with the hub. `reserve`: all can be reached through it. `say`: so many of them say something. `have`: each has so much. */
export type PagesCommand =
  | { readonly join: true }
  | { readonly reserve: true }
  | { readonly say: number }
  | { readonly have: number };

interface Page {
  readonly link: Libp2pLink;
  readonly box: Mailbox;
  readonly reachable: () => boolean;
  readonly onAddress: (listener: () => void) => void;
}

const [hub = "", count = "1"] = process.argv.slice(2);
const topic = makeVenue("couloir").buckets[0]!;
/** Of an envelope with a short text. */
const SIZE = 1024;
const slotOf = (frame: Uint8Array): number => ((frame[1] as number) << 8) | (frame[2] as number);
const envelope = (): Uint8Array => {
  const frame = new Uint8Array(randomBytes(SIZE));
  const slot = slotFor(Date.now());
  frame.set([1, slot >> 8, slot & 0xff]);
  return frame;
};

const open = async (): Promise<Page> => {
  const listeners: (() => void)[] = [];
  const make = browserHost();
  const link = new Libp2pLink({
    host: async (parts) => {
      const node = await make(parts);
      node.addEventListener("self:peer:update", () => listeners.forEach((listener) => listener()));
      return node;
    },
    hints: [hub],
    links: pageLinks,
  });
  const box = createMailbox(slotOf);
  link.subscribe([topic]);
  await link.start(box.handlers);
  return {
    link,
    box,
    reachable: () => link.status().addresses.some((address) => address.includes("/p2p-circuit")),
    onAddress: (listener) => void listeners.push(listener),
  };
};

const pages: Page[] = [];

const carryOut = async (command: PagesCommand): Promise<void> => {
  if ("join" in command) {
    pages.push(...(await Promise.all(Array.from({ length: Number(count) }, open))));
    await until(
      pages.map(({ box }) => box),
      () => pages.every(({ box }) => box.peers() > 0),
    );
  } else if ("reserve" in command) {
    await Promise.all(
      pages.map(
        ({ reachable, onAddress }) =>
          new Promise<void>((resolve) => {
            const look = (): void => void (reachable() && resolve());
            onAddress(look);
            look();
          }),
      ),
    );
  } else if ("say" in command) {
    for (const { box, link } of pages.slice(0, command.say)) {
      const frame = envelope();
      box.keep(topic, frame);
      await link.publish(topic, frame);
    }
  } else {
    await until(
      pages.map(({ box }) => box),
      () => pages.every(({ box }) => box.size() >= command.have),
    );
  }
};

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  await carryOut(JSON.parse(line) as PagesCommand);
  process.stdout.write("done\n");
}
process.exit(0);
