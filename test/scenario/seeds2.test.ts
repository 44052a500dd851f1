/** Random runs, part 2 of 4. */
import { testSeeds } from "../helpers/simSeeds.ts";

describe("random venues (2 of 4)", () => {
  testSeeds({ shard: 1, of: 4, file: "test/scenario/seeds2.test.ts" });
});
