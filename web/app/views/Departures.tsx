import { useRef } from "preact/hooks";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { size } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import type { Conversation } from "../conversation.ts";
import type { Departure, Outgoing } from "../outgoing.ts";
import { photoTroubleId } from "../photo/trouble.ts";
import { DOT, plainFileName } from "../text.ts";

interface DepartureProps {
  readonly outgoing: Outgoing;
  readonly departure: Departure;
}

const Sending = ({ outgoing, departure }: DepartureProps) => {
  const { have, size: all } = departure;
  const share = all > 0 ? Math.floor((have / all) * 100) : 0;
  const name = nameOf(departure);
  return (
    <>
      <span
        class="load__bar"
        role="progressbar"
        aria-label={name}
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ inlineSize: `${share}%` }} />
      </span>
      <span class="row row--apart row--wrap">
        <span>
          {t("departing")}
          {all > 0 && (
            <>
              {DOT}
              <span class="num">{t("file-part", { have: size(have), size: size(all) })}</span>
            </>
          )}
        </span>
        {have < all && (
          <Key kind="plain" onPress={() => outgoing.discard(departure)}>
            {t("cancel")}
          </Key>
        )}
      </span>
    </>
  );
};

const Stuck = ({ outgoing, departure }: DepartureProps) => {
  const app = useController();
  const pick = useRef<HTMLInputElement>(null);
  const { state, going, trouble } = departure;
  const choose = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    input.value = "";
    if (file)
      outgoing.replace(departure, file).catch((error: unknown) => app.say(photoTroubleId(error), undefined, "amber"));
  };
  // What was cut and blacked out of it is not done again by choosing it.
  const edited = going.photo && going.together === undefined;
  const failed = t("departing-failed", { why: t(trouble ?? "error-internal") });
  return (
    <>
      <span role="status">{state === "failed" ? failed : t(edited ? "departing-photo-lost" : "departing-lost")}</span>
      <span class="row row--wrap">
        {state === "failed" && trouble !== "error-not-member" && (
          <Key onPress={() => outgoing.retry(departure)}>{t("departing-retry")}</Key>
        )}
        {state === "lost" && !edited && (
          <>
            <input
              ref={pick}
              type="file"
              hidden
              {...(going.photo && { accept: "image/*" })}
              aria-label={t("departing-choose")}
              onChange={(event) => choose(event.currentTarget)}
            />
            <Key onPress={() => pick.current?.click()}>{t("departing-choose")}</Key>
          </>
        )}
        <Key kind="plain" onPress={() => outgoing.discard(departure)}>
          {t("departing-discard")}
        </Key>
      </span>
    </>
  );
};

const nameOf = ({ going }: Departure): string => (going.photo ? t("photo") : plainFileName(going.name));

interface DeparturesProps {
  readonly conversation: Conversation;
  /** Drawn with whoever counts them, and not later: that one scrolls to their end. */
  readonly count: number;
}

/** What this person has told to go to a caucus and is no message yet. */
export const Departures = ({ conversation, count }: DeparturesProps) => {
  const outgoing = useController().files.outgoing.value;
  const all = outgoing?.all.value.filter(({ going }) => going.caucus === conversation.caucus) ?? [];
  if (!outgoing || count === 0) return null;
  return (
    <ul class="departures">
      {all.map((departure) => (
        <li class="load" key={departure.going.nonce}>
          <bdi class="cut">{nameOf(departure)}</bdi>
          {departure.state === "sending" ? (
            <Sending outgoing={outgoing} departure={departure} />
          ) : (
            <Stuck outgoing={outgoing} departure={departure} />
          )}
        </li>
      ))}
    </ul>
  );
};
