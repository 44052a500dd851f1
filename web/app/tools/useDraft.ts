/** Fields of what is being begun, kept while the page is open. */
import type { Signal } from "@preact/signals";
import type { GroupId } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";
import { tableOf } from "./table.ts";

/** One field of a caucus's sheet, by a name of its own. */
export const useDraft = (caucus: GroupId, field: string): Signal<string> => {
  const app = useController();
  return tableOf(app).draft(`${caucus} ${field}`);
};
