import { Icon } from "../parts/Icon.tsx";
import type { IconName } from "../parts/icons.ts";

interface VerdictProps {
  readonly is?: "note" | "bad";
  readonly title: string;
  readonly text?: string;
}
const SIGNS: Readonly<Record<"good" | "note" | "bad", IconName>> = { good: "check", note: "warn", bad: "stop" };

/** One finding: what is so, and what it means for the reader. */
export const Verdict = ({ is, title, text }: VerdictProps) => (
  <div class="verdict" data-is={is}>
    <Icon name={SIGNS[is ?? "good"]} />
    <div>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
    </div>
  </div>
);
