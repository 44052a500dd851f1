import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { PersonId, PersonView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { plainName } from "../text.ts";
import type { Checked } from "../verification.ts";
import { Brought, IsItThem } from "./Brought.tsx";
import { Comparing, ComparingKeys } from "./Comparing.tsx";
import { Passed } from "./Passed.tsx";
import { isHarmless, Refused, type Why } from "./Refused.tsx";
import { Ways } from "./Ways.tsx";

interface Phase {
  readonly key: string;
  readonly body: ComponentChildren;
  readonly foot?: ComponentChildren;
}

/** Verifies somebody in person. Without `person` it is about the code that was brought: whose it is shows then. */
export const VerifySheet = ({ person: given }: { readonly person?: PersonId }) => {
  const app = useController();
  const { verification } = app;
  const checked = useSignal<Checked | undefined>(undefined);
  const busy = useSignal(false);
  /** They have said that it is them who showed the code; or that it was somebody else. */
  const them = useSignal<boolean | undefined>(given === undefined ? undefined : true);
  const result = checked.value;
  const id = given ?? (result && "person" in result ? result.person.person : undefined);
  const person = id && app.person(id);
  const name = plainName(person?.name ?? "") || t("nameless");
  const comparison = given && verification.comparisons.value.get(given);

  const check = async (code: string): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    checked.value = await verification.check(code, given);
    busy.value = false;
  };

  const again = (
    <Key tall wide onPress={() => (checked.value = undefined)}>
      {t("verify-again")}
    </Key>
  );
  const done = (
    <Key tall wide kind="go" onPress={() => app.router.back()}>
      {t("verify-done")}
    </Key>
  );
  const close = (
    <Key tall wide onPress={() => app.router.back()}>
      {t("close")}
    </Key>
  );
  const refused = (why: Why): Phase => ({
    key: why,
    body: <Refused why={why} name={name} />,
    foot: isHarmless(why) ? again : close,
  });
  const passed = (who: PersonView, by: "code" | "emoji"): Phase => ({
    key: "passed",
    body: <Passed person={who} name={name} by={by} />,
    foot: done,
  });

  const phase = (): Phase => {
    if (result && "refusal" in result) return refused(result.refusal);
    if (result) {
      if (them.value === false) return refused("somebody-else");
      const who = person ?? result.person;
      if (them.value) return passed(who, "code");
      const deny = async (): Promise<void> => {
        await verification.acceptKeys(who.person);
        them.value = false;
      };
      return {
        key: "them",
        body: <IsItThem person={who} />,
        foot: (
          <>
            <Key tall kind="wax" onPress={() => void deny()}>
              {t("brought-not-them")}
            </Key>
            <Key tall kind="go" onPress={() => (them.value = true)}>
              {t("brought-them")}
            </Key>
          </>
        ),
      };
    }
    if (given === undefined) {
      const code = verification.brought.value;
      return {
        key: "brought",
        body: <Brought />,
        foot: (
          <>
            <Key tall onPress={() => app.router.back()}>
              {t("cancel")}
            </Key>
            <Key tall kind="go" disabled={busy.value || !code} onPress={() => void check(code ?? "")}>
              {t("brought-scanned")}
            </Key>
          </>
        ),
      };
    }
    if (!person) return { key: "nobody", body: <p class="quiet">{t("person-gone")}</p> };
    if (comparison && comparison.state !== "ended")
      return {
        key: comparison.state,
        body: <Comparing view={comparison} name={name} />,
        foot: <ComparingKeys view={comparison} />,
      };
    if (comparison?.reason === "match") return passed(person, "emoji");
    if (comparison?.reason === "differ" || comparison?.reason === "broken") return refused(comparison.reason);
    return {
      key: "ways",
      body: (
        <Ways person={person} name={name} busy={busy.value} ended={comparison} onCode={(code) => void check(code)} />
      ),
    };
  };

  const { key, body, foot } = phase();
  // What was brought stays: whoever brings the next code may come before this has been taken down.
  useEffect(
    () => () => {
      if (given) verification.forget(given);
    },
    [],
  );
  return (
    <Sheet
      title={id ? t("verify-title", { name }) : t("verify-title-code")}
      wide={key === "ways"}
      phase={key}
      body="stack"
      {...(foot && { foot })}
    >
      {body}
    </Sheet>
  );
};
