import { t } from "../i18n/index.ts";
import { Icon } from "../parts/Icon.tsx";

/** The hash of `couloir.html` as words, where a hub or a daemon that has the file served this page. */
const wordsHere = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="couloir-words"]')?.content.trim() ?? "";

/** The whole app as a file to keep, and by what one knows the right one. */
export const OneFile = () => {
  const words = wordsHere();
  if (words === "") return null;
  return (
    <div class="verdict" data-is="note">
      <Icon name="lock" />
      <div class="stack stack--tight">
        <h2>{t("conn-file")}</h2>
        <p>{t("conn-file-hint")}</p>
        <p lang="en" dir="ltr">
          <bdi>{words}</bdi>
        </p>
        <p class="keys">
          <a class="key" href="/couloir.html" download="couloir.html">
            {t("conn-file-save")}
          </a>
        </p>
      </div>
    </div>
  );
};
