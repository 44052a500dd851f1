import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import type { MessageId } from "../../../src/types.ts";
import type { CallView } from "../../../src/types/tools.ts";
import { number } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { NoticeBar } from "../parts/NoticeBar.tsx";
import { LargeCard, Placard } from "../parts/Placard.tsx";
import { Tally, ticksOf } from "../parts/Tally.tsx";
import { plainName, plainText } from "../text.ts";
import { callWords, minutesAndSeconds } from "./callWords.ts";
import { useNow } from "./useTool.ts";
import { useSay } from "./useSay.ts";
import { nameOf, placardOf } from "./who.ts";

const SECOND = 1_000;
/** Seconds between two steps of the fuse where nothing is to move. */
const STEP = 5;
/** Felt in a pocket, where the device does that. */
const FELT = [200, 100, 200];

const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

interface CallProps {
  readonly view: CallView;
  /** The id of the heading. */
  readonly title: string;
  readonly onQuiet: () => void;
}

/** It rings: who calls, for what, how long there is, and three answers. */
const Rings = ({ view, title, onQuiet }: CallProps) => {
  const app = useController();
  const now = useNow(SECOND);
  const { caucus, message, by, act, text, at, until, reached, of } = view;
  const { busy, say } = useSay(caucus);
  const id = useId();
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    first.current?.focus();
    navigator.vibrate?.(FELT);
  }, [message]);
  const left = Math.max(0, until - now);
  const seconds = Math.ceil(left / SECOND);
  const burnt = still() ? Math.ceil(seconds / STEP) * STEP : seconds;
  const share = Math.min(100, (burnt * SECOND * 100) / Math.max(SECOND, until - at));
  const answer = (given: "has" | "cannot"): void => void say({ kind: "answer", to: message, answer: given });
  return (
    <>
      <div class="now__fuse" aria-hidden="true">
        <i style={{ inlineSize: `${share}%` }} />
      </div>
      <div class="now__from">
        <Placard who={placardOf(app, caucus, by.person)} presence="here" />
        <span class="grow now__who">
          <b>
            <bdi class="cut">{nameOf(app, by)}</bdi>
          </b>
          <bdi class="cut">{titleIn(app, view)}</bdi>
        </span>
        <span class="now__left" role="timer" aria-label={t("call-left", { seconds: number(seconds) })}>
          <span aria-hidden="true">{minutesAndSeconds(left)}</span>
        </span>
      </div>
      <div class="now__call" tabIndex={0} ref={first} aria-labelledby={title} aria-describedby={`${id}-what`}>
        <h1 id={title}>{t(`call-${act}`)}</h1>
        {text !== "" && (
          <p dir="auto" id={`${id}-what`}>
            {plainText(text)}
          </p>
        )}
      </div>
      <div class="now__foot">
        <NoticeBar />
        <div class="row row--wrap">
          <Tally big ticks={reached > 0 ? ticksOf(of, 0, reached) : []} label={t("call-reach", { reached, of })} />
          <span class="t-side">{callWords(app, view, now)}</span>
        </div>
        <Key kind="go" wide disabled={busy} onPress={() => answer("has")}>
          {t("call-has")}
        </Key>
        <div class="keys keys--even">
          <Key disabled={busy} onPress={() => answer("cannot")}>
            {t("call-cannot")}
          </Key>
          <Key onPress={onQuiet}>{t("call-quiet")}</Key>
        </div>
      </div>
    </>
  );
};

const titleIn = (app: ReturnType<typeof useController>, { caucus }: CallView): string => {
  const view = app.caucus(caucus);
  return (view && app.title(view)) || t("nameless");
};

/** Somebody has it: paper, their placard, and nothing that has to be done. */
const Taken = ({ view, title, onQuiet }: CallProps) => {
  const app = useController();
  const { caucus, taken, act, text, at } = view;
  const done = useRef<HTMLDivElement>(null);
  useEffect(() => done.current?.focus(), []);
  if (!taken) return null;
  const who = placardOf(app, caucus, taken.person);
  const own = taken.person === app.me;
  return (
    <>
      <p class="now__from">
        <span>
          {t("call-after", { seconds: Math.max(0, Math.round((taken.at - at) / SECOND)) })}
          <br />
          <bdi>{titleIn(app, view)}</bdi>
        </span>
      </p>
      <div class="now__call" tabIndex={0} ref={done}>
        <LargeCard who={{ ...who, name: plainName(taken.name) }} here />
        <h1 id={title}>{callWords(app, view, taken.at)}</h1>
        <div>
          <p class="strong">{t(`call-${act}`)}</p>
          {text !== "" && <p dir="auto">{plainText(text)}</p>}
        </div>
        <p>{t(own ? "call-others-quiet" : "call-need-not")}</p>
      </div>
      <div class="now__foot">
        <Key
          kind="go"
          wide
          onPress={() => {
            onQuiet();
            app.openCaucus(caucus);
          }}
        >
          {t("call-back", { caucus: titleIn(app, view) })}
        </Key>
        <Key wide onPress={onQuiet}>
          {t("close")}
        </Key>
      </div>
    </>
  );
};

/**
 * The one screen that fills all. The browser's own modal dialog keeps the focus in it and makes the rest inert; Esc
 * quiets it here, and the focus goes back to where it was.
 */
const Full = ({ view, onQuiet }: Omit<CallProps, "title">) => {
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      class="now"
      ref={dialog}
      role="alertdialog"
      aria-labelledby={title}
      data-state={view.taken ? "taken" : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onQuiet();
      }}
      onClose={() => {
        // Not where it only made way for something else.
        if (dialog.current) onQuiet();
      }}
    >
      {view.taken ? (
        <Taken view={view} title={title} onQuiet={onQuiet} />
      ) : (
        <Rings view={view} title={title} onQuiet={onQuiet} />
      )}
    </dialog>
  );
};

interface RingingProps {
  readonly view: CallView | undefined;
  readonly onQuiet: (message: MessageId) => void;
}

/** A call that rings here, over everything. */
export const Ringing = ({ view, onQuiet }: RingingProps) =>
  view ? <Full view={view} onQuiet={() => onQuiet(view.message)} /> : null;
