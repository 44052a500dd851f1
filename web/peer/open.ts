/** The only thing that the screens call: from the address of this page to a backend, or to what is to be asked first. */
import type { Opening } from "./backend.ts";
import { browserEnvironment } from "./environment.ts";
import { openIn } from "./opening.ts";

/** Opens the page that this runs in. Never rejects. */
export const openBackend = (): Promise<Opening> => openIn(browserEnvironment());
