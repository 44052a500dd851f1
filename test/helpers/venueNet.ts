/**
 * Network namespaces, a bridge and its firewall on this machine. Their names carry the process that made them, so that
 * what a killed run left behind is known as such and removed by the next one.
 */
import { execFile, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "couloir-venue.";
const NAMESPACES = "/run/netns";
const SUBNET = "10.77.0";
const CABLE = "10.78.0";

/** When a process began, in clock ticks since boot; with its id that names it for good. */
const startOf = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
};
const owner = (): string => `${process.pid}-${startOf(process.pid) ?? ""}`;
let serial = 0;

/** A name that no other run uses, for a namespace or a temporary folder. */
export const uniqueName = (label: string): string => `${PREFIX}${owner()}.${(serial += 1)}.${label}`;

const ownerOf = (name: string): string => name.slice(PREFIX.length).split(".")[0] ?? "";
const isGone = (name: string): boolean => {
  const [pid = "", start] = ownerOf(name).split("-");
  return startOf(Number(pid)) !== start;
};

const entries = (folder: string): string[] => {
  try {
    return readdirSync(folder).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
};

/** Ends what runs in a namespace, and removes it. */
const removeNamespace = (name: string): void => {
  const { stdout } = spawnSync("ip", ["netns", "pids", name], { encoding: "utf8" });
  for (const pid of stdout.split("\n").filter((line) => line !== "")) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended by itself meanwhile.
    }
  }
  spawnSync("ip", ["netns", "delete", name]);
};

const removeAll = (which: (name: string) => boolean): void => {
  for (const name of entries(NAMESPACES).filter(which)) removeNamespace(name);
  for (const name of entries(tmpdir()).filter(which)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
};

/** Removes what runs that are no more have left behind. */
const sweepLeftovers = (): void => removeAll(isGone);

/** Whatever happens to this process short of SIGKILL, nothing of it stays. */
process.once("exit", () => removeAll((name) => ownerOf(name) === owner()));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

/** Runs a program to its end; rejects with what it said. */
const run = (program: string, args: readonly string[], input = ""): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(program, args, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${args.join(" ")}: ${stderr || error.message}`));
    });
    // It may fail before it has read everything; what it says about that is what counts.
    child.stdin?.on("error", () => undefined).end(input);
  });

/** The name of the bridge's port that leads to the node of this number. */
const port = (index: number): string => `p${index}`;

const FIREWALL = `
table bridge venue {
  set cut { type ifname . ifname; }
  chain loss { }
  chain forward {
    type filter hook forward priority 0; policy accept;
    iifname . oifname @cut drop
    jump loss
  }
}
`;

/** A bridge in a namespace of its own, and a namespace for each of its nodes. */
export class VenueNet {
  readonly bridge: string;
  readonly nodes: readonly string[];

  private constructor(count: number) {
    this.bridge = uniqueName("bridge");
    this.nodes = Array.from({ length: count }, (_, index) => uniqueName(`node${index}`));
  }

  static async open(count: number): Promise<VenueNet> {
    const net = new VenueNet(count);
    const { bridge, nodes } = net;
    for (const name of [bridge, ...nodes]) await run("ip", ["netns", "add", name]);
    await run("ip", ["-n", bridge, "link", "add", "br0", "type", "bridge", "mcast_snooping", "0"]);
    await run("ip", ["-n", bridge, "link", "set", "br0", "up"]);
    await run("ip", ["netns", "exec", bridge, "nft", "-f", "-"], FIREWALL);
    for (const [index, name] of nodes.entries()) {
      await run(
        "ip",
        ["-n", bridge, "-batch", "-"],
        `link add ${port(index)} type veth peer name eth0 netns ${name}
        link set ${port(index)} master br0 up\n`,
      );
      await run(
        "ip",
        ["-n", name, "-batch", "-"],
        `link set lo up
        addr add ${net.address(index)}/24 dev eth0
        link set eth0 up multicast on
        route add default via ${SUBNET}.254\n`,
      );
    }
    return net;
  }

  address(index: number): string {
    return `${SUBNET}.${index + 1}`;
  }

  /** A cable between two nodes besides the bridge: a second interface for each. Gives their addresses on it. */
  async cable(left: number, right: number): Promise<readonly [string, string]> {
    const [a = "", b = ""] = [this.nodes[left], this.nodes[right]];
    await run("ip", ["-n", a, "link", "add", "eth1", "type", "veth", "peer", "name", "eth1", "netns", b]);
    const addresses = [`${CABLE}.1`, `${CABLE}.2`] as const;
    for (const [name, address] of [
      [a, addresses[0]],
      [b, addresses[1]],
    ] as const)
      await run("ip", ["-n", name, "-batch", "-"], `addr add ${address}/24 dev eth1\nlink set eth1 up\n`);
    return addresses;
  }

  /** Drops every frame between nodes of the two sides, in both directions. */
  async cut(left: readonly number[], right: readonly number[]): Promise<void> {
    const pairs = left.flatMap((a) => right.flatMap((b) => [`${port(a)} . ${port(b)}`, `${port(b)} . ${port(a)}`]));
    await this.#nft(`add element bridge venue cut { ${pairs.join(", ")} }`);
  }

  /** Drops every frame from these nodes to those, and lets pass what goes the other way. */
  async silence(from: readonly number[], to: readonly number[]): Promise<void> {
    const pairs = from.flatMap((a) => to.map((b) => `${port(a)} . ${port(b)}`));
    await this.#nft(`add element bridge venue cut { ${pairs.join(", ")} }`);
  }

  /** Ends all cuts. */
  heal(): Promise<void> {
    return this.#nft("flush set bridge venue cut");
  }

  /** Drops so many frames of a hundred at random; of one node's only, if one is given, and none of those to it. */
  lose(percent: number, from?: number): Promise<void> {
    const whose = from === undefined ? "" : `iifname ${port(from)} `;
    const rule = `add rule bridge venue loss ${whose}numgen random mod 100 < ${percent} counter drop`;
    return this.#nft(`flush chain bridge venue loss\n${percent > 0 ? rule : ""}`);
  }

  /** Lets so many kilobytes a second through the bridge, and drops what is above. */
  slow(kilobytes: number): Promise<void> {
    const rule = `add rule bridge venue loss limit rate over ${kilobytes} kbytes/second burst 64 kbytes counter drop`;
    return this.#nft(`flush chain bridge venue loss\n${rule}`);
  }

  /** Keeps these nodes apart from each other, as an access point does with its guests; all others reach all. */
  async isolate(indices: readonly number[]): Promise<void> {
    for (const index of indices)
      await run("bridge", ["-n", this.bridge, "link", "set", "dev", port(index), "isolated", "on"]);
  }

  /** Lets no multicast of DNS through, of either family. */
  filterMulticast(): Promise<void> {
    const groups = ["ether daddr 01:00:5e:00:00:fb drop", "ether daddr 33:33:00:00:00:fb drop"];
    return this.#nft(groups.map((rule) => `add rule bridge venue forward ${rule}`).join("\n"));
  }

  /** Lets nobody open a connection to this node. */
  async firewall(index: number): Promise<void> {
    const table = `table inet wall {
      chain input {
        type filter hook input priority 0; policy accept;
        iifname != "lo" tcp flags & (syn | ack) == syn drop
      }
    }\n`;
    await run("ip", ["netns", "exec", this.nodes[index] ?? "", "nft", "-f", "-"], table);
  }

  /** From now on, counts how often these nodes look for the way out of the network, to a machine that is not there. */
  async watchTheWayOut(indices: readonly number[]): Promise<void> {
    const ports = indices.map(port).join(", ");
    await this.#nft(`
      add chain bridge venue outward { type filter hook prerouting priority 0; policy accept; }
      add rule bridge venue outward iifname { ${ports} } arp operation request arp daddr ip ${SUBNET}.254 counter`);
  }

  /** What was counted since `watchTheWayOut`. */
  async waysOutSought(): Promise<number> {
    const args = ["netns", "exec", this.bridge, "nft", "list", "chain", "bridge", "venue", "outward"];
    return Number(/counter packets (\d+)/u.exec(await run("ip", args))?.[1] ?? NaN);
  }

  /** Commands of `ip` in a node's namespace, one a line. */
  async ip(index: number, ...lines: readonly string[]): Promise<void> {
    await run("ip", ["-n", this.nodes[index] ?? "", "-batch", "-"], `${lines.join("\n")}\n`);
  }

  close(): void {
    for (const name of [...this.nodes, this.bridge]) removeNamespace(name);
  }

  async #nft(rules: string): Promise<void> {
    await run("ip", ["netns", "exec", this.bridge, "nft", "-f", "-"], `${rules}\n`);
  }
}

/** Why no venue can be made here; `undefined` where it can. */
export const whyNoVenue = (): string | undefined => {
  if (process.getuid?.() !== 0) return "network namespaces need root";
  sweepLeftovers();
  const name = uniqueName("probe");
  const steps: readonly (readonly [string, readonly string[], string?])[] = [
    ["ip", ["netns", "add", name]],
    ["ip", ["-n", name, "link", "add", "br0", "type", "bridge"]],
    ["ip", ["-n", name, "link", "add", "p0", "type", "veth", "peer", "name", "p1"]],
    ["ip", ["netns", "exec", name, "nft", "-f", "-"], FIREWALL],
  ];
  try {
    for (const [program, args, input = ""] of steps) {
      const { error, status, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
      if (error !== undefined) return `${program} is not installed`;
      if (status !== 0) return `${program} ${args.join(" ")}: ${stderr.trim().split("\n")[0] ?? ""}`;
    }
    return undefined;
  } finally {
    removeNamespace(name);
  }
};
