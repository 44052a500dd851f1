import type { ComponentChildren } from "preact";

interface EmptyProps {
  readonly title: string;
  readonly sign?: ComponentChildren;
  readonly keys?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** Nothing here: one sentence, one act. */
export const Empty = ({ title, sign, keys, children }: EmptyProps) => (
  <div class="empty">
    {sign}
    <h2>{title}</h2>
    {children && <p>{children}</p>}
    {keys && <div class="keys">{keys}</div>}
  </div>
);

interface NoticeBoxProps {
  readonly tone?: "amber" | "wax" | "go";
  readonly icon: ComponentChildren;
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** At most one on a screen. */
export const NoticeBox = ({ tone, icon, title, children }: NoticeBoxProps) => (
  <div class={`notice${tone ? ` notice--${tone}` : ""}`}>
    {icon}
    <b>{title}</b>
    {children && <span>{children}</span>}
  </div>
);
