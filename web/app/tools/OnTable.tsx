import type { GroupId, MessageId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import type { IconName } from "../parts/icons.ts";
import { cut, DOT, plainText } from "../text.ts";
import { shortWords } from "./boards.ts";
import { countdown } from "./huddleTime.ts";
import { rollWords } from "./RollCard.tsx";
import { useNow, useTable } from "./useTool.ts";

const LOOK = 15_000;
/** Of each kind; the record has the others. */
const SHOWN = 5;
const LENGTH = 80;

interface Thing {
  readonly message: MessageId;
  readonly icon: IconName;
  readonly title: string;
  readonly words: string;
}

/** What lies on a caucus's table; each leads to all of it. Nothing where nothing lies there. */
export const OnTable = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  const table = useTable(caucus);
  const now = useNow(LOOK);
  if (!table) return null;
  const words = (text: string): string => cut(plainText(text).replace(/\s+/g, " "), LENGTH);
  const things: readonly Thing[] = [
    ...table.boards
      .filter(({ terms }) => !terms.closed)
      .slice(0, SHOWN)
      .map((one): Thing => ({ message: one.message, icon: "tally", title: words(one.text), words: shortWords(one) })),
    ...table.huddles
      .filter(({ plan, dissolves }) => !plan.off && now < dissolves)
      .slice(0, SHOWN)
      .map((one): Thing => {
        const place = words(one.plan.place);
        return {
          message: one.message,
          icon: "huddle",
          title: words(one.text) || place,
          words: `${countdown(one, now)}${DOT}${place}`,
        };
      }),
    ...table.rollCalls
      .slice(0, SHOWN)
      .map((one): Thing => ({ message: one.message, icon: "roll", title: words(one.text), words: rollWords(one) })),
  ];
  if (things.length === 0) return null;
  return (
    <section class="on-table">
      <h2 class="label">{t("on-table")}</h2>
      <ul class="rows">
        {things.map(({ message, icon, title, words: under }) => (
          <li key={message}>
            <button type="button" class="set" onClick={() => app.router.open({ over: "tool", caucus, message })}>
              <Icon name={icon} />
              <span class="grow">
                <span class="on-table__what" dir="auto">
                  {title}
                </span>
                <small>{under}</small>
              </span>
              <Icon name="onward" size="s" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
