/** Random runs, part 4 of 4. */
import { testSeeds } from "../helpers/simSeeds.ts";

describe("random venues (4 of 4)", () => {
  testSeeds({ shard: 3, of: 4, file: "test/scenario/seeds4.test.ts" });
});
