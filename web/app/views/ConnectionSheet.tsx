import { useSignal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { awayWords } from "../away.ts";
import { useController } from "../parts/context.tsx";
import { Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { isBehindOwn } from "../parts/ownCertificate.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { codeOf } from "../reading.ts";
import { plainName } from "../text.ts";
import { troubleId } from "../trouble.ts";
import { Doctor } from "./Doctor.tsx";
import { HubCode } from "./HubCode.tsx";
import { OneFile } from "./OneFile.tsx";
import { RouteMap } from "./RouteMap.tsx";
import { SecurePort, SecureWay } from "./SecureWay.tsx";
import { Verdict } from "./Verdict.tsx";

const HEADS = {
  both: "conn-both",
  hub: "conn-hub",
  direct: "conn-direct",
  mesh: "conn-mesh",
  alone: "conn-alone",
  none: "conn-none",
} as const;

const Findings = ({ round }: { readonly round: number }) => {
  const { backend, connection } = useController();
  const { hubs, trouble, direct, away } = connection.value;
  return (
    <div class="rows rows--open">
      {/* A hub that is away has a row of its own. */}
      {trouble && trouble !== "hub-away" && (
        <Verdict
          is={trouble === "no-direct" ? "note" : "bad"}
          title={t(`conn-${trouble}`)}
          text={t(`conn-${trouble}-hint`)}
        />
      )}
      {hubs.map(({ url, state, name }) => (
        <Verdict
          key={url}
          {...(state !== "connected" && ({ is: state === "trying" ? "note" : "bad" } as const))}
          title={t(`conn-hub-${state}`)}
          text={
            // A browser says of a certificate that it does not know no more than of a hub that is away.
            state === "away" && url === location.origin && isBehindOwn(backend.hub)
              ? t("conn-hub-away-own", { url })
              : t(name ? `conn-hub-${state}-named` : `conn-hub-${state}-hint`, { url, name: plainName(name ?? "") })
          }
        />
      ))}
      <Doctor round={round} />
      {direct > 0 && <Verdict title={t("conn-direct-links", { links: direct })} text={t("conn-direct-links-hint")} />}
      {backend.guest && <Verdict is="note" title={t("conn-guest")} text={t("conn-guest-hint")} />}
      {away && away.messages > 0 && (
        <Verdict title={awayWords(away.minutes)} text={t("away-fetched", { messages: away.messages })} />
      )}
      <HubCode />
      <SecurePort />
      <SecureWay />
      <OneFile />
      <Verdict is="note" title={t("conn-locked")} text={t("conn-locked-hint")} />
    </div>
  );
};

/** How one is connected, what is in the way, and what to try. */
export const ConnectionSheet = () => {
  const app = useController();
  const typing = useSignal(false);
  const address = useSignal("");
  const wrong = useSignal<string | undefined>(undefined);
  const dialling = useSignal(false);
  const round = useSignal(0);
  const { people, path } = app.reach.value;
  const direct = Math.min(people, app.connection.value.direct);
  const head = t(HEADS[path], { people, direct, far: people - direct });

  const dial = async (): Promise<void> => {
    if (dialling.peek() || address.peek().trim() === "") return;
    dialling.value = true;
    wrong.value = undefined;
    try {
      await app.backend.addHub(address.peek().trim());
      typing.value = false;
      address.value = "";
    } catch (error) {
      wrong.value = t(troubleId(error) === "error-usage" ? "conn-no-address" : troubleId(error));
    }
    dialling.value = false;
  };

  return (
    <Sheet
      title={t("conn-title")}
      body="stack stack--loose"
      foot={
        <>
          <Key onPress={() => app.router.open({ over: "code" })}>{t("conn-scan")}</Key>
          {!typing.value && <Key onPress={() => (typing.value = true)}>{t("conn-type")}</Key>}
          <Key
            kind="go"
            onPress={() => {
              app.backend.hurry();
              round.value += 1;
            }}
          >
            {t("conn-again")}
          </Key>
        </>
      }
    >
      <div class="stack stack--tight">
        <p class="matter t-title" role="status">
          {head}
        </p>
        <RouteMap code={codeOf(app.profile.value)} path={path} direct={direct} far={people - direct} label={head} />
      </div>
      {typing.value && (
        <form
          class="stack stack--tight"
          onSubmit={(event) => {
            event.preventDefault();
            void dial();
          }}
        >
          <Field
            label={t("conn-address")}
            hint={t("conn-address-hint")}
            value={address.value}
            autofocus
            {...(wrong.value !== undefined && { wrong: wrong.value })}
            onInput={(value) => {
              address.value = value;
            }}
          />
          <div class="keys">
            <Key submit disabled={dialling.value}>
              {t(dialling.value ? "conn-dialling" : "conn-dial")}
            </Key>
          </div>
        </form>
      )}
      <Findings round={round.value} />
    </Sheet>
  );
};
