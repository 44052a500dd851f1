import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { QrCode } from "../qr/QrCode.tsx";
import { CopyKey } from "../views/CopyKey.tsx";

/** This person's own code, for the other one's camera. */
export const OwnCode = ({ words }: { readonly words: string }) => {
  const { verification } = useController();
  const code = useSignal<string | undefined>(undefined);
  useEffect(() => {
    void verification.ownCode().then((own) => (code.value = own));
  }, []);
  return (
    <div class="verify__scan">
      {code.value ? (
        <QrCode text={code.value} label={t("verify-own-code")} />
      ) : (
        <div class="qr qr--wait" aria-busy="true" />
      )}
      <div class="stack stack--tight">
        <p>{words}</p>
        {code.value && (
          <div class="keys">
            <CopyKey text={code.value} label={t("verify-copy")} />
          </div>
        )}
      </div>
    </div>
  );
};
