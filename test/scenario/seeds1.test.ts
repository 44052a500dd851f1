/** Random runs, part 1 of 4. */
import { testSeeds } from "../helpers/simSeeds.ts";

describe("random venues (1 of 4)", () => {
  testSeeds({ shard: 0, of: 4, file: "test/scenario/seeds1.test.ts" });
});
