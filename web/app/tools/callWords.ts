/** How a call stands, in words. */
import type { CallView } from "../../../src/types/tools.ts";
import type { Controller } from "../controller.ts";
import { number } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { nameOf } from "./who.ts";

/** `0:48`, of milliseconds. */
export const minutesAndSeconds = (left: number): string => {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}`;
};

/** Nobody has it yet, who has it, or what has become of it. */
export const callWords = (app: Controller, view: CallView, now: number): string => {
  const { taken, reached, of, until } = view;
  if (taken) return taken.person === app.me ? t("call-taken-own") : t("call-taken", { name: nameOf(app, taken) });
  const late = view.state === "open" && now >= until;
  if (view.state !== "open" || late) return t(late ? "call-expired" : `call-${view.state}`);
  return reached > 0 ? t("call-reached", { reached: number(reached), of: number(of) }) : t("call-nobody");
};
