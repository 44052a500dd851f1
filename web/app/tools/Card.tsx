import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { ToolView } from "../../../src/types/tools.ts";
import { Icon } from "../parts/Icon.tsx";
import type { IconName } from "../parts/icons.ts";

interface CardProps {
  readonly tool: ToolView["tool"];
  readonly icon: IconName;
  readonly title: string;
  /** How it stands, in a few words. */
  readonly state: ComponentChildren;
  /** It is urgent. */
  readonly wax?: boolean;
  readonly foot?: ComponentChildren;
  /** Joined keys take the whole width. */
  readonly choice?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Inside the record: something that somebody laid on the table. */
export const Card = ({ tool, icon, title, state, wax = false, foot, choice, children }: CardProps) => {
  const id = useId();
  return (
    <article class={`card card--${tool}${wax ? " card--wax" : ""}`} aria-labelledby={id}>
      <header class="card__head">
        <Icon name={icon} size="m" />
        <span id={id}>{title}</span>
        <span class="num">{state}</span>
      </header>
      <div class="card__body">{children}</div>
      {choice}
      {foot && <div class="card__foot keys keys--even">{foot}</div>}
    </article>
  );
};
