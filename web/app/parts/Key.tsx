import type { ComponentChildren, Ref } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

interface KeyProps {
  /** `go`: the one act of a view. `wax`, `seal`: what cannot be undone. */
  readonly kind?: "go" | "wax" | "seal" | "plain" | "danger";
  readonly icon?: IconName;
  readonly tall?: boolean;
  readonly wide?: boolean;
  readonly submit?: boolean;
  readonly pressed?: boolean;
  /** Stays reachable by keyboard, so that a reader finds out that it is there. */
  readonly disabled?: boolean;
  readonly onPress?: () => void;
  readonly children: ComponentChildren;
}

/** Anything that is pressed and has words. */
export const Key = (props: KeyProps) => {
  const { kind, icon, tall, wide, submit, pressed, disabled, onPress, children } = props;
  const style = [
    "key",
    kind === "danger" ? "key--plain key--danger" : kind && `key--${kind}`,
    tall && "key--tall",
    wide && "key--wide",
  ];
  return (
    <button
      type={submit ? "submit" : "button"}
      class={style.filter(Boolean).join(" ")}
      aria-pressed={pressed}
      aria-disabled={disabled ? true : undefined}
      onClick={disabled ? undefined : onPress}
    >
      {icon && <Icon name={icon} size="m" />}
      {children}
    </button>
  );
};

interface IconKeyProps {
  readonly icon: IconName;
  readonly label: string;
  readonly class?: string;
  readonly expanded?: boolean;
  readonly onPress: () => void;
  readonly keyRef?: Ref<HTMLButtonElement>;
}

/** A key with an icon instead of words; the words are its label. */
export const IconKey = ({ icon, label, class: more, expanded, onPress, keyRef }: IconKeyProps) => (
  <button
    type="button"
    class={`key key--icon${more ? ` ${more}` : ""}`}
    aria-label={label}
    title={label}
    aria-expanded={expanded}
    onClick={onPress}
    ref={keyRef ?? null}
  >
    <Icon name={icon} />
  </button>
);
