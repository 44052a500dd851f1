import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect } from "preact/hooks";
import type { CaucusView, PersonId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { offered } from "../naming.ts";
import { useController } from "../parts/context.tsx";
import { Placard } from "../parts/Placard.tsx";

interface NameChoiceProps {
  readonly caucus: CaucusView;
  readonly draft: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** Names to choose from while one types "@": arrows move, Enter and Tab take, Esc puts them away. */
export const NameChoice = ({ caucus, draft, field }: NameChoiceProps) => {
  const app = useController();
  const id = useId();
  const at = useSignal(0);
  const away = useSignal<string | undefined>(undefined);
  const moved = useSignal(-1);
  // Read, so that whoever moves the caret is answered; where it is the field knows best.
  void moved.value;
  const caret = field.current?.selectionStart ?? draft.length;
  const before = draft.slice(0, caret);
  const names = away.value === before ? [] : offered(app.me, caucus, before);
  const now = Math.min(at.value, names.length - 1);

  const take = ({ name, over }: (typeof names)[number]) => {
    const start = before.slice(0, before.length - over) + name;
    const rest = draft.slice(caret);
    const text = rest.startsWith(" ") ? rest : ` ${rest}`;
    app.drafts.set(caucus.caucus, start + text);
    at.value = 0;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(start.length + 1, start.length + 1);
    });
  };

  useEffect(() => {
    const move = () => {
      moved.value = field.current?.selectionStart ?? -1;
    };
    document.addEventListener("selectionchange", move);
    return () => document.removeEventListener("selectionchange", move);
  }, []);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || names.length === 0) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229) return;
      const chosen = names[now];
      if (event.key === "ArrowDown") at.value = (now + 1) % names.length;
      else if (event.key === "ArrowUp") at.value = (now + names.length - 1) % names.length;
      else if (event.key === "Escape") away.value = before;
      else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && chosen) take(chosen);
      else return;
      // Before the field's own: Enter would send, Esc would leave.
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const told = {
      "aria-autocomplete": "list",
      "aria-controls": id,
      "aria-activedescendant": `${id}-${now}`,
    };
    for (const [name, value] of Object.entries(told)) element.setAttribute(name, value);
    element.addEventListener("keydown", press, { capture: true });
    return () => {
      element.removeEventListener("keydown", press, { capture: true });
      for (const name of Object.keys(told)) element.removeAttribute(name);
    };
  });

  const presence = (person: PersonId) => app.member(caucus.caucus, person);
  return (
    <>
      <span class="vh" role="status">
        {names.length > 0 && t("name-choice-count", { count: names.length })}
      </span>
      {names.length > 0 && (
        <ul class="name-choice" id={id} role="listbox" aria-label={t("name-choice")}>
          {names.map((one, i) => (
            <li
              key={one.person}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === now}
              // The field keeps the focus, and with it a phone its keyboard.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
            >
              <Placard who={presence(one.person) ?? { flag: "", delegation: "" }} presence="away" />
              <bdi class="cut">{one.name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
