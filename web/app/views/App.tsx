import type { Boot } from "../boot.ts";
import { apart } from "../parts/apart.ts";
import { ControllerProvider, EndedProvider } from "../parts/context.tsx";
import { Join } from "./Join.tsx";
import { Shell } from "./Shell.tsx";
import { Standstill } from "./Standstill.tsx";
import { Unlock } from "./Unlock.tsx";

/** The stage that the page has come to. */
export const App = ({ boot }: { readonly boot: Boot }) => {
  const stage = boot.stage.value;
  const screens = apart.value;
  switch (stage.stage) {
    case "opening":
      // Nobody who is new here waits for anything: they can begin to type.
      return boot.preferences.known ? <Standstill /> : <Join boot={boot} />;
    case "new":
      return <Join boot={boot} />;
    case "locked":
      return <Unlock boot={boot} />;
    case "no-token":
      return <Standstill title="no-token" hint="no-token-hint" />;
    case "impossible":
      return <Standstill {...impossible(stage.code)} />;
    case "in":
      return (
        <ControllerProvider value={stage.controller}>
          <EndedProvider value={() => boot.end()}>
            <Shell />
          </EndedProvider>
        </ControllerProvider>
      );
    case "wiped":
      return screens && <screens.Wiped daemon={stage.daemon} />;
  }
};

const impossible = (code: string): { title: string; hint: string } => {
  if (code === "no-storage") return { title: "no-storage", hint: "no-storage-hint" };
  if (code === "old-browser") return { title: "old-browser", hint: "old-browser-hint" };
  return { title: "cannot-open", hint: code.startsWith("error-") ? code : "error-storage" };
};
