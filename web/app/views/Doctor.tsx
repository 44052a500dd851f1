import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { DoctorFinding } from "../../peer/backend.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Verdict } from "./Verdict.tsx";

/** What the sheet does not say by itself, and whether there is something to do about it. */
const SAID: Readonly<Record<string, "only" | "next">> = {
  clock: "next",
  "clock-behind": "next",
  "clock-ahead": "next",
  "clock-differs": "next",
  "no-address": "next",
  "self-assigned": "next",
  vpn: "next",
  "public-address": "only",
  "no-gateway": "next",
  portal: "next",
  isolation: "next",
  "multicast-unsent": "next",
  "multicast-filtered": "next",
  "multicast-off": "only",
  "multicast-silent": "next",
  firewall: "next",
  "not-listening": "next",
  "venue-differs": "next",
  "venue-others-differ": "only",
  "venue-key-missing": "next",
  "venue-key-some": "only",
  "venue-key-differs": "next",
  "venue-key-others": "only",
};

/** What the doctor of a daemon has found, once it has looked around; anew with each `round`. */
export const Doctor = ({ round }: { readonly round: number }) => {
  const { backend } = useController();
  const findings = useSignal<readonly DoctorFinding[] | undefined>(undefined);
  const looking = useSignal(backend.kind === "daemon");
  useEffect(() => {
    let here = true;
    looking.value = backend.kind === "daemon";
    void backend
      .doctor()
      .catch(() => undefined)
      .then((found) => {
        if (!here) return;
        findings.value = found;
        looking.value = false;
      });
    return () => {
      here = false;
    };
  }, [backend, round]);
  if (looking.value) return <Verdict is="note" title={t("doctor-looking")} />;
  const all = findings.value;
  if (all === undefined) return null;
  const well = all.every(({ level }) => level === "good" || level === "note");
  return (
    <>
      {well && <Verdict title={t("doctor-well")} />}
      {all.map(({ code, level, values }) => {
        const said = SAID[code];
        if (said === undefined) return null;
        const text = said === "next" ? { text: t(`doctor-${code}-next`, values) } : {};
        return (
          <Verdict key={code} is={level === "bad" ? "bad" : "note"} title={t(`doctor-${code}`, values)} {...text} />
        );
      })}
    </>
  );
};
