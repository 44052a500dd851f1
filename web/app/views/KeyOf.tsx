import type { PersonId } from "../../../src/types.ts";
import { Icon } from "../parts/Icon.tsx";

/** Hex digits of a group that one reads aloud in a breath. */
const GROUP = 4;

interface KeyOfProps {
  readonly person: PersonId;
  readonly label: string;
  readonly hint: string;
}

/** Somebody's key in full, to compare with what their own device shows: a name stands for nobody. */
export const KeyOf = ({ person, label, hint }: KeyOfProps) => (
  <details class="unfold">
    <summary class="set">
      <Icon name="key" />
      <span class="grow">
        {label}
        <small>{hint}</small>
      </span>
      <Icon name="down" size="s" class="unfold__sign" />
    </summary>
    <p class="key-digits" dir="ltr">
      {Array.from({ length: Math.ceil(person.length / GROUP) }, (_, at) => (
        <span>{person.slice(GROUP * at, GROUP * (at + 1))}</span>
      ))}
    </p>
  </details>
);
