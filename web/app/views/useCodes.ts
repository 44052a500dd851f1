import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CodeView, GroupId } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";

/** The codes of a caucus that are open, for as long as a sheet shows them; `undefined` until they are here. */
export const useCodes = (caucus: GroupId): Signal<readonly CodeView[] | undefined> => {
  const app = useController();
  const codes = useSignal<readonly CodeView[] | undefined>(undefined);
  useEffect(() => {
    const { api } = app.backend;
    const load = (): void => {
      void app.act(async () => {
        codes.value = await api.codes(caucus);
      });
    };
    load();
    const stops = [
      api.on("codes", (changed) => {
        if (changed.caucus === caucus) load();
      }),
      app.backend.onMissed(load),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [caucus]);
  return codes;
};
