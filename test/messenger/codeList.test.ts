/** What is listed of the codes of a caucus, whatever another device of this person says that they are. */
import assert from "node:assert/strict";
import { codesOf } from "../../src/messenger/codeList.ts";
import { writeCode } from "../../src/messenger/inviteCode.ts";
import type { Held } from "../../src/messenger/parts.ts";
import type { Session } from "../../src/messenger/session.ts";
import { inviteKeys } from "../../src/protocol/hail.ts";
import { inviteBody, NOW, type Person, room, seeded } from "../protocol/room.ts";

const random = seeded("code list");

describe("the codes of a caucus", () => {
  const [ana] = room(["Ana", "Bo"]) as readonly [Person, Person];
  const [secret, other] = [random(16), random(16)];
  const made = ana.act({ ...inviteBody(random(32), random), hail: inviteKeys(secret).hail });
  const textOf = (of: Uint8Array): string =>
    writeCode({
      secret: of,
      group: ana.state.group,
      expires: NOW + 1000,
      venue: "",
      buckets: 1,
      addresses: [],
    });
  /** What is shown of that code to Ana, while this lies where it is kept. */
  const shown = async (kept: string | undefined): Promise<unknown> => {
    const session = {
      store: { get: async () => kept },
      clock: { now: () => NOW },
      person: ana.person,
      people: { get: () => undefined },
    } as unknown as Session;
    const codes = await codesOf(session, { state: ana.state } as Held);
    const found = codes.find(({ invite }) => invite === made.id);
    assert.ok(found, "listed");
    return found.code;
  };

  it("are shown where they are here", async () => {
    assert.equal(await shown(JSON.stringify(textOf(secret))), textOf(secret));
    assert.equal(await shown(undefined), undefined);
  });

  it("are listed without what is no code, or that of another invite: a lost device may say anything", async () => {
    for (const kept of ["{", "null", '{"a":1}', "7", '"couloir:AAAA"', JSON.stringify(textOf(other))])
      assert.equal(await shown(kept), undefined, kept);
  });
});
