import type { BoardView, RowView } from "../../../src/types/tools.ts";
import { clock, number, when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import type { Controller } from "../controller.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Placard } from "../parts/Placard.tsx";
import { DOT, plainName } from "../text.ts";
import { groupsOf, hearsay, ownDelegation, type Position } from "./boards.ts";
import { useSay } from "./useSay.ts";
import { landOf, nameOf, namesOf, placardFor } from "./who.ts";

/** Side by side where there is room: those for it, those who may come, those who have said nothing. */
const COLUMNS: readonly (readonly Position[])[] = [
  ["sponsor", "support"],
  ["leaning", "awaiting", "against"],
  ["silent"],
];

/** By whose word they stand there, and who asks them. */
export const howWords = (app: Controller, { said, askedBy, delegation }: RowView): string => {
  const asked = askedBy.length > 0 ? t("board-asks", { names: namesOf(app, askedBy) }) : "";
  if (!said) return asked || t("board-nobody-asks");
  const { told, by, at, due } = said;
  const name = nameOf(app, by);
  const time = when(at, Date.now());
  const word = told
    ? t("board-told", { to: nameOf(app, told.to), by: landOf(plainName(told.by)) })
    : t(said.disowned ? "board-disowned" : "said-at", { name, time, land: landOf(delegation) });
  return [word, ...(due === undefined ? [] : [t("board-due", { time: clock(due) })]), ...(asked ? [asked] : [])].join(
    DOT,
  );
};

interface BoardRowProps {
  readonly view: BoardView;
  readonly row: RowView;
  readonly own: boolean;
  readonly onPick: (delegation: string) => void;
}

const BoardRow = ({ view, row, own, onPick }: BoardRowProps) => {
  const app = useController();
  const { caucus, message, terms } = view;
  const { busy, say } = useSay(caucus);
  const { delegation, stand, askedBy } = row;
  const free = stand === "silent" && askedBy.length === 0 && !own && !terms.closed;
  const land = landOf(delegation);
  return (
    <li class="say">
      <button type="button" class="say__row" onClick={() => onPick(delegation)}>
        <Placard who={placardFor(delegation)} presence={own ? "own" : "away"} />
        <span>
          <span class="say__land">
            <bdi>{land}</bdi>
          </span>
          <span class={`say__how${hearsay(row) ? " say__how--told" : ""}`}>{howWords(app, row)}</span>
        </span>
      </button>
      {free && app.caucus(caucus)?.state === "joined" && (
        <Key
          kind="plain"
          disabled={busy}
          onPress={() => void say({ kind: "asking", to: message, delegation, on: true })}
        >
          {t("board-ask")}
          <span class="vh"> {land}</span>
        </Key>
      )}
    </li>
  );
};

interface BoardRowsProps {
  readonly view: BoardView;
  readonly onPick: (delegation: string) => void;
}

/** Every delegation under where it stands. */
export const BoardRows = ({ view, onPick }: BoardRowsProps) => {
  const app = useController();
  const groups = groupsOf(view);
  const own = ownDelegation(app.profile.value, view.rows);
  return (
    <div class="columns">
      {COLUMNS.map((positions) => (
        <div class="stack" key={positions.join()}>
          {positions.map((is) => {
            const rows = groups.get(is) ?? [];
            if (rows.length === 0) return null;
            return (
              <section key={is}>
                <h2 class="group-head">
                  <i class="stand" data-is={is} />
                  <span>{t(`board-${is}`)}</span>
                  <span class="num">{number(rows.length)}</span>
                </h2>
                <ul>
                  {rows.map((row) => (
                    <BoardRow key={row.delegation} view={view} row={row} own={row.delegation === own} onPick={onPick} />
                  ))}
                </ul>
              </section>
            );
          })}
        </div>
      ))}
    </div>
  );
};
