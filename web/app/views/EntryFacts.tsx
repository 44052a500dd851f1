import type { MessageView, PersonId } from "../../../src/types.ts";
import { goesWords } from "../fading.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { plainName } from "../text.ts";
import { nameIn } from "./nameIn.ts";
import { alsoReaders, lostReaders } from "./alsoReaders.ts";

/** Whose key it is signed with. */
export const recordWords = (line: MessageView, me: PersonId): string =>
  line.sender === me ? t("record-by-own") : t("record-by", { name: plainName(line.name) || t("nameless") });

/** The same as the marks at an entry, at length, and how it came here. */
export const EntryFacts = ({ line }: { readonly line: MessageView }) => {
  const app = useController();
  return (
    <>
      {line.alsoRead && (
        <NoticeBox
          tone="amber"
          icon={<Icon name="warn" size="m" />}
          title={t("also-read", { names: alsoReaders(app, line) })}
        >
          {t("also-read-hint")}
        </NoticeBox>
      )}
      {line.lostDevices && (
        <NoticeBox
          tone="amber"
          icon={<Icon name="warn" size="m" />}
          title={t("also-read-device", { devices: lostReaders(app, line) })}
        >
          {t("also-read-device-hint")}
        </NoticeBox>
      )}
      {line.onRecord && (
        <NoticeBox icon={<Icon name="clause" size="m" />} title={recordWords(line, app.me)}>
          {t("record-by-hint")}
        </NoticeBox>
      )}
      {line.file && line.file.keepers.length > 0 && (
        <p class="faint">
          {t("file-kept-names", { names: line.file.keepers.map((one) => nameIn(app, line.caucus, one)) })}
        </p>
      )}
      {line.goesAt !== undefined && (
        <NoticeBox icon={<Icon name="clock" size="m" />} title={goesWords(line.goesAt, Date.now())}>
          {t("fades-at-hint")}
        </NoticeBox>
      )}
      {line.granted && (
        <NoticeBox icon={<Icon name="clock" size="m" />} title={t("granted-before")}>
          {t("granted-hint")}
        </NoticeBox>
      )}
    </>
  );
};
