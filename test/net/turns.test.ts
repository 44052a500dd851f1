import assert from "node:assert/strict";
import { Turns } from "../../src/net/turns.ts";
import { SimClock } from "../helpers/simClock.ts";

describe("turns at a slot", () => {
  const [one, other] = [{}, {}];
  let clock: SimClock;
  let turns: Turns;
  beforeEach(() => {
    clock = new SimClock();
    turns = new Turns(clock);
  });

  it("belong to one session at a time, and each slot has its own", () => {
    assert.equal(turns.take("slot", one), true);
    assert.equal(turns.take("slot", one), true);
    assert.equal(turns.take("slot", other), false);
    assert.equal(turns.take("elsewhere", other), true);
    turns.release(one);
    assert.equal(turns.take("slot", other), true);
    assert.equal(turns.take("slot", one), false);
  });

  it("end by themselves: soon without a step, and in any case after a while", async () => {
    assert.equal(turns.take("slot", one), true);
    await clock.pass(390);
    assert.equal(turns.take("slot", other), false);
    await clock.pass(20);
    assert.equal(turns.take("slot", other), true);
    for (let i = 0; i < 16; i++) {
      await clock.pass(320);
      assert.equal(turns.take("slot", one), i === 15);
      turns.take("slot", other);
    }
  });

  it("go on while parts of a message come, though for no longer in all", async () => {
    const slow = { heardAt: clock.now() };
    turns.take("slot", slow);
    for (let i = 0; i < 12; i++) {
      await clock.pass(390);
      assert.equal(turns.take("slot", other), false);
      slow.heardAt = clock.now();
    }
    await clock.pass(330);
    assert.equal(turns.take("slot", other), true);
  });

  it("are not begun anew by who goes elsewhere and comes back", async () => {
    for (let i = 0; i < 5; i++) {
      turns.take("slot", one);
      assert.equal(turns.take("slot", other), false);
      await clock.pass(350);
      turns.take("slot", one);
      await clock.pass(350);
      turns.take("slot", one);
      await clock.pass(350);
      turns.rest(one);
    }
    turns.take("slot", one);
    assert.equal(turns.take("slot", other), true);
  });

  it("are behind them anybody's", () => {
    turns.take("slot", one);
    turns.rest(one);
    assert.equal(turns.take("slot", other), true);
  });

  it("of strangers hold up strangers alone", () => {
    const [stranger, another] = [{ stranger: true }, { stranger: true }];
    assert.equal(turns.take("slot", stranger), true);
    assert.equal(turns.take("slot", another), false);
    assert.equal(turns.take("slot", one), true);
    assert.equal(turns.take("slot", stranger), false);
    assert.equal(turns.take("slot", other), false);
  });

  it("stay few under a flood of slots", () => {
    for (let i = 0; i < 100_000; i++) turns.take(`slot ${i}`, one);
    assert.equal(turns.take("slot 99999", other), false);
  });
});
