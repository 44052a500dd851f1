/** Random runs, part 3 of 4. */
import { testSeeds } from "../helpers/simSeeds.ts";

describe("random venues (3 of 4)", () => {
  testSeeds({ shard: 2, of: 4, file: "test/scenario/seeds3.test.ts" });
});
