import type { PersonView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { LargeCard } from "../parts/Placard.tsx";

/** A link with a code was opened. Nothing is taken from it before somebody says that they scanned it in person. */
export const Brought = () => (
  <NoticeBox tone="amber" icon={<Icon name="qr" size="m" />} title={t("brought-title")}>
    {t("brought-hint")}
  </NoticeBox>
);

/** Whose code it was: only whoever scanned it knows who showed it. */
export const IsItThem = ({ person }: { readonly person: PersonView }) => (
  <>
    <LargeCard who={person} here={person.online} />
    <p role="status">{t("brought-question")}</p>
  </>
);
