/** A venue's description as it is handed on, and the proof that one has its key. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  readVenueCode,
  type VenueDescriptor,
  venueMark,
  venueProof,
  type VenueProofParts,
  writeVenueCode,
} from "../../src/protocol/venue.ts";
import { seeded } from "./room.ts";

const random = seeded("venue");
const geneva: VenueDescriptor = {
  name: "Palais, salle XX",
  buckets: 8,
  key: random(16),
  hubs: ["/ip4/10.0.0.7/tcp/8020/ws"],
};

describe("a venue's code", () => {
  it("comes back whole, with a page's address before it and spaces around it", () => {
    for (const venue of [geneva, { name: "couloir", buckets: 1, hubs: [] }]) {
      assert.deepEqual(readVenueCode(writeVenueCode(venue)), venue);
      assert.deepEqual(readVenueCode(` http://10.0.0.7:8020/#${writeVenueCode(venue)}\n`), venue);
    }
  });

  it("is refused when a character is missing, changed or added, and for a number of buckets that no venue has", () => {
    const code = writeVenueCode(geneva);
    for (const bad of [code.slice(0, -1), `${code}A`, code.replace(/.$/u, "!"), "couloir-venue:", "", "couloir:abc"])
      assert.throws(() => readVenueCode(bad), { code: "venue-garbled" }, bad);
    for (const venue of [
      { ...geneva, buckets: 2 },
      { ...geneva, buckets: 0 },
      { ...geneva, name: "" },
    ])
      assert.throws(() => readVenueCode(writeVenueCode(venue)), { code: "venue-garbled" });
  });

  it("makes no other text throw anything else", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.throws(() => readVenueCode(text), { code: "venue-garbled" });
      }),
      { numRuns: 300 },
    );
  });
});

describe("a proof of a venue's key", () => {
  const parts: VenueProofParts = {
    prover: "12D3Ana",
    verifier: "12D3Ben",
    proverNonce: random(32),
    verifierNonce: random(32),
  };
  const { name } = geneva;
  const key = geneva.key as Uint8Array;

  it("holds for one prover, one verifier, the nonces of both, one venue and one key", () => {
    const proof = venueProof({ name, key }, parts);
    assert.equal(proof.length, 32);
    const others = [
      venueProof({ name, key: random(16) }, parts),
      venueProof({ name: "Palais", key }, parts),
      ...Object.entries({
        prover: "12D3Mal",
        verifier: "12D3Mal",
        proverNonce: random(32),
        verifierNonce: random(32),
      }).map(([field, value]) => venueProof({ name, key }, { ...parts, [field]: value })),
      // Sent back to whoever made it; and with the border between the names moved.
      venueProof(
        { name, key },
        {
          prover: parts.verifier,
          verifier: parts.prover,
          proverNonce: parts.verifierNonce,
          verifierNonce: parts.proverNonce,
        },
      ),
      venueProof({ name, key }, { ...parts, prover: "12D3An", verifier: "a12D3Ben" }),
    ].map((one) => Buffer.from(one).toString("hex"));
    assert.equal(new Set([Buffer.from(proof).toString("hex"), ...others]).size, others.length + 1);
  });

  it("says nothing of the venue's mark, which those who know the name make themselves", () => {
    assert.deepEqual(venueMark(name), venueMark(name));
    assert.notDeepEqual(venueMark(name), venueMark("Palais"));
  });
});
