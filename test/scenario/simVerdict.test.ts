/** The auditor finds what it is there to find: each test spoils a good end in one way. */
import assert from "node:assert/strict";
import type { MessengerApi } from "../../src/messenger/api.ts";
import type {
  CaucusMember,
  CaucusView,
  GroupId,
  MessageId,
  MessageView,
  MessengerEvents,
  PersonId,
} from "../../src/types.ts";
import { Auditor, type Witness } from "../helpers/simAuditor.ts";
import { findFaults } from "../helpers/simVerdict.ts";

const caucus = "ca" as GroupId;

/** A person whose messenger does as the test says. */
class Puppet implements Witness {
  readonly up = true;
  readonly id: PersonId;
  readonly name: string;
  history: MessageView[] = [];
  view: CaucusView = {
    caucus,
    name: "",
    open: false,
    direct: false,
    members: [],
    unread: 0,
    mayInvite: true,
    quantum: false,
    admin: true,
    state: "joined",
  };
  readonly #handlers: ((line: MessageView) => void)[] = [];
  readonly #watchers: ((view: CaucusView) => void)[] = [];

  constructor(name: string) {
    this.name = name;
    this.id = name as PersonId;
  }

  get messenger(): MessengerApi {
    return {
      person: this.id,
      caucuses: () => [this.view],
      on: <E extends keyof MessengerEvents>(event: E, handler: (value: MessengerEvents[E]) => void) => {
        if (event === "receipt") this.#handlers.push(handler as (line: MessageView) => void);
        if (event === "caucus") this.#watchers.push(handler as (view: CaucusView) => void);
        return () => undefined;
      },
    } as unknown as MessengerApi;
  }

  async lines(): Promise<readonly MessageView[]> {
    return this.history;
  }

  sees(people: readonly Puppet[], state: CaucusView["state"] = "joined"): void {
    const members = people.map(({ id, name }): CaucusMember => {
      const standing = { trust: "unverified", verified: false, app: "unchecked", vouchedBy: [] } as const;
      const words = { name, flag: "", delegation: "", ...standing, online: true, guest: false };
      return { person: id, ...words, role: "member", state: "joined", confirmed: true };
    });
    this.view = { ...this.view, members, state };
    for (const watcher of this.#watchers) watcher(this.view);
  }

  sent(line: MessageView): void {
    for (const handler of this.#handlers) handler({ ...line, state: "sent" });
  }
}

const scene = () => {
  let now = 0;
  const auditor = new Auditor();
  const [alice, bob, carol] = ["alice", "bob", "carol"].map((name) => new Puppet(name)) as [Puppet, Puppet, Puppet];
  const all = [alice, bob, carol];
  auditor.created(caucus, alice);
  for (const one of all) auditor.observe(one, one.messenger);
  for (const one of all) one.sees(all);
  const says = (author: Puppet, text: string, readers: readonly Puppet[]): void => {
    now += 1000;
    auditor.saying(author, caucus, text);
    const line: MessageView = {
      message: text as MessageId,
      caucus,
      sender: author.id,
      name: author.name,
      sentAt: now,
      kind: "text",
      text,
      reached: 0,
      read: 0,
      of: 2,
      state: "saved",
      missing: 0,
    };
    auditor.said(author, line);
    author.sent(line);
    author.history.push({ ...line, state: "sent", reached: readers.length });
    for (const reader of readers) reader.history.push({ ...line, state: "received" });
  };
  says(alice, "one", [bob, carol]);
  says(bob, "two", [alice, carol]);
  const removes = async (by: Puppet, whom: Puppet): Promise<void> => {
    await auditor.removing(by, caucus);
    auditor.removed(by, caucus, whom);
    by.sees(all.filter((one) => one !== whom));
  };
  const faults = async (): Promise<readonly string[]> =>
    (await findFaults(auditor)).map((fault) => fault.slice(0, fault.indexOf(":")));
  return { auditor, alice, bob, carol, says, removes, faults };
};

describe("the auditor of simulated runs", () => {
  it("finds nothing in a good run", async () => {
    assert.deepEqual(await scene().faults(), []);
  });

  it("finds a text that did not arrive", async () => {
    const { carol, faults } = scene();
    carol.history.pop();
    assert.deepEqual(await faults(), ["reach", "receipts"]);
  });

  it("finds a text that is there twice", async () => {
    const { carol, faults } = scene();
    carol.history.push(carol.history[1]!);
    assert.deepEqual(await faults(), ["once"]);
  });

  it("finds another order", async () => {
    const { carol, faults } = scene();
    carol.history.reverse();
    assert.deepEqual(await faults(), ["order", "order"]);
  });

  it("finds a lost and an unsent text of one's own", async () => {
    const { alice, bob, faults } = scene();
    alice.history.shift();
    bob.history[1] = { ...bob.history[1]!, state: "saved" };
    assert.deepEqual(await faults(), ["own", "own"]);
  });

  it("finds people who see other members", async () => {
    const { alice, bob, carol, faults } = scene();
    carol.sees([alice, bob]);
    assert.deepEqual(await faults(), ["members", "members"]);
  });

  it("finds a text with somebody to whom it was not sealed", async () => {
    const { alice, bob, carol, says, removes, faults } = scene();
    await removes(alice, carol);
    bob.sees([alice, bob]);
    carol.sees([], "gone");
    says(bob, "three", [alice, carol]);
    assert.deepEqual(await faults(), ["never"]);
    says(alice, "four", [bob, carol]);
    assert.deepEqual(await faults(), ["never", "never", "afterRemoval"]);
  });

  it("finds people who do not agree whether a removed person's last text counts", async () => {
    const { alice, bob, carol, says, removes, faults } = scene();
    await removes(alice, carol);
    says(carol, "overtaken", [bob]);
    bob.sees([alice, bob]);
    carol.sees([], "gone");
    assert.deepEqual(await faults(), ["agreement"]);
  });

  it("finds a receipt for what is not there", async () => {
    const { alice, faults } = scene();
    alice.history[0] = { ...alice.history[0]!, reached: 3 };
    assert.deepEqual(await faults(), ["receipts"]);
  });
});
