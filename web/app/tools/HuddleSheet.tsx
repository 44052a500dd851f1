import { useSignal } from "@preact/signals";
import type { HuddleView } from "../../../src/types/tools.ts";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { DOT, plainText } from "../text.ts";
import { AnswerKeys, Answers, Facts } from "./HuddleCard.tsx";
import { countdown, phaseOf } from "./huddleTime.ts";
import { momentOf, timeText } from "./moments.ts";
import { PlanFields } from "./PlanFields.tsx";
import { useSay } from "./useSay.ts";
import { useNow } from "./useTool.ts";
import { nameOf } from "./who.ts";

const LOOK = 5_000;

/** For whoever called it: another place or time, or that it does not take place. */
const Change = ({ view }: { readonly view: HuddleView }) => {
  const app = useController();
  const { caucus, message, plan } = view;
  const draft = {
    place: useSignal(plan.place),
    time: useSignal(timeText(plan.starts)),
    minutes: useSignal(plan.minutes),
  };
  const { busy, say } = useSay(caucus);
  const starts = momentOf(draft.time.value, Date.now());
  const place = draft.place.value.trim();
  const minutes = draft.minutes.value;
  const change = async (off: boolean): Promise<void> => {
    const next = off ? { ...plan, off } : { place, starts: starts ?? plan.starts, minutes, off };
    if (await say({ kind: "plan", to: message, plan: next })) app.router.back();
  };
  return (
    <section class="stack room">
      <h2 class="group-head">{t("huddle-change")}</h2>
      <PlanFields draft={draft} />
      <div class="keys keys--even">
        <Key kind="danger" disabled={busy} onPress={() => void change(true)}>
          {t("huddle-call-off")}
        </Key>
        <Key kind="go" disabled={busy || place === "" || starts === undefined} onPress={() => void change(false)}>
          {t("huddle-change-yes")}
        </Key>
      </div>
    </section>
  );
};

/** A huddle, with what its caller can change of it. */
export const HuddleSheet = ({ view }: { readonly view: HuddleView }) => {
  const app = useController();
  const now = useNow(LOOK);
  const { caucus, text, plan, by, at } = view;
  const phase = phaseOf(view, now);
  const open = (phase === "ahead" || phase === "now") && app.caucus(caucus)?.state === "joined";
  return (
    <Sheet title={`${t("tool-huddle")}${DOT}${countdown(view, now)}`} body="stack">
      <div class="stack stack--tight">
        <p class="matter prop" dir="auto">
          {plainText(text) || plainText(plan.place)}
        </p>
        <p class="faint">{t("said-at", { name: nameOf(app, by), time: when(at, now) })}</p>
      </div>
      <Facts view={view} now={now} />
      <Answers view={view} />
      {open && <AnswerKeys view={view} />}
      {open && by.person === app.me && <Change view={view} />}
    </Sheet>
  );
};
