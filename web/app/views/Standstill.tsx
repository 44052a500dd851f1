import { t } from "../i18n/index.ts";

interface StandstillProps {
  /** Message ids; without them, what is on this device is being opened. */
  readonly title?: string;
  readonly hint?: string;
}

/** A page that cannot go on, or not yet. */
export const Standstill = ({ title, hint }: StandstillProps) => (
  <main class="app on-sheet">
    <div class="empty" role="status">
      <span class="wordmark">{t("app-name")}</span>
      <h2>{t(title ?? "opening")}</h2>
      {hint && <p>{t(hint)}</p>}
    </div>
  </main>
);
