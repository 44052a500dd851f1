import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { keep, newer } from "../kept/keeping.ts";
import { NewVersion } from "../kept/NewVersion.tsx";
import { useController } from "../parts/context.tsx";
import { Ringer } from "../tools/ringer.ts";
import { Ringing } from "../tools/Ringing.tsx";
import { browserTeller } from "./browserTeller.ts";
import { showCount } from "./counts.ts";
import { Notifier } from "./notifier.ts";
import { PlenaryBar } from "./PlenaryBar.tsx";
import { Pocket } from "./Pocket.tsx";

/** Whatever may interrupt, and what keeps it from doing so. */
export const Alerts = () => {
  const app = useController();
  const { quiet } = app.preferences;
  const ringer = useMemo(() => new Ringer(app), [app]);
  useEffect(() => () => ringer.stop(), [ringer]);
  useEffect(() => {
    const notifier = new Notifier(app, browserTeller);
    return () => notifier.stop();
  }, [app]);
  // A daemon's page is nothing without its daemon.
  useEffect(() => {
    if (app.kind.peek() !== "daemon") void keep();
  }, [app]);
  useSignalEffect(() => showCount(quiet.now.pocket ? 0 : app.unread));
  useEffect(() => () => showCount(0), []);
  useEffect(() => {
    const other = ({ key }: StorageEvent) => {
      if (key === null || key === "couloir:quiet") quiet.again();
    };
    // By the place of the key: Alt makes another letter of it on some keyboards.
    const cover = (event: KeyboardEvent) => {
      if (event.code !== "KeyP" || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      quiet.set({ pocket: true });
    };
    addEventListener("storage", other);
    addEventListener("keydown", cover);
    return () => {
      removeEventListener("storage", other);
      removeEventListener("keydown", cover);
    };
  }, [quiet]);
  const view = ringer.shown.value;
  return (
    <>
      {(quiet.plenary || newer.value) && (
        <div class="overhead">
          {newer.value && <NewVersion />}
          {quiet.plenary && <PlenaryBar call={view} onQuiet={(message) => ringer.quiet(message)} />}
        </div>
      )}
      {quiet.now.pocket && <Pocket called={view !== undefined && !view.taken} />}
      {!quiet.plenary && !quiet.now.pocket && <Ringing view={view} onQuiet={(message) => ringer.quiet(message)} />}
    </>
  );
};
