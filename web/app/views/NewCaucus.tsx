import { useSignal } from "@preact/signals";
import type { PersonId, PersonView } from "../../../src/types.ts";
import { compare } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { NoticeBox } from "../parts/Empty.tsx";
import { useController } from "../parts/context.tsx";
import { Choice, Field, SearchField } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { MainPane } from "../parts/Pane.tsx";
import { Mark, Name, Placard } from "../parts/Placard.tsx";
import { presenceOf } from "./personState.ts";

/** As long as a caucus's name may be; bytes are checked where it is made. */
const MAX_NAME = 80;
/** From so many people on, a list wants searching. */
const MANY = 8;

interface PickProps {
  readonly person: PersonView;
  readonly chosen: boolean;
  readonly onChange: (chosen: boolean) => void;
}

const Pick = ({ person, chosen, onChange }: PickProps) => {
  const presence = presenceOf(person, Date.now());
  const words = person.online ? presence : t("new-gets-later", { presence });
  return (
    <label class="person">
      <Placard who={person} presence={person.online ? "here" : "away"} />
      <span class="grow">
        <span class="person__name">
          <Name name={person.name} />
          <Mark trust={person.trust} />
        </span>
        <span class="person__state">{person.guest ? t("new-guest-link", { presence: words }) : words}</span>
      </span>
      <input
        class="tick-box"
        type="checkbox"
        checked={chosen}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
};

/** Name, who can find it, people. A closed caucus asks before a guest comes in. */
export const NewCaucus = ({ with: first }: { readonly with: readonly PersonId[] }) => {
  const app = useController();
  const name = useSignal("");
  const wrong = useSignal(false);
  const open = useSignal(false);
  const noGuests = useSignal(false);
  const chosen = useSignal<ReadonlySet<PersonId>>(new Set(first));
  const sought = useSignal("");
  const asking = useSignal(false);
  const making = useSignal(false);

  const people = app.people.value
    .filter((person) => !person.blocked && !(noGuests.value && person.guest))
    .toSorted((a, b) => Number(b.online) - Number(a.online) || compare(a.name, b.name));
  const found = people.filter((person) => person.name.toLowerCase().includes(sought.value.toLowerCase().trim()));
  const picked = people.filter((person) => chosen.value.has(person.person));
  const guests = open.value ? [] : picked.filter((person) => person.guest);

  const choose = (person: PersonId, on: boolean): void => {
    const next = new Set(chosen.peek());
    if (on) next.add(person);
    else next.delete(person);
    chosen.value = next;
    asking.value = false;
  };
  const make = async (members: readonly PersonView[], andThen?: "invite"): Promise<void> => {
    if (making.peek()) return;
    making.value = true;
    const caucus = await app.membership.createCaucus(name.peek().trim(), {
      open: open.peek(),
      guests: noGuests.peek() ? "refuse" : "ask",
      with: members.map((one) => one.person),
    });
    making.value = false;
    if (caucus && andThen) app.router.open({ over: "invite", caucus });
  };
  const press = (andThen?: "invite"): void => {
    wrong.value = name.peek().trim() === "";
    if (wrong.peek()) document.querySelector<HTMLElement>("#new-name input")?.focus();
    else if (guests.length > 0 && !asking.peek()) asking.value = true;
    else void make(picked, andThen);
  };

  const keys = asking.value ? (
    <>
      <Key tall onPress={() => void make(picked.filter((one) => !one.guest))}>
        {t("new-without-guests")}
      </Key>
      <Key tall kind="go" onPress={() => void make(picked)}>
        {t("new-with-guests")}
      </Key>
    </>
  ) : (
    <>
      <Key tall icon="qr" onPress={() => press("invite")}>
        {t("new-show-code")}
      </Key>
      <Key tall kind="go" onPress={() => press()}>
        {t("new-open", { people: picked.length })}
      </Key>
    </>
  );
  return (
    <MainPane
      title={t("new-title")}
      way="cancel"
      foot={
        <div class="pane__foot pane__act">
          <div class="narrow stack stack--tight">
            {asking.value && (
              <div role="alert">
                <NoticeBox
                  tone="amber"
                  icon={<Icon name="door" size="m" />}
                  title={t("new-guests", { guests: guests.length })}
                >
                  {t("new-guests-hint")}
                </NoticeBox>
              </div>
            )}
            <div class="keys keys--even">{keys}</div>
          </div>
        </div>
      }
    >
      <form
        class="wrap narrow stack stack--loose"
        onSubmit={(event) => {
          event.preventDefault();
          press();
        }}
      >
        <div id="new-name">
          <Field
            label={t("new-name")}
            matter
            required
            maxLength={MAX_NAME}
            value={name.value}
            {...(wrong.value && { wrong: t("new-name-missing") })}
            onInput={(value) => {
              name.value = value;
              wrong.value = false;
            }}
          />
        </div>
        <Choice
          legend={t("new-who-finds")}
          across={2}
          value={open.value ? "open" : "closed"}
          onChoose={(value) => {
            open.value = value === "open";
            asking.value = false;
          }}
          options={[
            { value: "closed", label: t("new-closed") },
            { value: "open", label: t("new-open-to-all") },
          ]}
          hint={t(open.value ? "new-open-hint" : "new-closed-hint")}
        />
        <label class="set">
          <Icon name="stop" />
          <span class="grow">
            {t("menu-no-guests")}
            <small>{t("new-no-guests-hint")}</small>
          </span>
          <input
            class="switch"
            type="checkbox"
            checked={noGuests.value}
            onChange={({ currentTarget }) => {
              noGuests.value = currentTarget.checked;
              asking.value = false;
            }}
          />
        </label>
        <fieldset class="field">
          <legend>
            {t("new-people")} <span class="num plain">{t("new-chosen", { people: picked.length })}</span>
          </legend>
          {people.length > MANY && (
            <SearchField
              label={t("people-search")}
              value={sought.value}
              onInput={(value) => {
                sought.value = value;
              }}
            />
          )}
          <div class="rows rows--open bleed">
            {found.map((person) => (
              <Pick
                key={person.person}
                person={person}
                chosen={chosen.value.has(person.person)}
                onChange={(on) => choose(person.person, on)}
              />
            ))}
          </div>
          {people.length === 0 && <p class="hint">{t("new-nobody")}</p>}
        </fieldset>
      </form>
    </MainPane>
  );
};
