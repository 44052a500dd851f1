import type { HuddleView, Who } from "../../../src/types/tools.ts";
import { clock, sentences } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { plainText } from "../text.ts";
import { AllCodes } from "./AllCodes.tsx";
import { Card } from "./Card.tsx";
import { countdown, phaseOf, timeOf } from "./huddleTime.ts";
import { useNow } from "./useTool.ts";
import { useSay } from "./useSay.ts";
import { placardOf } from "./who.ts";

/** Milliseconds between two looks at the clock: minutes are told. */
const LOOK = 5_000;
const ANSWERS = ["coming", "late", "absent"] as const;
type Given = (typeof ANSWERS)[number];

const TICKS: Readonly<Record<Given | "silent", string | undefined>> = {
  coming: "full",
  late: "late",
  absent: "no",
  silent: undefined,
};

/** Who comes, who comes late, who cannot, and who has not said. */
export const Answers = ({ view }: { readonly view: HuddleView }) => {
  const app = useController();
  const { caucus, answers, silent } = view;
  const rows: readonly { readonly is: Given | "silent"; readonly who: readonly Who[] }[] = [
    ...ANSWERS.map((is) => ({ is, who: answers.filter(({ answer }) => answer === is) })),
    { is: "silent", who: silent },
  ];
  return (
    <div class="answers">
      {rows.map(({ is, who }) => (
        <div key={is}>
          <span class={is === "silent" ? "quiet" : undefined}>
            {t(`huddle-${is}`)} <span class="num">{who.length}</span>
          </span>
          <span class="tally" aria-hidden="true">
            {who.length <= 12 && who.map(() => <i class={TICKS[is]} />)}
          </span>
          <AllCodes people={who.map(({ person }) => placardOf(app, caucus, person))} />
        </div>
      ))}
    </div>
  );
};

/** One's own answer, given by pressing it. */
export const AnswerKeys = ({ view }: { readonly view: HuddleView }) => {
  const app = useController();
  const { busy, say } = useSay(view.caucus);
  const mine = view.answers.find(({ person }) => person === app.me)?.answer;
  const answer = (given: Given): void => {
    if (given !== mine && !busy) void say({ kind: "answer", to: view.message, answer: given });
  };
  return (
    <div class="choice" role="group" aria-label={t("huddle-answer")}>
      {ANSWERS.map((one) => (
        <button type="button" key={one} aria-pressed={mine === one} onClick={() => answer(one)}>
          {t(`huddle-${one}`)}
        </button>
      ))}
    </div>
  );
};

/** Where and when. */
export const Facts = ({ view, now }: { readonly view: HuddleView; readonly now: number }) => (
  <dl class="facts">
    <dt>{t("huddle-place")}</dt>
    <dd dir="auto">{plainText(view.plan.place)}</dd>
    <dt>{t("huddle-when")}</dt>
    <dd>{timeOf(view, now)}</dd>
  </dl>
);

/** A huddle in the record. */
export const HuddleCard = ({ view }: { readonly view: HuddleView }) => {
  const app = useController();
  const now = useNow(LOOK);
  const { caucus, message, text, plan, dissolves, changedAt, by } = view;
  const phase = phaseOf(view, now);
  const open = (phase === "ahead" || phase === "now") && app.caucus(caucus)?.state === "joined";
  const own = by.person === app.me;
  return (
    <>
      <Card
        tool="huddle"
        icon="huddle"
        title={t("tool-huddle")}
        state={countdown(view, now)}
        choice={open && <AnswerKeys view={view} />}
        foot={
          own &&
          open && <Key onPress={() => app.router.open({ over: "tool", caucus, message })}>{t("huddle-change")}</Key>
        }
      >
        <p class="card__matter" dir="auto">
          {plainText(text) || plainText(plan.place)}
        </p>
        <Facts view={view} now={now} />
        {phase !== "gone" && phase !== "off" && <Answers view={view} />}
      </Card>
      {phase !== "gone" && (
        <span class="faint">
          {sentences(
            ...(changedAt === undefined ? [] : [t("huddle-changed", { time: clock(changedAt) })]),
            t("huddle-dissolves", { time: clock(dissolves) }),
          )}
        </span>
      )}
    </>
  );
};
