import { useSignal } from "@preact/signals";
import type { GroupId, OpId } from "../../../src/types.ts";
import { revokeCode } from "../inviting.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { QrCode } from "../qr/QrCode.tsx";
import { plainName } from "../text.ts";
import { Sure } from "../trust/Sure.tsx";
import { kindWords, stateWords, termsWords } from "./codeWords.ts";
import { CopyKey } from "./CopyKey.tsx";
import { PrintedPoster } from "./PrintedPoster.tsx";
import { useCodes } from "./useCodes.ts";

/** Letters on a poster. */
const MAX_HEADING = 120;

interface InviteCodeSheetProps {
  readonly caucus: GroupId;
  readonly invite: OpId;
}

/** One code that is open: to show again where it is known, to print, to revoke. */
export const InviteCodeSheet = ({ caucus: id, invite }: InviteCodeSheetProps) => {
  const app = useController();
  const codes = useCodes(id);
  const caucus = app.caucus(id);
  const heading = useSignal(caucus ? app.title(caucus) : "");
  const code = codes.value?.find((one) => one.invite === invite);
  if (!caucus || !code)
    return (
      <Sheet title={t("invite-code")}>
        <p class="quiet" role="status">
          {codes.value && t("code-gone")}
        </p>
      </Sheet>
    );
  const text = code.code && (app.backend.inviteLink(code.code) ?? code.code);
  const poster = text && code.kind !== "personal";
  return (
    <Sheet
      title={kindWords(code)}
      body="stack"
      foot={
        text && (
          <>
            <CopyKey text={text} label={t(text === code.code ? "invite-copy-code" : "invite-copy-link")} />
            {poster && <Key onPress={() => print()}>{t("poster-print")}</Key>}
          </>
        )
      }
    >
      <div>
        <p>{stateWords(code)}</p>
        {termsWords(code).map((words) => (
          <p class="quiet t-side" key={words}>
            {words}
          </p>
        ))}
      </div>
      {text ? (
        <QrCode text={text} label={t("invite-qr")} />
      ) : (
        <p class="hint">{t("code-elsewhere", { name: plainName(code.name) || t("nameless") })}</p>
      )}
      {poster && (
        <>
          <Field
            label={t("poster-heading")}
            hint={t("poster-heading-hint")}
            value={heading.value}
            maxLength={MAX_HEADING}
            onInput={(value) => (heading.value = value)}
          />
          <PrintedPoster title={heading.value} text={text} approval={code.approval} />
        </>
      )}
      {code.mayRevoke ? (
        <div class="rows rows--open">
          <Sure
            icon="stop"
            label={t("code-revoke")}
            hint={t("code-revoke-hint")}
            question={t("code-revoke-sure")}
            yes={t("code-revoke")}
            onYes={() =>
              void revokeCode(app, id, invite).then((done) => done && app.router.open({ over: "codes", caucus: id }))
            }
          />
        </div>
      ) : (
        <p class="hint">{t("code-revoke-not", { name: plainName(code.name) || t("nameless") })}</p>
      )}
    </Sheet>
  );
};
