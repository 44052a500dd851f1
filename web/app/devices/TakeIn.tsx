import type { Signal } from "@preact/signals";
import { ALL_LINES } from "../../../src/messenger/api.ts";
import type { LinkView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { NoticeBox } from "../parts/Empty.tsx";
import { Choice } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { LinkSteps } from "./LinkSteps.tsx";

export type History = "none" | "some" | "all";
/** Lines of each caucus that are handed over. */
export const LINES: Readonly<Record<History, number>> = { none: 0, some: 50, all: ALL_LINES };

interface TakeInProps {
  readonly link: LinkView;
  readonly history: Signal<History>;
  readonly main: Signal<boolean>;
}

/** What somebody who takes a device in decides, once the signs are there. */
const Options = ({ link, history, main }: TakeInProps) => (
  <>
    {link.guest && (
      <NoticeBox tone="amber" icon={<Icon name="door" size="m" />} title={t("take-guest")}>
        {t("take-guest-hint")}
      </NoticeBox>
    )}
    <Choice
      legend={t("take-history")}
      value={history.value}
      onChoose={(value) => {
        history.value = value;
      }}
      options={[
        { value: "none", label: t("take-none") },
        { value: "some", label: t("take-some") },
        { value: "all", label: t("take-all") },
      ]}
      hint={t("take-history-hint")}
    />
    {!link.guest && (
      <label class="set">
        <span class="grow">
          {t("take-main")}
          <small>{t("take-main-hint")}</small>
        </span>
        <input
          class="switch"
          type="checkbox"
          checked={main.value}
          onChange={() => {
            main.value = !main.peek();
          }}
        />
      </label>
    )}
  </>
);

/** The old side of a link, from the code that was read to the device that is in. */
export const TakeIn = (props: TakeInProps) => (
  <>
    <LinkSteps link={props.link} />
    {props.link.state === "compare" && <Options {...props} />}
  </>
);
