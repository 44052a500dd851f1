import assert from "node:assert/strict";
import { offered } from "../../web/app/naming.ts";
import { ME, member, one, self } from "../../web/app/testing/persons.ts";

const caucus = { members: [self, ...["Lucas", "Léa", "هالة", "Chen"].map((name) => member(one(name)))] };
const names = (before: string) => offered(ME, caucus, before).map(({ name, over }) => [name, over]);

describe("names to choose from", () => {
  it("are those of the others, once @ is written", () => {
    assert.equal(names("@").length, 4);
    assert.ok(!names("@").some(([name]) => name === self.name));
    assert.deepEqual(names("hear @"), names("@"));
  });

  it("are found by any word of the name, with or without accents, in any script", () => {
    assert.deepEqual(names("@lea"), [["Léa Martin", 3]]);
    assert.deepEqual(names("@Jing"), [["Chen Jing", 4]]);
    assert.deepEqual(names("@Chen Ji"), [["Chen Jing", 7]]);
    assert.equal(names("@هال").length, 1);
  });

  it("are none in an address of mail, after a name that is whole, and where nobody is called so", () => {
    for (const text of ["lea@", "@Léa Martin", "@Zoe", "@Chen Jing speaks now", "no sign"])
      assert.deepEqual(names(text), [], text);
  });
});
