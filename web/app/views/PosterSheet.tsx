import { useSignal } from "@preact/signals";
import type { GroupId } from "../../../src/types.ts";
import { number } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Choice } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { HistoryChoice, type Granted } from "./HistoryChoice.tsx";

const HOUR = 3_600_000;
const USES = ["10", "50", "200", "1000"] as const;
const LIVES = { day: 12 * HOUR, days: 72 * HOUR, never: "never" } as const;

/** Making a code to hang up: for how many, how long, who lets them in, and what they may read. */
export const PosterSheet = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const caucus = app.caucus(id);
  const uses = useSignal<(typeof USES)[number]>("50");
  const life = useSignal<keyof typeof LIVES>("days");
  // It hangs where everybody passes: who comes by it waits until a member lets them in.
  const approval = useSignal(caucus?.open !== true);
  const history = useSignal<Granted>("none");
  const making = useSignal(false);
  if (!caucus) return <Sheet title={t("invite-poster")}>{t("not-there-hint")}</Sheet>;

  const make = async (): Promise<void> => {
    if (making.peek()) return;
    making.value = true;
    const made = await app.membership.invite(id, {
      uses: Number(uses.peek()),
      ttl: LIVES[life.peek()],
      approval: approval.peek(),
      history: history.peek(),
    });
    making.value = false;
    if (made) app.router.open({ over: "one-code", caucus: id, invite: made.invite });
  };

  return (
    <Sheet
      title={t("poster-title", { caucus: app.title(caucus) })}
      body="stack"
      foot={
        <Key kind="go" tall wide disabled={making.value} onPress={() => void make()}>
          {t(making.value ? "invite-making" : "poster-make")}
        </Key>
      }
    >
      <Choice
        legend={t("poster-uses")}
        across={4}
        value={uses.value}
        onChoose={(value) => (uses.value = value)}
        options={USES.map((value) => ({ value, label: number(Number(value)) }))}
        hint={t("poster-uses-hint")}
      />
      <Choice
        legend={t("poster-life")}
        value={life.value}
        onChoose={(value) => (life.value = value)}
        options={(["day", "days", "never"] as const).map((value) => ({ value, label: t(`poster-life-${value}`) }))}
      />
      <div class="rows rows--open">
        <label class="set">
          <Icon name="door" />
          <span class="grow">
            {t("poster-approval")}
            <small>{t(approval.value ? "poster-approval-hint" : "poster-free-hint")}</small>
          </span>
          <input
            class="switch"
            type="checkbox"
            checked={approval.value}
            onChange={({ currentTarget }) => (approval.value = currentTarget.checked)}
          />
        </label>
      </div>
      <HistoryChoice value={history.value} onChoose={(value) => (history.value = value)} />
      {!caucus.open && !caucus.noGuests && <p class="hint">{t("invite-guests")}</p>}
    </Sheet>
  );
};
