/** The worker that verifies signatures where the browser does not: it stays for as long as the page. */
import { verdictsOf, type Batch } from "../../src/verdicts.ts";

addEventListener("message", ({ data }: MessageEvent<Batch>) => postMessage(verdictsOf(data)));
