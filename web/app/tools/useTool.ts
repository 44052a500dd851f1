/** What lies on a table, for as long as a view shows it. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { GroupId, MessageId } from "../../../src/types.ts";
import type { TableView, ToolView } from "../../../src/types/tools.ts";
import { useController } from "../parts/context.tsx";
import { tableOf, type Shown } from "./table.ts";

const useShown = <T>(show: () => Shown<T>, key: string): T | null | undefined => {
  const [value, end] = useMemo(show, [key]);
  useEffect(() => end, [key]);
  return value.value;
};

/** One thing; `null` where it is not here, nothing until that is known. */
export const useTool = (caucus: GroupId, message: MessageId): ToolView | null | undefined => {
  const app = useController();
  return useShown(() => tableOf(app).tool(caucus, message), `${caucus} ${message}`);
};

/** All that lies on it. */
export const useTable = (caucus: GroupId): TableView | null | undefined => {
  const app = useController();
  return useShown(() => tableOf(app).all(caucus), caucus);
};

/** The time, so many milliseconds ago at most. */
export const useNow = (every: number): number => {
  const now = useSignal(Date.now());
  useEffect(() => {
    now.value = Date.now();
    const timer = setInterval(() => (now.value = Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now.value;
};
