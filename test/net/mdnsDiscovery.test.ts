import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import type { ComponentLogger, PeerInfo } from "@libp2p/interface";
import { peerIdFromString } from "@libp2p/peer-id";
import { multiaddr } from "@multiformats/multiaddr";
import { serviceTag, type Discovery } from "../../src/net/discovery.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { mdnsDiscovery, type MdnsService, type MdnsSocket } from "../../src/net/mdnsDiscovery.ts";
import { silentLog } from "../../src/net/netLog.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { SimClock } from "../helpers/simClock.ts";
import { SimRandom } from "../helpers/simRandom.ts";
import { createMailbox, until } from "./mailbox.ts";

const venue = "hall";
const tag = serviceTag(venue);
const peer = "12D3KooWGbkod8z9ABcyfQ1D6aY2vw4aRsasFz5Hjg4zafnkgoJ8";

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("mDNS discovery", () => {
  let clock: SimClock;
  let questions: number[];
  let answers: (readonly { readonly type?: string; readonly data?: string }[])[];
  let found: { readonly peer: string; readonly addresses: readonly string[] }[];
  let hear: (name: string) => void;
  let hearAnswer: () => void;
  let meet: (info: PeerInfo) => void;
  let discovery: Discovery;
  let begun: number;
  let enough: boolean;
  let steps: string[];
  let broken: boolean;

  beforeEach(async () => {
    clock = new SimClock();
    [questions, answers, found, steps, broken, enough] = [[], [], [], [], false, false];
    const listeners = new Map<string, (packet: never) => void>();
    const socket: MdnsSocket = {
      on: (event: string, listener: (packet: never) => void) => void listeners.set(event, listener),
      query: () => void questions.push(clock.now() - begun),
      respond: (records) => void answers.push(records),
    };
    hear = (name) => listeners.get("query")?.({ questions: [{ name }] } as never);
    hearAnswer = () => listeners.get("response")?.({ answers: [{ type: "PTR", name: tag }] } as never);
    const service: MdnsService = {
      mdns: socket,
      start: async () => {
        steps.push("start");
        if (broken) throw new Error("ENETDOWN");
      },
      stop: async () => void steps.push("stop"),
      addEventListener: (_: string, listener: unknown) => {
        meet = (info) => (listener as (event: { detail: PeerInfo }) => void)({ detail: info });
      },
    };
    begun = clock.now();
    discovery = mdnsDiscovery(
      venue,
      () => service,
    )({
      clock,
      random: new SimRandom("mdns").bytes,
      logger: {} as ComponentLogger,
      log: silentLog,
      addresses: () => [`/ip4/10.0.0.9/tcp/4001/p2p/${peer}`],
      enough: () => enough,
      onFound: (who, addresses) => found.push({ peer: who, addresses }),
    });
    await discovery.start();
  });
  afterEach(() => discovery.stop());

  it("keeps venues apart, under names that DNS allows", () => {
    assert.notEqual(serviceTag("a"), serviceTag("b"));
    assert.equal(serviceTag("a"), serviceTag("a"));
    for (const name of ["", "a", "Конференция", "x".repeat(500)])
      assert.match(serviceTag(name), /^_[a-z0-9-]{1,62}\._udp\.local$/);
  });

  it("asks often at first and ever more rarely, and again when told to", async () => {
    await clock.pass(6000);
    assert.ok(questions.length >= 2);
    await clock.pass(60 * 60_000);
    assert.ok(questions.length < 45, `${questions.length} questions in an hour`);
    const before = questions.length;
    discovery.ask();
    await clock.pass(5000);
    assert.ok(questions.length >= before + 2);
  });

  it("listens and asks anew where the machine's networks have changed, and outlives a network that is down", async () => {
    await clock.pass(60_000);
    const before = questions.length;
    broken = true;
    discovery.moved();
    await settled();
    assert.deepEqual([steps, questions.length], [["start", "stop", "start"], before]);
    broken = false;
    discovery.moved();
    await settled();
    assert.deepEqual([steps.slice(3), questions.length], [["stop", "start"], before + 1]);
    await discovery.stop();
    discovery.moved();
    await settled();
    assert.deepEqual(steps.slice(5), ["stop"]);
  });

  it("knows whom it has found", () => {
    assert.equal(discovery.heard(peer), false);
    meet({ id: peerIdFromString(peer), multiaddrs: [multiaddr("/ip4/10.0.0.8/tcp/1")] } as unknown as PeerInfo);
    assert.equal(discovery.heard(peer), true);
  });

  it("takes another's question for one's own", async () => {
    await clock.pass(30_000);
    const before = questions.length;
    for (let i = 0; i < 60; i++) {
      hear(tag);
      await clock.pass(20_000);
    }
    assert.equal(questions.length, before);
  });

  it("answers after a moment, once, with its addresses, and only to its venue", async () => {
    hear(serviceTag("elsewhere"));
    await clock.pass(500);
    assert.equal(answers.length, 0);
    for (let i = 0; i < 10; i++) hear(tag);
    assert.equal(answers.length, 0);
    await clock.pass(500);
    assert.equal(answers.length, 1);
    assert.deepEqual(
      answers[0]?.map(({ type }) => type),
      ["PTR", "TXT"],
    );
    assert.equal(answers[0]?.[1]?.data, `dnsaddr=/ip4/10.0.0.9/tcp/4001/p2p/${peer}`);
  });

  const say = async (others: number, times = 1): Promise<number> => {
    const before = answers.length;
    for (let i = 0; i < times; i++) {
      hear(tag);
      for (let n = 0; n < others; n++) hearAnswer();
      await clock.pass(1000);
    }
    return answers.length - before;
  };
  const crowd = (many: number): void => {
    for (let i = 0; i < many; i++) {
      const id = peerIdFromString(peer);
      meet({ id: { ...id, toString: () => `peer ${i}` } as typeof id, multiaddrs: [] });
    }
  };

  it("draws lots in a crowd, so that the same few answer of a hundred and of a thousand, and not when three have", async () => {
    assert.equal(await say(5), 1);
    crowd(40);
    const of40 = await say(2, 100);
    assert.ok(of40 > 8 && of40 < 40, `${of40} answers to 100 questions in a crowd of 40`);
    assert.equal(await say(3, 20), 0);
    crowd(1000);
    const of1000 = await say(0, 100);
    assert.ok(of1000 < 15, `${of1000} answers to 100 questions in a crowd of 1000`);
    assert.equal(await say(3, 100), 0);
  });

  it("is not silenced by names that somebody made up, and forgets a crowd that is gone", async () => {
    crowd(5000);
    // Ten of them answer four questions of a newcomer two or three times.
    const answered = await say(0, 200);
    assert.ok(answered > 6, `${answered} answers to 200 questions`);
    meet({ id: peerIdFromString(peer), multiaddrs: [] } as unknown as PeerInfo);
    assert.equal(discovery.heard(peer), true, "whoever comes after them is heard");
    await clock.pass(11 * 60_000);
    assert.equal(await say(5), 1);
  });

  it("adds nothing where there is much of it, asks nothing while others are told, and little with links enough", async () => {
    crowd(13);
    for (let i = 0; i < 10; i++) hear(tag);
    await clock.pass(700);
    assert.equal(answers.length, 0);
    const before = questions.length;
    for (let i = 0; i < 400; i++) {
      for (let n = 0; n < 3; n++) hearAnswer();
      await clock.pass(100);
    }
    assert.equal(questions.length, before);
    await clock.pass(10_000);
    assert.ok(questions.length > before);
    enough = true;
    const then = questions.length;
    for (let i = 0; i < 10; i++) await clock.pass(60_000);
    assert.ok(questions.length - then < 9, `${questions.length - then} questions in ten minutes`);
  });

  it("hands over addresses of this network, without peer ids, and no others", () => {
    const multiaddrs = ["/ip4/10.0.0.1/tcp/1", "/ip4/8.8.8.8/tcp/1", "/ip6/fe80::1/tcp/1", "/dns4/example.org/tcp/1"];
    meet({ id: peerIdFromString(peer), multiaddrs: multiaddrs.map((one) => multiaddr(one)) });
    assert.deepEqual(found, [{ peer, addresses: ["/ip4/10.0.0.1/tcp/1", "/ip6/fe80::1/tcp/1"] }]);
  });
});

/** Whether a multicast that this machine sends comes back to it; false in some containers. */
const multicastWorks = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket({ type: "udp4", reuseAddr: true });
    const end = (works: boolean) => (): void => {
      clearTimeout(timer);
      socket.close();
      resolve(works);
    };
    const timer = setTimeout(end(false), 1000);
    socket.on("error", end(false));
    socket.on("message", end(true));
    socket.bind(5354, () => {
      try {
        socket.addMembership("224.0.0.251");
        socket.send("hello", 5354, "224.0.0.251");
      } catch {
        end(false)();
      }
    });
  });

describe("links on one network", () => {
  it("find each other without being told, within their venue", async function () {
    if (!(await multicastWorks())) this.skip();
    const boxes = [createMailbox(), createMailbox(), createMailbox()] as const;
    const name = `test ${process.pid} ${Date.now()}`;
    const links = [name, name, `${name} elsewhere`].map(
      (where) => new Libp2pLink({ host: nodeHost(), discovery: mdnsDiscovery(where) }),
    );
    await Promise.all(links.map((link, i) => link.start(boxes[i as 0 | 1 | 2].handlers)));
    await until(boxes, () => boxes[0].peers() === 1 && boxes[1].peers() === 1);
    assert.equal(boxes[2].peers(), 0);
    await Promise.all(links.map((link) => link.stop()));
  });
});
