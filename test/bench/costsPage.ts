/** The page of the measurements: the same in a browser. */
import { costsOf, SIZES } from "./costs.ts";

Object.assign(globalThis, { costsOf, SIZES });
