import type { MessageView } from "../../../src/types.ts";
import { BoardCard } from "./BoardCard.tsx";
import { CallCard } from "./CallCard.tsx";
import { HuddleCard } from "./HuddleCard.tsx";
import { RollCard } from "./RollCard.tsx";
import { toolGist } from "./toolGist.ts";
import { useTool } from "./useTool.ts";

/** What an entry laid on the table, as it stands now. */
export const ToolCard = ({ line }: { readonly line: MessageView }) => {
  const view = useTool(line.caucus, line.message);
  switch (view?.tool) {
    case "board":
      return <BoardCard view={view} />;
    case "call":
      return <CallCard view={view} />;
    case "huddle":
      return <HuddleCard view={view} />;
    case "rollCall":
      return <RollCard view={view} />;
    case undefined:
      return <p dir="auto">{line.tool && toolGist(line.tool)}</p>;
  }
};
