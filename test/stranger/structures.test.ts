/** Every structure: a stranger reads the product's bytes and writes the same, and no other bytes. */
import assert from "node:assert/strict";
import structureVectors from "../vectors/structures.json" with { type: "json" };
import { Refused } from "./cbor.ts";
import { answered, hailed, linkAnswer, linkFrame, linkGrant, linkHello, welcome } from "./codes.ts";
import { distribution, head } from "./distribution.ts";
import { request } from "./file.ts";
import { checked, content, control, line, message, ops, own, record, signedBody } from "./frames.ts";
import { card, deviceList } from "./identity.ts";
import { operation } from "./operations.ts";
import { accused, proof } from "./proof.ts";
import { format, hex, parse, unhex, type Shape } from "./shapes.ts";
import { look, peers, sync } from "./sync.ts";
import { presenceAnswer } from "./venue.ts";

const whole: Readonly<Record<string, Shape<unknown>>> = {
  distribution,
  message,
  "message that does not stay": message,
  "signed body": signedBody,
  "sealed operations": ops,
  welcome,
  line,
  "link hello": linkHello,
  "link reply": linkAnswer,
  "link grant whole": linkGrant,
  "presence answer": presenceAnswer,
  peers,
  look,
};
const byKind: Readonly<Record<string, Shape<unknown>>> = {
  control,
  proof,
  hail: hailed,
  answer: answered,
  content,
  request,
  own,
  link: linkFrame,
  sync,
};
const bySigner = { card, checked, record, operation, device: deviceList, head } as const;

/** Reads bytes as the structure of that name and writes what was read. */
const again = (name: string, bytes: Uint8Array): Uint8Array => {
  const word = name.split(" ")[0]!;
  const shape = whole[name] ?? byKind[word];
  if (shape !== undefined) return format(shape, parse(shape, bytes));
  const signed = bySigner[word as keyof typeof bySigner];
  const { body, signature } = signed.read(bytes);
  return format(signed.shape, { body: format(signed.body as Shape<unknown>, body), signature });
};

describe("a stranger's structures", () => {
  for (const [name, { bytes }] of Object.entries(structureVectors)) {
    it(`structures.json: ${name}`, () => {
      const all = unhex(bytes);
      assert.equal(hex(again(name, all)), bytes);
      for (let i = 0; i < all.length; i += Math.ceil(all.length / 60)) {
        assert.throws(() => again(name, all.slice(0, i)), Refused);
        const other = all.with(i, all[i]! ^ (1 << (i % 8)));
        try {
          assert.equal(hex(again(name, other)), hex(other));
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
        }
      }
    });
  }

  it("structures.json: proofs hold, and only as they are", () => {
    const proofs = (["messages", "chains", "operations"] as const).map((kind) => structureVectors[`proof ${kind}`]);
    for (const { value, bytes } of proofs) {
      const all = unhex(bytes);
      assert.equal(accused(all), value.proves.member);
      for (let i = 0; i < all.length; i += 50) {
        assert.equal(accused(all.with(i, all[i]! ^ 1)), undefined, `byte ${i}`);
      }
    }
  });
});
