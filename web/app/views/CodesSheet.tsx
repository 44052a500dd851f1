import type { GroupId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { AskingMember } from "./AskingMember.tsx";
import { kindWords, stateWords, termsWords } from "./codeWords.ts";
import { useCodes } from "./useCodes.ts";

/** Who waits to be let into a caucus, and the codes by which somebody may still come in. */
export const CodesSheet = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const codes = useCodes(id).value;
  const caucus = app.caucus(id);
  if (!caucus) return <Sheet title={t("menu-codes")}>{t("not-there-hint")}</Sheet>;
  const asking = caucus.members.filter((one) => one.state === "asked");
  return (
    <Sheet
      title={t("codes-title", { caucus: app.title(caucus) })}
      body="stack"
      foot={
        caucus.mayInvite && (
          <>
            <Key icon="qr" onPress={() => app.router.open({ over: "invite", caucus: id })}>
              {t("codes-new")}
            </Key>
            <Key icon="pin" onPress={() => app.router.open({ over: "poster", caucus: id })}>
              {t("codes-make-poster")}
            </Key>
          </>
        )
      }
    >
      {asking.length > 0 && (
        <div>
          <h2 class="group-head">{t("codes-waiting")}</h2>
          <ul class="rows rows--open bleed">
            {asking.map((one) => (
              <AskingMember key={one.person} caucus={caucus} member={one} />
            ))}
          </ul>
        </div>
      )}
      {codes && codes.length > 0 && (
        <div>
          <h2 class="group-head">{t("codes-open")}</h2>
          <ul class="rows rows--open">
            {codes.map((code) => (
              <li key={code.invite}>
                <button
                  type="button"
                  class="set"
                  onClick={() => app.router.open({ over: "one-code", caucus: id, invite: code.invite })}
                >
                  <Icon name={code.kind === "personal" ? "key" : "qr"} />
                  <span class="grow">
                    {kindWords(code)}
                    <small>{stateWords(code)}</small>
                    {termsWords(code).map((words) => (
                      <small key={words}>{words}</small>
                    ))}
                  </span>
                  <Icon name="onward" size="s" />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {codes?.length === 0 && <p class="quiet">{t("codes-none")}</p>}
    </Sheet>
  );
};
