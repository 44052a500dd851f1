import type { RollCallView } from "../../../src/types/tools.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Tally, ticksOf } from "../parts/Tally.tsx";
import { plainText } from "../text.ts";
import { AllCodes } from "./AllCodes.tsx";
import { Card } from "./Card.tsx";
import { useSay } from "./useSay.ts";
import { placardOf } from "./who.ts";

/** `Read 19 · reached 24 of 28` */
export const rollWords = ({ read, reached, of }: RollCallView): string => t("roll-count", { read, reached, of });

/** Whom it has not reached, by their placards. */
const Missing = ({ view }: { readonly view: RollCallView }) => {
  const app = useController();
  const { missing, caucus } = view;
  if (missing.length === 0) return null;
  return (
    <p class="quiet t-side">
      {t("roll-missing", { count: missing.length })}{" "}
      <AllCodes people={missing.map(({ person }) => placardOf(app, caucus, person))} />
    </p>
  );
};

/** What one can do about it: say that one has read it; for its author, say it once more to those whom it has not reached. */
export const RollKeys = ({ view }: { readonly view: RollCallView }) => {
  const app = useController();
  const { caucus, message, text, missing, people, by } = view;
  const { busy, say } = useSay(caucus);
  if (app.caucus(caucus)?.state !== "joined") return null;
  if (by.person === app.me) {
    if (missing.length === 0) return null;
    return (
      <Key disabled={busy} onPress={() => void say({ kind: "rollCall", text, again: message })}>
        {t("roll-again", { count: missing.length })}
      </Key>
    );
  }
  if (people.find(({ person }) => person === app.me)?.saidSo !== undefined)
    return <span class="quiet t-side card__said">{t("roll-read-done")}</span>;
  return (
    <Key kind="go" disabled={busy} onPress={() => void say({ kind: "answer", to: message, answer: "read" })}>
      {t("roll-read")}
    </Key>
  );
};

/** A roll call in the record. */
export const RollCard = ({ view }: { readonly view: RollCallView }) => {
  const app = useController();
  const { caucus, message, text, of, read, reached } = view;
  return (
    <Card
      tool="rollCall"
      icon="roll"
      title={t("tool-roll")}
      state={rollWords(view)}
      foot={
        <>
          <Key onPress={() => app.router.open({ over: "tool", caucus, message })}>{t("roll-names")}</Key>
          <RollKeys view={view} />
        </>
      }
    >
      <p class="card__matter card__matter--cut" dir="auto">
        {plainText(text)}
      </p>
      <span class="roll">
        <Tally ticks={ticksOf(of, read, reached - read)} label={rollWords(view)} />
      </span>
      <Missing view={view} />
    </Card>
  );
};
