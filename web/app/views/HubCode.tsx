import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { QrCode } from "../qr/QrCode.tsx";

/** Where others open the app: a code for their cameras, and the same to type. */
export const HubCode = () => {
  const urls = useController().backend.hub?.urls ?? [];
  const [first] = urls;
  if (first === undefined) return null;
  return (
    <div class="verdict" data-is="note">
      <Icon name="qr" />
      <div class="stack stack--tight">
        <h2>{t("conn-hub-code")}</h2>
        <QrCode text={first} label={t("invite-qr")} />
        {urls.map((url) => (
          <p key={url}>
            <bdi dir="ltr">{url}</bdi>
          </p>
        ))}
      </div>
    </div>
  );
};
