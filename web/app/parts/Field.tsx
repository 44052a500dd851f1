import type { ComponentChildren, TargetedInputEvent } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";

/** A document gives its focus to a field by itself only once, when it is loaded. */
const useFocus = (wanted = false) => {
  const input = useRef<HTMLInputElement>(null);
  const focus = () => {
    if (wanted) input.current?.focus();
  };
  // At once, for a key that is pressed next; and again when the sheet around it is open.
  useLayoutEffect(focus, []);
  useEffect(focus, []);
  return input;
};

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** A passphrase. */
  readonly secret?: boolean;
  readonly matter?: boolean;
  readonly autocomplete?: string;
  readonly maxLength?: number;
  readonly required?: boolean;
  /** What is wrong with it, said with the field. */
  readonly wrong?: string;
  readonly autofocus?: boolean;
}

/** A labelled line of text. */
export const Field = (props: FieldProps) => {
  const { label, hint, value, onInput, secret, matter, autocomplete = "off" } = props;
  const { maxLength, required, wrong, autofocus } = props;
  const id = useId();
  const input = useFocus(autofocus);
  const said = wrong ?? hint;
  const line = {
    id,
    class: `input${matter ? " input--matter" : ""}`,
    dir: "auto" as const,
    // Not empty, so that the style sheet can tell an empty field by its shown placeholder.
    placeholder: " ",
    autocomplete,
    maxLength,
    required,
    ref: input,
    "aria-invalid": wrong ? true : undefined,
    "aria-describedby": said ? `${id}-said` : undefined,
    value,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onInput(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {secret ? <input type="password" {...line} /> : <input type="text" {...line} />}
      {said && (
        <p class={wrong ? "hint hint--wrong" : "hint"} id={`${id}-said`}>
          {said}
        </p>
      )}
    </div>
  );
};

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly autofocus?: boolean;
}

/** Narrows a list; its label is its placeholder and stays its name. */
export const SearchField = ({ label, value, onInput, autofocus }: SearchFieldProps) => (
  <input
    ref={useFocus(autofocus)}
    class="input"
    type="search"
    dir="auto"
    aria-label={label}
    placeholder={label}
    autocomplete="off"
    value={value}
    onInput={(event) => onInput(event.currentTarget.value)}
  />
);

interface ChoiceProps<V extends string> {
  readonly legend: ComponentChildren;
  readonly options: readonly {
    readonly value: V;
    readonly label: string;
    readonly lang?: string;
    readonly dir?: "ltr" | "rtl";
  }[];
  readonly value: V;
  readonly onChoose: (value: V) => void;
  readonly hint?: string;
  readonly across?: 2 | 3 | 4;
}

/** Joined keys, the chosen one inked. */
export const Choice = <V extends string>({ legend, options, value, onChoose, hint, across = 3 }: ChoiceProps<V>) => {
  const name = useId();
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      <div class={`choice across-${across}`}>
        {options.map((option) => (
          <label lang={option.lang} dir={option.dir}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChoose(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
      {hint && <p class="hint">{hint}</p>}
    </fieldset>
  );
};
