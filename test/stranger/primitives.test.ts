/** The stranger's primitives: CBOR, signatures and HPKE against vectors of others. */
import assert from "node:assert/strict";
import codecVectors from "../vectors/codec.json" with { type: "json" };
import boxVectors from "../vectors/rfc9180/hpke.json" with { type: "json" };
import signatureVectors from "../vectors/wycheproof/ed25519.json" with { type: "json" };
import { decode, encode, Refused, type Value } from "./cbor.ts";
import { verify } from "./crypto.ts";
import { openBox, sealBox } from "./hpke.ts";
import { hex, unhex } from "./shapes.ts";

describe("a stranger's primitives", () => {
  it("codec.json", () => {
    for (const { value, cbor } of codecVectors) {
      assert.equal(hex(encode(JSON.parse(value) as Value)), cbor);
      assert.deepEqual(decode(unhex(cbor), 64), JSON.parse(value));
    }
  });

  it("refuse CBOR that is not the one encoding", () => {
    const wrong = [
      "1817",
      "1900ff",
      "1a0000ffff",
      "1b00000000ffffffff",
      "1bffffffffffffffff",
      "20",
      "a0",
      "c000",
      "f7",
    ];
    for (const each of [...wrong, "0000", "5f40ff", "8100ff", "61ff", "f90000", "82", "", `${"81".repeat(40)}00`]) {
      assert.throws(() => decode(unhex(each), 64), Refused, each);
    }
  });

  it("give the verdict of SPEC.md §1 on Wycheproof's signatures", () => {
    for (const [number, result, key, message, signature] of signatureVectors) {
      const verdict = verify(unhex(key as string), unhex(signature as string), unhex(message as string));
      assert.equal(verdict, result === "valid", `case ${String(number)}`);
    }
  });

  it("seal and open RFC 9180's boxes", () => {
    for (const each of boxVectors) {
      const shared = each.psk === undefined ? {} : { shared: { psk: unhex(each.psk), id: unhex(each.psk_id) } };
      const box = sealBox({
        to: unhex(each.pkRm),
        info: unhex(each.info),
        ...shared,
        random: unhex(each.ikmE),
        plaintext: unhex(each.pt),
      });
      assert.equal(hex(box.slice(0, 32)), each.enc);
      assert.deepEqual(openBox({ secret: unhex(each.skRm), info: unhex(each.info), ...shared, box }), unhex(each.pt));
    }
  });
});
