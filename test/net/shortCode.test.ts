import assert from "node:assert/strict";
import fc from "fast-check";
import { readShortCode, writeShortCode, type Place } from "../../src/net/shortCode.ts";

const address = fc.oneof(
  fc.ipV4(),
  fc
    .tuple(fc.constantFrom("192.168", "10.77", "172.16", "172.31", "169.254"), fc.nat(255), fc.nat(255))
    .map((parts) => parts.join(".")),
);
const place: fc.Arbitrary<Place> = fc.record({
  host: address,
  port: fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 8015, max: 8040 })),
  way: fc.constantFrom("hub", "daemon"),
});

describe("a short code", () => {
  it("says where somebody is, in few letters", () => {
    for (const [host, port, way, code] of [
      ["192.168.8.20", 8020, "hub", "G82G-0JXQ"],
      ["10.77.0.3", 8021, "hub", "4T00-315A"],
      ["10.255.254.253", 43_817, "daemon", "FZZQX-XB556"],
      ["172.31.4.5", 4001, "daemon", "VR40Q-1YGS1"],
      ["8.8.4.4", 4700, "hub", "Y208-0G28-95SZ"],
    ] as const) {
      assert.equal(writeShortCode({ host, port, way }), code);
      assert.deepEqual(readShortCode(code), { host, port, way });
    }
  });

  it("has 8 letters for a hub in a private network, and 10 at most for any daemon there", () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 65_535 }), (a, b, c, port) => {
        const letters = (host: string, how: Omit<Place, "host">): number =>
          writeShortCode({ host, ...how })?.replaceAll("-", "").length ?? 0;
        for (const host of [`10.${a}.${b}.${c}`, `192.168.${b}.${c}`, `172.${16 + (a % 16)}.${b}.${c}`]) {
          assert.equal(letters(host, { way: "hub", port: 8020 + (port % 16) }), 8);
          assert.ok(letters(host, { way: "daemon", port }) <= 10);
        }
      }),
    );
  });

  it("is read as it was written, however it is typed", () => {
    fc.assert(
      fc.property(place, (one) => {
        const code = writeShortCode(one) ?? "";
        assert.match(code, /^[0-9A-HJKMNP-TV-Z]{3,5}(?:-[0-9A-HJKMNP-TV-Z]{3,5}){1,2}$/u);
        for (const typed of [code, code.toLowerCase(), code.replaceAll("-", " "), ` ${code.replaceAll("-", "")}\n`])
          assert.deepEqual(readShortCode(typed), { ...one });
        assert.deepEqual(readShortCode(code.replaceAll("0", "o").replaceAll("1", "l")), { ...one });
      }),
    );
  });

  it("shows a slip: almost no letter that is wrong goes unnoticed", () => {
    let slips = 0;
    let unnoticed = 0;
    fc.assert(
      fc.property(place, fc.nat(11), fc.constantFrom(...Array.from("23456789ABCDEFGH")), (one, at, letter) => {
        const code = (writeShortCode(one) ?? "").replaceAll("-", "");
        const typed = code.slice(0, at) + letter + code.slice(at + 1);
        if (at >= code.length || typed === code) return;
        slips += 1;
        if (readShortCode(typed) !== undefined) unnoticed += 1;
      }),
      { numRuns: 4000, seed: 7 },
    );
    assert.ok(unnoticed * 40 < slips, `${unnoticed} of ${slips}`);
  });

  it("reads nothing else, and never throws", () => {
    for (const typed of [
      "",
      "couloir:abc",
      "192.168.8.20",
      "192.168.8.20:4700",
      "AAAA-AAAA",
      "UUUU-UUUU",
      "é".repeat(9),
    ])
      assert.equal(readShortCode(typed), undefined, typed);
    assert.equal(readShortCode("0".repeat(1_000_000)), undefined);
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (typed) => void readShortCode(typed)));
    for (const host of ["", "::1", "hub.example", "1.2.3", "1.2.3.256", "1.2.3.4.5"])
      assert.equal(writeShortCode({ host, port: 1, way: "hub" }), undefined);
    for (const port of [0, -1, 1.5, 65_536, Number.NaN])
      assert.equal(writeShortCode({ host: "10.0.0.1", port, way: "daemon" }), undefined);
  });
});
