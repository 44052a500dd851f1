/** Codes that are open in a caucus, and people who wait to be let into it. */
import type { CodeView, GroupId, OpId, WaitingView } from "../../../src/types.ts";
import { NEVER } from "../../../src/messenger/api.ts";
import type { FakeMessenger } from "./fakeMessenger.ts";
import { ME, one, today } from "./persons.ts";

const inviteId = (n: number): OpId => n.toString(16).padStart(64, "e") as OpId;

/** Fills the doorway of a caucus; the last code is a poster of this person's. */
export const crowd = (messenger: FakeMessenger, caucus: GroupId): void => {
  const [lea, omar, red] = [one("Léa"), one("Omar"), one("Red Cross")];
  const code = (n: number, more: Partial<CodeView>): CodeView => ({
    invite: inviteId(n),
    kind: "personal",
    by: ME,
    name: "Ana Kovač",
    madeAt: today(14, n),
    uses: 1,
    used: 0,
    expires: Date.now() + 3_000_000,
    approval: false,
    history: "none",
    mayRevoke: true,
    ...more,
  });
  const poster = { kind: "poster", uses: 50, used: 7, expires: NEVER, approval: true } as const;
  messenger.setCodes(caucus, [
    code(1, { by: lea.person, name: lea.name, mayRevoke: false, history: "all" }),
    code(2, { ...poster, by: lea.person, name: lea.name, uses: 1000 }),
    code(3, { ...poster, history: "last", last: 100, code: `couloir:${"7KQ4M2XP".repeat(12)}` }),
  ]);
  const waiting = ({ person, name, flag, delegation, trust, guest }: typeof omar): WaitingView => {
    const heard = { since: today(14, 20), lastHeard: today(14, 25), invite: inviteId(3) };
    return { person, name, flag, delegation, trust, guest, ...heard };
  };
  messenger.waits(caucus, [waiting(omar), waiting(red)]);
};
