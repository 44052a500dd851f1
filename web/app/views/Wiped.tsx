import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { Empty } from "../parts/Empty.tsx";
import { Key } from "../parts/Key.tsx";

/** All that is shown once nothing is left here; whoever begins anew loads the page anew. */
export const Wiped = ({ daemon }: { readonly daemon: boolean }) => {
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.focus(), []);
  const again = (
    <Key kind="go" onPress={() => location.reload()}>
      {t("wipe-begin")}
    </Key>
  );
  return (
    <main class="app on-sheet" ref={main} tabIndex={-1}>
      <Empty title={t("wipe-done")} {...(!daemon && { keys: again })}>
        {t(daemon ? "wipe-done-daemon" : "wipe-done-hint")}
      </Empty>
    </main>
  );
};
