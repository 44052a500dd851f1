import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { GroupId } from "../../../src/types.ts";
import { sameDay } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";

const two = (value: number): string => String(value).padStart(2, "0");
/** A day of this device's calendar, as a date field has it. */
const fieldDay = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** A day, to go to the first thing that was said on it. */
export const DateSheet = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  const today = fieldDay(new Date());
  const day = useSignal(today);
  const id = useId();
  const go = async (): Promise<void> => {
    // Without a time zone a date alone would be one of Greenwich.
    const at = Date.parse(`${day.value}T00:00`);
    const conversation = app.conversation.peek();
    if (conversation?.caucus !== caucus || !(at >= 0)) return;
    app.router.back();
    await app.act(async () => {
      const found = await conversation.findMoment(at);
      if (found === undefined) app.say("date-none");
      else if (!sameDay(found, at)) app.say("date-later");
    });
  };
  return (
    <Sheet
      title={t("date-go")}
      foot={
        <Key kind="go" onPress={() => void go()}>
          {t("date-show")}
        </Key>
      }
    >
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <label for={id}>{t("date-day")}</label>
        <input
          id={id}
          class="input"
          type="date"
          max={today}
          required
          value={day.value}
          onInput={(event) => {
            day.value = event.currentTarget.value;
          }}
        />
      </form>
    </Sheet>
  );
};
