import { useSignal } from "@preact/signals";
import type { CaucusView, PersonView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { GuestQuestion } from "./GuestQuestion.tsx";
import { HistoryChoice, type Granted } from "./HistoryChoice.tsx";

/** Brings somebody into a caucus one is in. A closed one asks before a guest comes in. */
export const BringInto = ({ person }: { readonly person: PersonView }) => {
  const app = useController();
  const asking = useSignal<CaucusView | undefined>(undefined);
  const history = useSignal<Granted>("none");
  const possible = app.sorted.value.filter(
    (one) =>
      !one.direct &&
      one.state === "joined" &&
      one.mayInvite &&
      !(one.noGuests && person.guest) &&
      !one.members.some((member) => member.person === person.person),
  );
  if (possible.length === 0) return null;
  const bring = (caucus: CaucusView): void => {
    asking.value = undefined;
    void app.membership.add(caucus.caucus, person.person, { history: history.peek() });
  };
  return (
    <details class="unfold">
      <summary class="set">
        <Icon name="plus" />
        <span class="grow">{t("person-bring")}</span>
        <Icon name="down" size="s" class="unfold__sign" />
      </summary>
      <div class="unfold__rows room-after">
        <HistoryChoice value={history.value} onChoose={(value) => (history.value = value)} />
      </div>
      <div class="rows rows--shut unfold__rows">
        {possible.map((caucus) => (
          <div key={caucus.caucus}>
            <button
              type="button"
              class="set"
              onClick={() => {
                if (person.guest && !caucus.open) asking.value = caucus;
                else bring(caucus);
              }}
            >
              <bdi class="grow cut matter">{app.title(caucus)}</bdi>
              <Icon name="plus" size="s" />
            </button>
            {asking.value?.caucus === caucus.caucus && (
              <GuestQuestion onYes={() => bring(caucus)} onNo={() => (asking.value = undefined)} />
            )}
          </div>
        ))}
      </div>
    </details>
  );
};
