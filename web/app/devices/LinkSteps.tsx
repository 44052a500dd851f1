import type { LinkView } from "../../../src/types.ts";
import { clock } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { plainName } from "../text.ts";
import { Signs } from "../trust/Signs.tsx";

const PROBLEMS = new Set(["link-expired", "link-cancelled", "link-refused"]);

/** How far a link has come, as both sides see it from the signs on. */
export const LinkSteps = ({ link }: { readonly link: LinkView }) => {
  const name = plainName(link.name) || t("nameless");
  switch (link.state) {
    case "waiting":
      return (
        <p role="status" class="t-name strong">
          {t("link-waiting")}
        </p>
      );
    case "compare":
      return (
        <>
          <p role="status" class="t-name strong">
            {t(link.side === "new" ? "link-becomes" : "link-takes", { name })}
          </p>
          <Signs emoji={link.signs} />
          <p class="quiet">{t("link-compare-hint")}</p>
          <p class="faint">{t("compare-ends", { time: clock(link.expires) })}</p>
        </>
      );
    case "confirmed":
      return (
        <>
          <p role="status" class="t-name strong">
            {t("link-confirmed")}
          </p>
          <p class="quiet">{t("link-confirmed-hint")}</p>
        </>
      );
    case "linked":
      return (
        <div role="status">
          <NoticeBox tone="go" icon={<Icon name="check" size="m" />} title={t(`link-linked-${link.side}`, { name })}>
            {t(`link-linked-${link.side}-hint`)}
          </NoticeBox>
        </div>
      );
    case "failed": {
      const code = link.problem?.code ?? "";
      return (
        <div role="alert">
          <NoticeBox
            tone={code === "link-expired" ? "amber" : "wax"}
            icon={<Icon name={code === "link-expired" ? "clock" : "broken"} size="m" />}
            title={t(PROBLEMS.has(code) ? code : "link-failed")}
          >
            {t("link-failed-hint")}
          </NoticeBox>
        </div>
      );
    }
  }
};
