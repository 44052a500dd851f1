import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { CaucusView, GroupId, RoomCodeView } from "../../../src/types.ts";
import { clock, when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { plainName } from "../text.ts";
import { RoomMembers } from "./RoomMembers.tsx";
import { emojiOf, Signs } from "./Signs.tsx";

interface RoomProps {
  readonly caucus: CaucusView;
  readonly view: RoomCodeView | undefined;
}

const nameOf = (caucus: CaucusView, person: string): string =>
  plainName(caucus.members.find((one) => one.person === person)?.name ?? "") || t("nameless");

const OUTCOMES = {
  match: { tone: "go", icon: "seal" },
  differ: { tone: "wax", icon: "broken" },
  broken: { tone: "wax", icon: "broken" },
  cancelled: { tone: "amber", icon: "clock" },
  expired: { tone: "amber", icon: "clock" },
} as const;

const Ended = ({ reason }: { readonly reason: NonNullable<RoomCodeView["reason"]> }) => {
  const { tone, icon } = OUTCOMES[reason];
  return tone === "wax" ? (
    <div class="refusal" role="alert">
      <Icon name={icon} />
      <h2>{t(`room-${reason}`)}</h2>
      <p>{t(`room-${reason}-hint`)}</p>
    </div>
  ) : (
    <div role="status">
      <NoticeBox tone={tone} icon={<Icon name={icon} size="m" />} title={t(`room-${reason}`)}>
        {t(`room-${reason}-hint`)}
      </NoticeBox>
    </div>
  );
};

const Before = ({ caucus }: { readonly caucus: CaucusView }) => (
  <>
    {caucus.comparedAt !== undefined && (
      <NoticeBox
        tone="go"
        icon={<Icon name="seal" size="m" />}
        title={t("room-compared", { time: when(caucus.comparedAt, Date.now()) })}
      >
        {t("room-compared-hint")}
      </NoticeBox>
    )}
    <p>{t("room-explain")}</p>
    <p class="quiet">{t("room-explain-hint")}</p>
  </>
);

/** The code of those in the room, from gathering to reading it aloud. */
const Room = ({ caucus, view }: RoomProps) => {
  const app = useController();
  if (!view) return <Before caucus={caucus} />;
  if (view.state === "ended") return view.reason ? <Ended reason={view.reason} /> : <Before caucus={caucus} />;
  const name = nameOf(caucus, view.startedBy);
  const mine = view.startedBy === app.me;
  return (
    <>
      <p role="status" class="t-name strong">
        {t(view.state === "gathering" && mine ? "room-gathering-own" : `room-${view.state}`, { name })}
      </p>
      {view.state === "compare" && <Signs emoji={emojiOf(view.emoji ?? [])} />}
      {view.differs.length > 0 && (
        <div role="alert">
          {view.differs.map((one) => (
            <NoticeBox
              key={one}
              tone="wax"
              icon={<Icon name="broken" size="m" />}
              title={t("room-differs", { name: nameOf(caucus, one) })}
            >
              {t("room-differs-hint")}
            </NoticeBox>
          ))}
        </div>
      )}
      <p class="quiet">
        {t(view.state === "gathering" && mine ? "room-gathering-own-hint" : `room-${view.state}-hint`)}
      </p>
      {view.state !== "asked" && <RoomMembers caucus={caucus} view={view} />}
      <p class="faint">{t("compare-ends", { time: clock(view.expires) })}</p>
    </>
  );
};

const Keys = ({ caucus, view }: RoomProps): ComponentChildren => {
  const { me, router, verification } = useController();
  const id = caucus.caucus;
  const end = (outcome: "match" | "differ" | "cancel") => () => void verification.endRoomCode(id, outcome);
  const stop = (
    <Key tall onPress={end("cancel")}>
      {t("compare-stop")}
    </Key>
  );
  switch (view?.state) {
    case undefined:
      return (
        <Key tall kind="go" onPress={() => void verification.roomCode(id)}>
          {t("room-begin")}
        </Key>
      );
    case "asked":
      return (
        <>
          <Key tall onPress={end("cancel")}>
            {t("compare-not-now")}
          </Key>
          <Key tall kind="go" onPress={() => void verification.roomCode(id)}>
            {t("room-take-part")}
          </Key>
        </>
      );
    case "gathering":
      return (
        <>
          {stop}
          {view.startedBy === me && (
            <Key
              tall
              kind="go"
              disabled={view.committed.length < 2}
              onPress={() => void verification.closeRoomCode(id)}
            >
              {t("room-close")}
            </Key>
          )}
        </>
      );
    case "opening":
      return stop;
    case "compare":
      return (
        <>
          <Key tall kind="wax" onPress={end("differ")}>
            {t("compare-differ")}
          </Key>
          <Key tall {...(view.differs.length === 0 && { kind: "go" })} onPress={end("match")}>
            {t("room-same")}
          </Key>
        </>
      );
    case "ended":
      return (
        <Key tall onPress={() => router.back()}>
          {t("close")}
        </Key>
      );
  }
};

/** The code of a caucus: everybody in the room reads eight emoji aloud, and sees that all see the same persons and devices. */
export const RoomSheet = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const caucus = app.caucus(id);
  const view = app.verification.rooms.value.get(id);
  useEffect(() => () => app.verification.forget(id), []);
  if (!caucus) return <Sheet title={t("room-title")}>{t("not-there-hint")}</Sheet>;
  return (
    <Sheet title={t("room-title")} phase={view?.state} body="stack" foot={<Keys caucus={caucus} view={view} />}>
      <p class="matter quiet">
        <bdi>{app.title(caucus) || t("nameless")}</bdi>
      </p>
      <Room caucus={caucus} view={view} />
    </Sheet>
  );
};
