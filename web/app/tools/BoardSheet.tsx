import { useSignal } from "@preact/signals";
import { boardCsv } from "../../../src/content/boardCsv.ts";
import type { BoardView } from "../../../src/types/tools.ts";
import { offer } from "../download.ts";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { DOT, plainText } from "../text.ts";
import { BoardHistory } from "./BoardHistory.tsx";
import { BoardRows, howWords } from "./BoardRows.tsx";
import { forWords, ownDelegation, SCALE, shortWords, type Position } from "./boards.ts";
import { Scale } from "./Scale.tsx";
import { TermsForm } from "./TermsForm.tsx";
import { useSay } from "./useSay.ts";
import { landOf, nameOf } from "./who.ts";
import { WordForm } from "./WordForm.tsx";

interface BoardProps {
  readonly view: BoardView;
}

/** The proposition and where it stands. */
const Top = ({ view }: BoardProps) => {
  const app = useController();
  const { text, by, at, terms } = view;
  return (
    <div class="board__top">
      <div class="stack stack--tight">
        <p class="matter prop" dir="auto">
          {plainText(text)}
        </p>
        <p class="faint">{t("board-put", { name: nameOf(app, by), time: when(at, Date.now()) })}</p>
      </div>
      <div>
        <p class="sum" role="status">
          <strong>{shortWords(view)}</strong>
          <span class="quiet">{terms.closed ? `${t("board-closed")}${DOT}${forWords(view)}` : forWords(view)}</span>
        </p>
        <Scale view={view} />
        <p class="faint row">
          <span class="dot" />
          {t("board-dot")}
        </p>
      </div>
    </div>
  );
};

/** One's own delegation's position, pressed. */
const OwnPosition = ({ view }: BoardProps) => {
  const app = useController();
  const { caucus, message, rows } = view;
  const { busy, say } = useSay(caucus);
  const own = ownDelegation(app.profile.value, rows);
  if (own === undefined) return <p class="quiet t-side">{t("board-no-delegation")}</p>;
  const row = rows.find(({ delegation }) => delegation === own);
  // What others say of it is none of its words, until it has said one.
  const stand = row?.firstHand ? row.stand : undefined;
  const take = (is: Position): void => {
    if (!busy && is !== stand) void say({ kind: "stand", to: message, delegation: own, stand: is });
  };
  return (
    <div class="stack stack--tight">
      <span class="label">{t("board-position", { land: landOf(own) })}</span>
      <div class="choice stance" role="group" aria-label={t("board-position", { land: landOf(own) })}>
        {SCALE.map((is) => (
          <button type="button" key={is} aria-pressed={stand === is} onClick={() => take(is)}>
            {t(`board-${is}`)}
          </button>
        ))}
      </div>
    </div>
  );
};

/** One delegation: who said what of it, who asks it, and what one has heard oneself. */
const OneRow = ({ view, delegation }: BoardProps & { readonly delegation: string }) => {
  const app = useController();
  const { caucus, message, rows, terms } = view;
  const { busy, say } = useSay(caucus);
  const row = rows.find((one) => one.delegation === delegation);
  if (!row) return null;
  const own = ownDelegation(app.profile.value, rows) === delegation;
  const asking = row.askedBy.some(({ person }) => person === app.me);
  const open = !terms.closed && app.caucus(caucus)?.state === "joined";
  return (
    <div class="stack stack--loose narrow">
      <p class="row">
        <i class="stand" data-is={row.stand} />
        <span>
          <b>{t(`board-${row.stand}`)}</b>
          <br />
          <span class="quiet t-side">{howWords(app, row)}</span>
        </span>
      </p>
      {open && !own && (
        <Key disabled={busy} onPress={() => void say({ kind: "asking", to: message, delegation, on: !asking })}>
          {t(asking ? "board-ask-not" : "board-ask")}
        </Key>
      )}
      {open && <WordForm key={delegation} view={view} row={row} own={own} />}
      <section>
        <h2 class="group-head">{t("board-history")}</h2>
        <BoardHistory view={view} of={delegation} />
      </section>
    </div>
  );
};

type Page = { readonly page: "all" | "history" | "terms" } | { readonly page: "row"; readonly delegation: string };

/** A board, whole: every delegation, one of them, all that was said, or what decides. */
export const BoardSheet = ({ view }: BoardProps) => {
  const app = useController();
  const shown = useSignal<Page>({ page: "all" });
  const page = shown.value;
  const { caucus, message, by, terms } = view;
  const joined = app.caucus(caucus)?.state === "joined";
  const all = (): void => void (shown.value = { page: "all" });
  const save = (): void =>
    offer(new Blob(["\ufeff", boardCsv(view)], { type: "text/csv" }), `couloir-board-${message.slice(0, 8)}.csv`);
  const title =
    page.page === "row" ? landOf(page.delegation) : t(page.page === "all" ? "tool-board" : `board-${page.page}`);
  return (
    <Sheet
      title={<bdi>{title}</bdi>}
      wide
      body="board"
      phase={page.page === "row" ? page.delegation : page.page}
      footBody=""
      foot={page.page === "all" && joined && !terms.closed && <OwnPosition view={view} />}
    >
      {page.page !== "all" && (
        <p class="board__back">
          <Key kind="plain" onPress={all}>
            <Icon name="back" size="m" />
            {t("board-whole")}
          </Key>
        </p>
      )}
      {page.page === "all" && (
        <div class="stack stack--loose">
          <Top view={view} />
          <div class="keys">
            <Key onPress={() => (shown.value = { page: "history" })}>{t("board-history")}</Key>
            <Key onPress={save}>{t("board-csv")}</Key>
            {by.person === app.me && joined && (
              <Key onPress={() => (shown.value = { page: "terms" })}>{t("board-terms")}</Key>
            )}
          </div>
          <BoardRows view={view} onPick={(delegation) => (shown.value = { page: "row", delegation })} />
        </div>
      )}
      {page.page === "row" && <OneRow view={view} delegation={page.delegation} />}
      {page.page === "history" && <BoardHistory view={view} />}
      {page.page === "terms" && <TermsForm view={view} onDone={all} />}
    </Sheet>
  );
};
