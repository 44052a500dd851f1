import type { CodeView } from "../../../src/types.ts";
import { clock, day, number, sameDay } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { DOT, plainName } from "../text.ts";

/** Until when a code is good: beyond any calendar, only until it is revoked. */
const FAR = Date.UTC(9999, 0);

const untilWords = (expires: number): string =>
  expires > FAR
    ? t("codes-until-revoked")
    : t(sameDay(expires, Date.now()) ? "invite-ends-today" : "invite-ends", {
        day: day(expires),
        time: clock(expires),
      });

export const kindWords = ({ kind }: CodeView): string => t(`codes-${kind}`);

/** Who made a code, how much of it is used, and until when it is good. */
export const stateWords = ({ name, used, uses, expires }: CodeView): string =>
  [
    t("codes-by", { name: plainName(name) || t("nameless") }),
    t("codes-used", { used: number(used), uses: number(uses) }),
    untilWords(expires),
  ].join(DOT);

/** What whoever comes in by it meets. */
export const termsWords = ({ approval, history, last }: CodeView): readonly string[] => [
  ...(approval ? [t("codes-approval")] : []),
  ...(history === "none"
    ? []
    : [
        t("codes-reads", {
          what: history === "last" ? t("codes-last", { count: number(last ?? 0) }) : t(`grant-${history}`),
        }),
      ]),
];
