/** Who could read an entry though they were out. */
import type { MessageView } from "../../../src/types.ts";
import type { Controller } from "../controller.ts";
import { nameIn } from "./nameIn.ts";

/** Their names. */
export const alsoReaders = (app: Controller, line: MessageView): readonly string[] =>
  (line.alsoRead ?? []).map((person) => nameIn(app, line.caucus, person));
