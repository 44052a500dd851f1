import type { GroupId, MessageId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { BoardSheet } from "./BoardSheet.tsx";
import { CallCard } from "./CallCard.tsx";
import { HuddleSheet } from "./HuddleSheet.tsx";
import { RollSheet } from "./RollSheet.tsx";
import { useTool } from "./useTool.ts";

interface ToolSheetProps {
  readonly caucus: GroupId;
  readonly message: MessageId;
}

/** Something on the table, at length. */
export const ToolSheet = ({ caucus, message }: ToolSheetProps) => {
  const view = useTool(caucus, message);
  switch (view?.tool) {
    case "board":
      return <BoardSheet view={view} />;
    case "huddle":
      return <HuddleSheet view={view} />;
    case "rollCall":
      return <RollSheet view={view} />;
    case "call":
      return (
        <Sheet title={t("tool-call")}>
          <CallCard view={view} />
        </Sheet>
      );
    case undefined:
      if (view === undefined) return null;
      return (
        <Sheet title={t("on-table")}>
          <p class="quiet">{t("tool-not-here")}</p>
        </Sheet>
      );
  }
};
