import type { BoardView } from "../../../src/types/tools.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { plainText } from "../text.ts";
import { forWords, ownDelegation, shortWords } from "./boards.ts";
import { Card } from "./Card.tsx";
import { Scale } from "./Scale.tsx";
import { landOf } from "./who.ts";

/** A proposition in the record: how many are for it, how many more it needs. */
export const BoardCard = ({ view }: { readonly view: BoardView }) => {
  const app = useController();
  const { caucus, message, text, terms, rows } = view;
  const own = ownDelegation(app.profile.value, rows);
  const stand = rows.find(({ delegation }) => delegation === own)?.stand;
  return (
    <Card
      tool="board"
      icon="tally"
      title={t("tool-board")}
      state={terms.closed ? t("board-closed") : shortWords(view)}
      foot={<Key onPress={() => app.router.open({ over: "tool", caucus, message })}>{t("board-open")}</Key>}
    >
      <p class="card__matter card__matter--cut" dir="auto">
        {plainText(text)}
      </p>
      <Scale view={view} />
      <p class="quiet t-side">{forWords(view)}</p>
      {own !== undefined && stand && (
        <p class="quiet t-side">{t("board-own-is", { land: landOf(own), stand: t(`board-${stand}`) })}</p>
      )}
    </Card>
  );
};
