import type { MessageView } from "../../../src/types.ts";
import { clock } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { alsoReaders, lostReaders } from "./alsoReaders.ts";
import { recordWords } from "./EntryFacts.tsx";

interface EntryMarksProps {
  readonly line: MessageView;
  /** Opens the sheet that says more. */
  readonly onPress: () => void;
}

/** What one should know of an entry beside its words: it names the reader, it was changed, it is on record, or somebody could read it who was out. */
export const EntryMarks = ({ line, onPress }: EntryMarksProps) => {
  const app = useController();
  return (
    <>
      {line.mentions?.some(({ person }) => person === app.me) && (
        <span class="receipt names-you">
          <Icon name="bell" />
          <span class="grow">{t("names-you")}</span>
        </span>
      )}
      {line.revisedAt !== undefined && (
        <button type="button" class="receipt" onClick={onPress}>
          <Icon name="edit" />
          <span class="grow">{t("changed-at", { time: clock(line.revisedAt) })}</span>
        </button>
      )}
      {line.onRecord && (
        <button type="button" class="receipt" onClick={onPress}>
          <Icon name="clause" />
          <span class="grow">{recordWords(line, app.me)}</span>
        </button>
      )}
      {line.alsoRead && (
        <button type="button" class="receipt receipt--wait" onClick={onPress}>
          <Icon name="warn" />
          <span class="grow">{t("also-read", { names: alsoReaders(app, line) })}</span>
        </button>
      )}
      {line.lostDevices && (
        <button type="button" class="receipt receipt--wait" onClick={onPress}>
          <Icon name="warn" />
          <span class="grow">{t("also-read-device", { devices: lostReaders(app, line) })}</span>
        </button>
      )}
    </>
  );
};
