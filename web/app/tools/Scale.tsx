import type { BoardView } from "../../../src/types/tools.ts";
import { number } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { SCALE, stretchesOf, type Stretch } from "./boards.ts";

/** Beyond this a reader counts no ticks: stretches as long as they are many, and the numbers. */
const MOST = 28;
/** Further along than that the word stands before its mark: behind it there is no room. */
const FAR = 0.55;

interface ScaleProps {
  readonly view: BoardView;
}

/** The mark stands before the tick that is one more than is needed. */
const Ticks = ({
  stretches,
  needs,
  mark,
}: {
  readonly stretches: readonly Stretch[];
  readonly needs: number;
  readonly mark: preact.VNode;
}) => {
  const ticks = stretches.flatMap(({ is, told, count }) =>
    Array.from({ length: count }, () => <i class="stand" data-is={is} data-told={told ? "" : undefined} />),
  );
  return (
    <div class="scale__ticks">
      {ticks.slice(0, needs)}
      {needs > 0 && mark}
      {ticks.slice(needs)}
    </div>
  );
};

/** Where everybody stands, at one look; the words beside it say the same. */
export const Scale = ({ view }: ScaleProps) => {
  const { rows, terms } = view;
  const stretches = stretchesOf(view);
  const all = rows.length;
  if (all === 0) return null;
  const needs = Math.min(terms.needs, all);
  const part = needs / all;
  const words = SCALE.map((is) => ({ is, count: rows.filter(({ stand }) => stand === is).length }))
    .filter(({ count }) => count > 0)
    .map(({ is, count }) => `${t(`board-${is}`)}: ${number(count)}`);
  const mark = (
    <b class="scale__need" data-far={part > FAR ? "" : undefined} style={{ insetInlineStart: `${part * 100}%` }}>
      <span>{t("board-need", { needs: number(terms.needs), all: number(all) })}</span>
    </b>
  );
  return (
    <div class={`scale${needs > 0 ? "" : " scale--free"}`} role="img" aria-label={words.join(" · ")}>
      {all <= MOST ? (
        <Ticks stretches={stretches} needs={needs} mark={mark} />
      ) : (
        <div class="scale__bar">
          {stretches.map(({ is, told, count }) => (
            <i class="stretch" data-is={is} data-told={told ? "" : undefined} style={{ flexGrow: count }} />
          ))}
          {needs > 0 && mark}
        </div>
      )}
    </div>
  );
};
