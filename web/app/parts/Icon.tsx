import { icons, type IconName, type Shape } from "./icons.ts";

const POINTING: ReadonlySet<IconName> = new Set<IconName>(["back", "onward", "reply", "door", "move"]);

const drawn: Partial<Record<IconName, readonly Shape[]>> = { ...icons };

/** Adds the icons of what is loaded apart. */
export const addIcons = (more: Partial<Record<IconName, readonly Shape[]>>): void => void Object.assign(drawn, more);

interface IconProps {
  readonly name: IconName;
  /** s 18, m 20, l 24 pixels at the normal text size. */
  readonly size?: "s" | "m" | "l";
  /** Spoken; without it the icon is silent. */
  readonly label?: string;
  readonly class?: string;
}

/** An icon in the colour of its text. Those that point turn round with the direction of the page. */
export const Icon = ({ name, size = "l", label, class: more = "" }: IconProps) => {
  const shapes = drawn[name] ?? [];
  const kind = `i${size === "l" ? "" : ` i--${size}`}${POINTING.has(name) ? " i--points" : ""} ${more}`.trim();
  return (
    <svg
      class={kind}
      viewBox="0 0 24 24"
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" as const })}
    >
      {shapes.map(([Part, attributes]) => (
        <Part {...attributes} />
      ))}
    </svg>
  );
};
