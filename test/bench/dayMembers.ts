/** Scenes about who is in: verification, codes, admins, removals, devices. */
import { setTimeout as delay } from "node:timers/promises";
import type { DeviceView, GroupId, LinkView, WaitingView } from "../../src/types.ts";
import { until } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { DayCaucus } from "./dayCast.ts";
import type { DayLife } from "./dayLife.ts";
import { TABLET } from "./dayPeople.ts";

const PATIENCE_MS = 120_000;
const WAIT = ["--wait", "90"] as const;

/** Two by code, two by emoji, and a region by its room code. */
export const verify = async (day: DayLife): Promise<void> => {
  const region = day.cast.regions[0]!;
  const [a, b, c] = day.awake(region) as [VenueNode, VenueNode, VenueNode];
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const { code } = await other.ask<{ code: string }>("verify");
    await day.book.must(one, { what: `scans ${other.name}'s code` }, "verify", other.person, code);
  }
  const compare = { what: "compares emoji" };
  await Promise.all([
    day.book.must(a, compare, "verify", c.person, ...WAIT),
    day.book.must(c, compare, "verify", a.person, ...WAIT),
  ]);
  for (const [one, other] of [
    [a, c],
    [c, a],
  ] as const)
    await day.book.must(one, { what: "says that they are the same" }, "verify", other.person, "--match");
  day.compared.push(b, c);
  if (region.guests > 0) return;
  const reads = { what: "takes part in the room code" };
  const reading = day.awake(region).map((node) => day.book.must(node, reads, "room", region.caucus, ...WAIT));
  await Promise.all(reading);
  await day.book.must(a, { what: "says that the room code is the same" }, "room", region.caucus, "--match");
};

/** Whoever comes by a code with approval waits; a revoked code lets nobody in; an open caucus lets in who asks. */
export const codes = async (day: DayLife): Promise<void> => {
  const [host, first, second, third] = day.random.shuffle(day.cast.bots.filter((node) => !day.isAway(node))) as [
    VenueNode,
    VenueNode,
    VenueNode,
    VenueNode,
  ];
  const name = "Corridor B";
  const make = { what: "opens a caucus to all" };
  const { caucus } = await day.book.must<{ caucus: GroupId }>(host, make, "caucus", "new", name, "--open");
  const corridor: DayCaucus = { name, caucus, nodes: [host], since: new Map(), guests: 0 };
  const comesIn = async (node: VenueNode, what: string, code: string): Promise<void> => {
    await day.book.must(node, { what }, "join", code, ...WAIT);
    await until(`${node.name} is in`, async () => (await node.caucus(caucus))?.state === "joined", PATIENCE_MS);
    corridor.since.set(node, Date.now());
    corridor.nodes = [...corridor.nodes, node];
  };
  await until(
    `${first.name} sees it listed`,
    async () => (await first.ask<{ caucus: GroupId }[]>("caucus", "ls", "--open")).some((one) => one.caucus === caucus),
    PATIENCE_MS,
  );
  await comesIn(first, "joins the open caucus", name);
  const withApproval = { what: "makes a code with approval" };
  const asked = await day.book.must<{ code: string }>(host, withApproval, "invite", caucus, "--approval");
  const coming = day.book.act(second, { what: "asks to come in" }, "join", asked.code, ...WAIT);
  await until(
    "somebody waits",
    async () =>
      (await host.ask<WaitingView[]>("invite", "waiting", caucus)).some(({ person }) => person === second.person),
    PATIENCE_MS,
  );
  await day.book.must(host, { what: `lets ${second.name} in` }, "invite", "approve", caucus, second.person);
  await coming;
  await until(`${second.name} is in`, async () => (await second.caucus(caucus))?.state === "joined", PATIENCE_MS);
  corridor.since.set(second, Date.now());
  corridor.nodes = [...corridor.nodes, second];
  const gone = await day.book.must<{ code: string; invite: string }>(host, { what: "makes a code" }, "invite", caucus);
  await day.book.must(host, { what: "revokes it" }, "invite", "revoke", caucus, gone.invite);
  const { code } = await third.run("join", gone.code, "--wait", "20");
  if (code === 0) day.book.fault(`${third.name} came in by a code that was revoked`);
  for (const node of corridor.nodes) await day.say(node, corridor, `${node.name} is in the corridor`);
  day.takesUp(corridor);
};

/** Two make an admin; an admin of three is removed by two. */
export const admins = async (day: DayLife): Promise<void> => {
  const region = day.cast.regions[0]!;
  const { caucus } = region;
  const [founder, second, third] = region.nodes as [VenueNode, VenueNode, VenueNode];
  const isAdmin = (node: VenueNode, whom: VenueNode): Promise<unknown> =>
    until(
      `${node.name} sees ${whom.name} as an admin`,
      async () =>
        (await node.caucus(caucus))?.members.some(({ person, role }) => person === whom.person && role === "admin"),
      PATIENCE_MS,
    );
  const raise = (by: VenueNode, whom: VenueNode): Promise<unknown> =>
    day.book.must(by, { what: `makes ${whom.name} an admin` }, "role", caucus, whom.person, "admin");
  const moved = (node: VenueNode): Promise<unknown> =>
    until(`${node.name} sees the motion`, async () => (await node.caucus(caucus))?.motions?.length === 1, PATIENCE_MS);
  await raise(founder, second);
  await isAdmin(second, second);
  await raise(founder, third);
  await moved(second);
  await raise(second, third);
  await isAdmin(third, third);
  // Nothing of theirs is under way when they go.
  day.leaves(third);
  await delay(2_000);
  const remove = (by: VenueNode): Promise<unknown> =>
    day.book.must(by, { what: `removes ${third.name}` }, "remove", caucus, third.person);
  await remove(founder);
  await moved(second);
  await remove(second);
  await until(`${third.name} is out`, async () => (await third.caucus(caucus))?.state === "gone", PATIENCE_MS);
  region.nodes = region.nodes.filter((node) => node !== third);
  day.returns(third);
};

/** Somebody leaves a region, and comes back by a code. */
export const leaves = async (day: DayLife): Promise<void> => {
  const region = day.cast.regions.at(1) ?? day.cast.regions[0]!;
  const { caucus } = region;
  const node = region.nodes.at(-1)!;
  const host = region.nodes[0]!;
  day.leaves(node);
  await delay(2_000);
  await day.book.must(node, { what: `leaves ${region.name}` }, "leave", caucus);
  await until(
    `${host.name} sees that`,
    async () => (await host.caucus(caucus))?.members.every(({ person }) => person !== node.person),
    PATIENCE_MS,
  );
  const { code } = await day.book.must<{ code: string }>(host, { what: "makes a code for them" }, "invite", caucus);
  await day.book.must(node, { what: `comes back to ${region.name}` }, "join", code, ...WAIT);
  await until(`${node.name} is in`, async () => (await node.caucus(caucus))?.state === "joined", PATIENCE_MS);
  await delay(2_000);
  region.since.set(node, Date.now());
  day.returns(node);
};

/** Somebody takes a second device in; it reads what was said, and says something. */
export const link = async (day: DayLife): Promise<void> => {
  const { tablet, plenary } = day.cast;
  const node = day.linking();
  await day.cast.start(tablet);
  const offer = tablet.start(["device", "link", "--data", tablet.folder, "--name", TABLET, "--yes", "--json"]);
  const { code } = JSON.parse(await offer.firstLine) as LinkView;
  await day.book.must(node, { what: "takes a tablet in" }, "device", "link", code ?? "", "--history", "all", "--yes");
  await until("the tablet has what was said", async () => (await tablet.texts(plenary.caucus)).length > 0, PATIENCE_MS);
  // What those write who had compared keys waits until they have seen the new device.
  for (const one of day.compared.filter((other) => !day.isAway(other))) {
    const holds = async (): Promise<boolean> =>
      (await one.caucus(plenary.caucus))?.heldFor?.includes(node.person) === true;
    await until(`${one.name} holds back what it writes`, holds, PATIENCE_MS);
    const code = (await node.ask<{ code: string }>("verify")).code;
    await day.book.must(one, { what: `scans ${node.name}'s code anew` }, "verify", node.person, code);
  }
  const text = "From my other device";
  const { message } = await tablet.ask<{ message: string }>("send", plenary.caucus, text);
  await until(
    "the hub has what the tablet says",
    async () => (await day.cast.hub.history(plenary.caucus)).some((line) => line.message === message),
    PATIENCE_MS,
  );
  const said = { what: `says “${text}”`, came: "done", caucus: plenary.caucus, kind: "text" } as const;
  day.book.note({ by: TABLET, person: node.person, ...said });
};

/** It is lost, and taken out. */
export const revoke = async (day: DayLife): Promise<void> => {
  const node = day.linking();
  const devices = await node.ask<DeviceView[]>("device", "ls");
  const lost = devices.find(({ name }) => name === TABLET);
  if (!lost) throw new Error("no tablet is there");
  await day.book.must(node, { what: "revokes the tablet" }, "device", "revoke", lost.device, "--yes");
  await until(
    "the tablet knows that it is taken out",
    async () =>
      (await day.cast.tablet.ask<DeviceView[]>("device", "ls")).some(({ here, state }) => here && state === "revoked"),
    PATIENCE_MS,
  );
  const { code } = await day.cast.tablet.run("send", day.cast.plenary.caucus, "still here?");
  if (code === 0) day.book.fault("a device that was taken out goes on speaking");
};
