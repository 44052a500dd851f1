import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { QrCode } from "../qr/QrCode.tsx";

/** Where others open the app: a code for their cameras, and the same to type. */
export const HubCode = () => {
  const { backend, connection } = useController();
  const urls = backend.hub?.urls ?? [];
  const [first] = urls;
  const { code } = connection.value;
  if (first === undefined && code === undefined) return null;
  return (
    <div class="verdict" data-is="note">
      <Icon name="qr" />
      <div class="stack stack--tight">
        <h2>{t(first === undefined ? "conn-own-code" : "conn-hub-code")}</h2>
        {first !== undefined && <QrCode text={first} label={t("invite-qr")} />}
        {code !== undefined && (
          <p>
            {t("conn-short-code")} <bdi dir="ltr">{code}</bdi>
          </p>
        )}
        {urls.map((url) => (
          <p key={url}>
            <bdi dir="ltr">{url}</bdi>
          </p>
        ))}
      </div>
    </div>
  );
};
