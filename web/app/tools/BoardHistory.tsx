import { useSignal } from "@preact/signals";
import type { BoardView, StandView } from "../../../src/types/tools.ts";
import { number, when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import type { Controller } from "../controller.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { DOT, plainName } from "../text.ts";
import { landOf, nameOf } from "./who.ts";

/** Words shown at first, and as many more with each "more". */
const PAGE = 40;

const wordsOf = (app: Controller, { stand, told, by, at, disowned }: StandView): string => {
  const time = when(at, Date.now());
  const name = nameOf(app, by);
  const where = stand === "none" ? t("board-taken-back") : t(`board-${stand}`);
  const how = told
    ? t(told.to.person === by.person ? "board-told-writer" : "board-told", {
        to: nameOf(app, told.to),
        by: landOf(plainName(told.by)),
      })
    : t(disowned ? "board-disowned-short" : "board-own-word");
  return `${where}${DOT}${how}${DOT}${t("said-at", { name, time })}`;
};

interface BoardHistoryProps {
  readonly view: BoardView;
  /** Of one delegation alone. */
  readonly of?: string;
}

/** All that was said, the newest first, a page at a time. */
export const BoardHistory = ({ view, of }: BoardHistoryProps) => {
  const app = useController();
  const shown = useSignal(PAGE);
  const words = of === undefined ? view.history : view.history.filter(({ delegation }) => delegation === of);
  if (words.length === 0) return <p class="quiet">{t("board-nothing-said")}</p>;
  const rest = words.length - shown.value;
  return (
    <div class="stack stack--tight">
      <ol class="rows rows--open">
        {words.slice(0, shown.value).map((one) => (
          <li class="said-once" key={one.message}>
            {of === undefined && (
              <b>
                <bdi>{landOf(one.delegation)}</bdi>
              </b>
            )}
            <span>{wordsOf(app, one)}</span>
          </li>
        ))}
      </ol>
      {rest > 0 && (
        <Key kind="plain" onPress={() => (shown.value += PAGE)}>
          {t("board-more", { count: number(Math.min(rest, PAGE)) })}
        </Key>
      )}
      {of === undefined && view.changes > view.history.length && rest <= 0 && (
        <p class="faint">{t("board-older", { shown: number(view.history.length), all: number(view.changes) })}</p>
      )}
    </div>
  );
};
