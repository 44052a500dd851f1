/** Who could read an entry though they were out, and on which lost devices. */
import type { MessageView } from "../../../src/types.ts";
import type { Controller } from "../controller.ts";
import { t } from "../i18n/index.ts";
import { plainName } from "../text.ts";
import { nameIn } from "./nameIn.ts";

/** Whose devices they are; one's own by their names. */
export const lostReaders = (app: Controller, line: MessageView): readonly string[] => [
  ...new Set(
    (line.lostDevices ?? []).map(({ person, name }) => {
      const device = plainName(name ?? "");
      if (person !== app.me) return t("lost-device-of", { name: nameIn(app, line.caucus, person) });
      return device ? t("lost-device-named", { device }) : t("lost-device-own");
    }),
  ),
];

/** Their names. */
export const alsoReaders = (app: Controller, line: MessageView): readonly string[] =>
  (line.alsoRead ?? []).map((person) => nameIn(app, line.caucus, person));
