/** The page of `chromium.test.ts`: the peer without screens. */
import { openBackend } from "../../web/peer/open.ts";

Object.assign(globalThis, { openBackend });
