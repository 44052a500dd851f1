/** The venue as a device knows it: what is kept, what is given at a start, and what is learned on the way. */
import assert from "node:assert/strict";
import { describeVenue, VenueDoor } from "../../src/messenger/venueDoor.ts";
import { type VenueDescriptor, writeVenueCode } from "../../src/protocol/venue.ts";
import { seeded } from "../protocol/room.ts";

const random = seeded("venue door");
const KEY = random(16);
const geneva: VenueDescriptor = { name: "geneva", buckets: 8, key: KEY, hubs: ["/ip4/10.0.0.1/tcp/8020/ws"] };

describe("the venue at a start", () => {
  it("is the one of last time, the usual one at first, and another one by its name", () => {
    assert.deepEqual(describeVenue({}, undefined, random), { name: "couloir", buckets: 1, hubs: [] });
    assert.deepEqual(describeVenue({}, geneva, random), geneva);
    assert.deepEqual(describeVenue({ venue: "geneva" }, geneva, random), geneva);
    assert.deepEqual(describeVenue({ venue: "new york" }, geneva, random), { name: "new york", buckets: 1, hubs: [] });
  });

  it("takes from a code what is in it, and keeps what is not", () => {
    const code = writeVenueCode({ name: "geneva", buckets: 8, hubs: [] });
    assert.deepEqual(describeVenue({ venue: code }, geneva, random), geneva);
    const other = { ...geneva, key: random(16), hubs: [] };
    assert.deepEqual(describeVenue({ venue: writeVenueCode(other) }, geneva, random).key, other.key);
    assert.throws(() => describeVenue({ venue: "couloir-venue:AAAA" }, geneva, random), { code: "venue-garbled" });
  });

  it("gets a key once, loses it when told, and has no number of parts but two", () => {
    const keyed = describeVenue({ venueKey: "new" }, undefined, random);
    assert.equal(keyed.key?.length, 16);
    assert.deepEqual(
      describeVenue({ venueKey: "new" }, keyed, random),
      keyed,
      "each start would else shut everybody out",
    );
    assert.equal(describeVenue({ venueKey: "none" }, keyed, random).key, undefined);
    assert.equal(describeVenue({ buckets: 1 }, geneva, random).buckets, 1);
    assert.throws(() => describeVenue({ buckets: 4 }, undefined, random), { code: "venue-buckets" });
    assert.throws(() => describeVenue({ venue: "x".repeat(65) }, undefined, random), { code: "venue-name" });
  });
});

describe("a venue's key that comes while a device runs", () => {
  it("is taken where there is none, told to the link, and replaced on a person's word only", () => {
    const door = new VenueDoor({ name: "geneva", buckets: 8, hubs: [] });
    let told = 0;
    door.onKey = () => void told++;
    assert.equal(door.take({ key: KEY, hubs: [] }).length, 1);
    assert.deepEqual([door.known.key, told], [KEY, 1]);
    const other = random(16);
    assert.deepEqual(door.take({ key: other, hubs: [] }), [], "an invite does not take a key away");
    assert.equal(door.take({ key: other, hubs: ["/ip4/10.0.0.1/tcp/1/ws"] }, true).length, 1);
    assert.deepEqual([door.known.key, told], [other, 2]);
    assert.equal(door.take({ hubs: [] }, true).length, 0);
  });
});
