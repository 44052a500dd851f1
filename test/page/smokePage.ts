/** The page of `chromium.test.ts`: the peer without screens. */
import { noble } from "./verifySpeed.ts";
import { openBackend } from "../../web/peer/open.ts";

Object.assign(globalThis, { openBackend, noble });
