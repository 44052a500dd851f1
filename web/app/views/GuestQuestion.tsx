import { t } from "../i18n/index.ts";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";

interface GuestQuestionProps {
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Before a closed caucus lets a guest in: from then on whoever runs the Wi-Fi could read along. */
export const GuestQuestion = ({ onYes, onNo }: GuestQuestionProps) => (
  <div class="stack stack--tight room-after" role="alert">
    <NoticeBox tone="amber" icon={<Icon name="door" size="m" />} title={t("guest-question")}>
      {t("new-guests-hint")}
    </NoticeBox>
    <div class="keys keys--even">
      <Key onPress={onNo}>{t("cancel")}</Key>
      <Key kind="go" onPress={onYes}>
        {t("person-bring-guest")}
      </Key>
    </div>
  </div>
);
