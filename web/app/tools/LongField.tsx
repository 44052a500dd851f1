import { useEffect, useId, useRef } from "preact/hooks";

interface LongFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** A labelled field of several lines; it has the focus when it comes. */
export const LongField = ({ label, hint, value, onInput }: LongFieldProps) => {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        ref={area}
        class="input input--matter"
        id={id}
        dir="auto"
        rows={4}
        placeholder=" "
        aria-describedby={hint ? `${id}-said` : undefined}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {hint && (
        <p class="hint" id={`${id}-said`}>
          {hint}
        </p>
      )}
    </div>
  );
};
