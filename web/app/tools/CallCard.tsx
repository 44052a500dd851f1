import type { CallView } from "../../../src/types/tools.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Tally, ticksOf } from "../parts/Tally.tsx";
import { plainText } from "../text.ts";
import { callWords, minutesAndSeconds } from "./callWords.ts";
import { Card } from "./Card.tsx";
import { useNow } from "./useTool.ts";
import { useSay } from "./useSay.ts";
import { namesOf } from "./who.ts";

const SECOND = 1_000;
/** Of what is over nothing moves any more. */
const SELDOM = 60_000;

/** "Now!" in the record: who has it, or how long there is. */
export const CallCard = ({ view }: { readonly view: CallView }) => {
  const app = useController();
  const { caucus, message, act, text, by, answers, until, tooSoon, reached, of } = view;
  const now = useNow(view.state === "open" ? SECOND : SELDOM);
  const { busy, say } = useSay(caucus);
  const open = view.state === "open" && now < until;
  const own = by.person === app.me;
  const mine = answers.find(({ person }) => person === app.me)?.answer;
  const unable = answers.filter(({ answer }) => answer === "cannot");
  const answer = (given: "has" | "cannot" | "over"): void => void say({ kind: "answer", to: message, answer: given });
  const keys = own ? (
    <Key disabled={busy} onPress={() => answer("over")}>
      {t("call-end")}
    </Key>
  ) : (
    <>
      {mine !== "cannot" && (
        <Key disabled={busy} onPress={() => answer("cannot")}>
          {t("call-cannot")}
        </Key>
      )}
      <Key kind="go" disabled={busy} onPress={() => answer("has")}>
        {t("call-has")}
      </Key>
    </>
  );
  return (
    <Card
      tool="call"
      icon="now"
      title={t("tool-call")}
      wax={open}
      state={open ? minutesAndSeconds(until - now) : ""}
      foot={open && app.caucus(caucus)?.state === "joined" && keys}
    >
      <p class="card__matter">{t(`call-${act}`)}</p>
      {text !== "" && <p dir="auto">{plainText(text)}</p>}
      <p class="row row--wrap t-side" role="status">
        {open && <Tally ticks={ticksOf(of, 0, reached)} label={t("call-reach", { reached, of })} />}
        <span>{callWords(app, view, now)}</span>
      </p>
      {unable.length > 0 && <p class="quiet t-side">{t("call-unable", { names: namesOf(app, unable) })}</p>}
      {tooSoon && <p class="quiet t-side">{t("call-silent")}</p>}
    </Card>
  );
};
