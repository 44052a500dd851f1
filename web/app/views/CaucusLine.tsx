import type { CaucusView } from "../../../src/types.ts";
import type { Controller } from "../controller.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Mark, Name, Placard } from "../parts/Placard.tsx";
import { Tally, ticksOf } from "../parts/Tally.tsx";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { partnerOf, progressOf, readersOf } from "../reading.ts";
import { cut, DOT, plainName, plainText } from "../text.ts";
import { gist } from "./Entry.tsx";

interface LineProps {
  readonly caucus: CaucusView;
}

/**
 * What somebody wrote, after our word for what it is. Cut short by itself: in a line that runs the other way, the cut
 * would take its beginning.
 */
const Gist = ({ words }: { readonly words: string }) => {
  const at = words.endsWith("\u2069") ? words.lastIndexOf("\u2068") : -1;
  if (at < 0) return <bdi class="cut">{words}</bdi>;
  return (
    <>
      <bdi class="line__what cut">{words.slice(0, at).trimEnd()}</bdi>
      <bdi class="cut">{words.slice(at + 1, -1)}</bdi>
    </>
  );
};

/** The last words, with whose they are. */
const Last = ({ caucus }: LineProps) => {
  const app = useController();
  const draft = app.drafts.of(caucus.caucus);
  const { last } = caucus;
  const partner = partnerOf(caucus, app.me);
  if (draft) {
    return (
      <span class="line__last">
        <b class="cut line__draft">{t("list-draft")}</b>
        <bdi class="cut">{cut(plainText(draft), 120)}</bdi>
      </span>
    );
  }
  if (!last) {
    const asked = partner && partner.state !== "joined";
    const words = asked ? "list-invited" : partner?.unopened ? "waiting-key" : "list-nothing-said";
    return (
      <span class="line__last">
        <span class="cut">{t(words, { name: plainName(partner?.name ?? "") })}</span>
      </span>
    );
  }
  const own = last.sender === app.me;
  const first = plainName(last.name).split(" ")[0] ?? "";
  const named = last.kind !== "notice" && (own || !partner);
  return (
    <span class="line__last">
      {named && <b class="cut">{own ? t("list-you") : t("list-name", { name: first || t("nameless") })}</b>}
      <Gist words={gist(last)} />
    </span>
  );
};

const away = (app: Controller, caucus: CaucusView): string => {
  const partner = partnerOf(caucus, app.me);
  if (!partner) return "";
  if (partner.online) return t("here");
  const heard = app.person(partner.person)?.lastHeard;
  return heard ? t("away-since", { time: when(heard, Date.now()) }) : t("away");
};

/** Who is here, or what the last own word waits for. */
const State = ({ caucus }: LineProps) => {
  const app = useController();
  const { last } = caucus;
  if (caucus.state === "gone") return <span class="line__state">{t("list-gone")}</span>;
  const inReach = app.reach.value.people > 0;
  if (caucus.heldFor) {
    return (
      <span class="line__state line__state--held">
        <Icon name="broken" size="s" />
        <span>{t("list-held")}</span>
      </span>
    );
  }
  if (last?.sender === app.me && progressOf(last, inReach) === "waiting") {
    return (
      <span class="line__state line__state--wait">
        <Icon name="clock" size="s" />
        <span>{t("receipt-waiting")}</span>
      </span>
    );
  }
  if (caucus.direct) {
    const progress = last?.sender === app.me ? progressOf(last, inReach) : undefined;
    const words = progress === "read" ? t("list-read") : progress === "reached" ? t("list-reached") : away(app, caucus);
    const ticks = progress === "read" ? ticksOf(1, 1) : progress === "reached" ? ticksOf(1, 0, 1) : [];
    return (
      <span class="line__state">
        <Tally ticks={ticks} label={words} />
        <span>{words}</span>
      </span>
    );
  }
  return (
    <span class="line__state">
      <HereTally caucus={caucus} />
    </span>
  );
};

/** `5 of 8 here`, in ticks and words. */
export const HereTally = ({ caucus }: LineProps) => {
  const app = useController();
  const readers = readersOf(caucus, app.me);
  const here = readers.filter((one) => one.online).length;
  const words = readers.length === 0 ? t("only-you") : t("here-of", { here, all: readers.length });
  return (
    <>
      <Tally ticks={ticksOf(readers.length, here)} label={words} />
      <span>{caucus.open ? `${words}${DOT}${t("open-caucus")}` : words}</span>
    </>
  );
};

/** A caucus in the list. */
export const CaucusLine = ({ caucus }: LineProps) => {
  const app = useController();
  const { place } = app.router.route.value;
  const partner = partnerOf(caucus, app.me);
  const current = place.at === "caucus" && place.caucus === caucus.caucus;
  // What comes in before the reader's eyes is not new for the moment until that is told.
  const reading = current && app.conversation.value?.following.value === true;
  const { mentioned = 0 } = caucus;
  return (
    <button
      type="button"
      class="line"
      data-new={!reading && app.preferences.standsOut(caucus) > 0 ? "" : undefined}
      aria-current={current ? "true" : undefined}
      onClick={() => app.openCaucus(caucus.caucus)}
    >
      <span class={`line__name${partner ? " line__name--person" : ""}`}>
        {partner && <Placard who={partner} presence={partner.online ? "here" : "away"} />}
        <Name name={app.title(caucus)} />
        {partner && <Mark trust={partner.trust} />}
        {partner?.guest && <span class="tag">{t("guest")}</span>}
        {app.preferences.alert(caucus.caucus) === "none" && <Icon name="mute" size="s" label={t("muted")} />}
      </span>
      {caucus.last ? <time>{when(caucus.last.sentAt, Date.now())}</time> : <span />}
      <Last caucus={caucus} />
      {caucus.unread > 0 && !reading ? (
        <span class="count">
          <span aria-hidden="true">
            {mentioned > 0 && "@\u00a0"}
            {caucus.unread}
          </span>
          <span class="vh">
            {t("list-new-count", { count: caucus.unread })} {mentioned > 0 && t("names-you")}
          </span>
        </span>
      ) : (
        <span />
      )}
      <State caucus={caucus} />
    </button>
  );
};
