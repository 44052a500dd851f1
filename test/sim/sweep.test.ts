import assert from "node:assert/strict";
import { sweep, sweptHeader, variants } from "./sweep.ts";

describe("other numbers of gossipsub in the simulated venue", () => {
  it("cost more copies with each degree, and all deliver", async function () {
    this.timeout(300_000);
    const lines: string[] = [];
    const some = variants.filter(({ name }) => name === "degree 1" || name === "degree 6");
    const told = await sweep({ sizes: [16], variants: some, seconds: 10 }, (line) => lines.push(line));
    const copies = told.map((one) => one.told.receptionsPerSubscriber ?? 0);
    assert.deepEqual(lines.length, 1 + 2);
    assert.equal(lines[0], sweptHeader);
    assert.ok((copies[0] as number) >= 1 && (copies[1] as number) > 1.5 * (copies[0] as number), lines.join("\n"));
    for (const { told: one } of told) assert.equal(one.talk?.delivery.missing, 0);
  });
});
