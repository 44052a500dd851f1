/** Files and photos: who gets them, from whom, through what. */
import assert from "node:assert/strict";
import type { FileView, GroupId, MessageId } from "../../src/types.ts";
import { bytesOf, contentOf, fileOf, stateOf, THUMBNAIL, watch } from "../helpers/simFile.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const PHOTO = { type: "image/jpeg", picture: { width: 1600, height: 1200, thumbnail: THUMBNAIL } };

const fetches = async (who: SimPerson, caucus: GroupId, message: MessageId): Promise<FileView> =>
  (await who.does(who.messenger.fetchFile(caucus, message))).file!;
const views = async (who: SimPerson, caucus: GroupId): Promise<FileView[]> =>
  (await who.lines(caucus)).flatMap(({ file }) => file ?? []);

describe("a file", () => {
  it("comes as a picture at once, and whole to whoever asks", async () => {
    const { alice, bob, world } = await meet(701, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const sent = await alice.does(
      alice.messenger.sendFile(caucus, fileOf("draft.jpg", 700_000, { ...PHOTO, text: "page 3" })),
    );
    assert.deepEqual([sent.kind, sent.text, sent.state], ["file", "page 3", "saved"]);
    assert.deepEqual([sent.file?.state, sent.file?.have, sent.file?.keptBy], ["here", 700_000, 1]);
    await world.settles();
    const [seen] = await views(bob, caucus);
    assert.deepEqual(seen, { name: "draft.jpg", size: 700_000, ...PHOTO, have: 0, state: "away", keptBy: 1 });
    const told = watch(bob, sent.message);
    assert.equal((await fetches(bob, caucus, sent.message)).state, "coming");
    await world.settles();
    assert.deepEqual(await contentOf(bob, caucus, sent.message), bytesOf("draft.jpg", 700_000));
    assert.deepEqual([told.at(0)?.state, told.at(-1)?.state, told.at(-1)?.have], ["coming", "here", 700_000]);
    // The author hears that one more keeps it.
    assert.equal((await views(alice, caucus))[0]?.keptBy, 2);
    const receipts = await alice.does(alice.messenger.receipts(caucus, sent.message));
    assert.deepEqual(receipts, [{ person: bob.id, name: "bob", reached: true, read: false }]);
    assert.equal(await stateOf(alice, caucus, sent.message), "here");
    await world.audit();
  });
});
