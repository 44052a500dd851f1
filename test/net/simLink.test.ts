import assert from "node:assert/strict";
import { SimClock } from "../helpers/simClock.ts";
import { SimNetwork } from "../helpers/simNetwork.ts";
import { linkContract, type World } from "./linkContract.ts";

const world = (): World => {
  const clock = new SimClock();
  const network = new SimNetwork({ clock, seed: "contract", full: false });
  let hosts = 0;
  return {
    link: () => network.link(`h${hosts++}`),
    until: async (_, done) => assert.ok(await clock.until(done, 600_000), "it does not happen within ten minutes"),
    close: async () => {},
  };
};

linkContract("simulated", world, { unruly: false });
