import type { CalledView, RollCallView } from "../../../src/types/tools.ts";
import { compare, when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Placard } from "../parts/Placard.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { Tally } from "../parts/Tally.tsx";
import { DOT, plainText } from "../text.ts";
import { RollKeys, rollWords } from "./RollCard.tsx";
import { nameOf, placardOf } from "./who.ts";

/** Those whom it has not reached come first: they are whom one has to look for. */
const rank = ({ read, reached }: CalledView): number => (reached ? (read ? 2 : 1) : 0);

const wordsOf = ({ read, reached, saidSo }: CalledView): string => {
  if (saidSo !== undefined) return t("roll-said", { time: when(saidSo, Date.now()) });
  return t(read ? "receipt-person-read" : reached ? "receipt-person-reached" : "receipt-person-not");
};

/** A roll call by name. */
export const RollSheet = ({ view }: { readonly view: RollCallView }) => {
  const app = useController();
  const { caucus, text, by, at, again, people } = view;
  const called = people.toSorted((a, b) => rank(a) - rank(b) || compare(a.name, b.name));
  return (
    <Sheet title={t("tool-roll")} foot={<RollKeys view={view} />}>
      <p class="matter prop card__long" dir="auto">
        {plainText(text)}
      </p>
      <p class="faint room-after">
        {t("said-at", { name: nameOf(app, by), time: when(at, Date.now()) })}
        {again > 0 && `${DOT}${t("roll-times", { count: again })}`}
      </p>
      <p class="strong room-after" role="status">
        {rollWords(view)}
      </p>
      <ul class="rows rows--open bleed">
        {called.map((one) => {
          const words = wordsOf(one);
          const here = app.member(caucus, one.person)?.online ?? false;
          return (
            <li class="person" key={one.person}>
              <Placard
                who={placardOf(app, caucus, one.person)}
                presence={one.person === app.me ? "own" : here ? "here" : "away"}
              />
              <span class="grow">
                <span class="person__name">
                  <bdi class="cut">{nameOf(app, one)}</bdi>
                </span>
                <span class="person__state">{words}</span>
              </span>
              <span class="person__end">
                <Tally big ticks={[one.read ? "full" : one.reached ? "half" : "no"]} label={words} />
              </span>
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
};
