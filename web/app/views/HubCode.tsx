import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { VenueView } from "../../../src/messenger/api.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { QrCode } from "../qr/QrCode.tsx";

/** Where others open the app: a code for their cameras, and the same to type. */
export const HubCode = () => {
  const { backend, connection } = useController();
  const urls = backend.hub?.urls ?? [];
  const venue = useSignal<VenueView | undefined>(undefined);
  useEffect(() => {
    void backend.api.venue().then(
      (view) => (venue.value = view),
      () => undefined,
    );
  }, []);
  const [first] = urls;
  const { code: short } = connection.value;
  if (first === undefined && short === undefined) return null;
  // Behind # for the page alone: who scans this has the venue's key, who types the address has not.
  const { keyed = false, buckets = 1, code = "" } = venue.value ?? {};
  const scanned = first !== undefined && (keyed || buckets > 1) ? `${first.replace(/\/$/, "")}/#${code}` : first;
  return (
    <div class="verdict" data-is="note">
      <Icon name="qr" />
      <div class="stack stack--tight">
        <h2>{t(first === undefined ? "conn-own-code" : "conn-hub-code")}</h2>
        {first !== undefined && <QrCode text={scanned ?? first} label={t("invite-qr")} />}
        {short !== undefined && (
          <p>
            {t("conn-short-code")} <bdi dir="ltr">{short}</bdi>
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
