import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { wayToLock } from "../parts/ownCertificate.ts";

/** On a page without a lock: where its hub has one with, and what is to be known before one goes there. */
export const SecureWay = () => {
  const url = wayToLock(useController().backend.hub);
  if (url === undefined) return null;
  return (
    <div class="verdict" data-is="note">
      <Icon name="lock" />
      <div class="stack stack--tight">
        <h2>{t("secure-way")}</h2>
        <p>{t("secure-way-hint")}</p>
        <p class="keys">
          <a class="key" href={url} target="_blank" rel="noopener noreferrer">
            <bdi dir="ltr">{url}</bdi>
          </a>
        </p>
      </div>
    </div>
  );
};

/** For the hub's owner: where others find it, and by which certificate they know that it is this hub. */
export const SecurePort = () => {
  const { kind, hub } = useController().backend;
  const secure = hub?.secure;
  if (kind !== "daemon" || secure?.fingerprint === undefined) return null;
  return (
    <div class="verdict" data-is="note">
      <Icon name="lock" />
      <div class="stack stack--tight">
        <h2>{t("secure-port")}</h2>
        <p>{t("secure-port-hint")}</p>
        {secure.urls.map((url) => (
          <p key={url}>
            <bdi dir="ltr">{url}</bdi>
          </p>
        ))}
        <p>
          <bdi class="num" dir="ltr">
            {secure.fingerprint.split(":").map((pair, at) => (
              <>
                {at > 0 && ":"}
                <wbr />
                {pair}
              </>
            ))}
          </bdi>
        </p>
      </div>
    </div>
  );
};
