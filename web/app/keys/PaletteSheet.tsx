import { useSignal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { GroupId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Placard } from "../parts/Placard.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { destinations, type Destination } from "./destinations.ts";

interface PaletteSheetProps {
  /** Only what can be done in it; from an empty message, which a stroke began. */
  readonly caucus?: GroupId;
}

const STROKE = "/";

/** Everything by its name: arrows move, Enter goes there. The field keeps the focus (WAI-ARIA's combobox with a list). */
export const PaletteSheet = ({ caucus }: PaletteSheetProps) => {
  const app = useController();
  const id = useId();
  const sought = useSignal("");
  const at = useSignal(0);
  const list = useRef<HTMLUListElement>(null);
  const all = destinations(app, sought.value, caucus);
  const now = Math.min(at.value, all.length - 1);
  // Who wants to begin a message with a stroke can.
  const written = caucus !== undefined && sought.value !== "" ? STROKE + sought.value : undefined;

  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [now, sought.value]);

  const go = ({ to }: Destination) => {
    if ("at" in to) app.router.go(to);
    else app.router.open(to);
  };
  const write = () => {
    if (caucus !== undefined && written !== undefined) app.drafts.set(caucus, written);
    app.router.back();
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    const chosen = all[now];
    if (event.key === "ArrowDown") at.value = (now + 1) % Math.max(1, all.length);
    else if (event.key === "ArrowUp") at.value = (now + all.length - 1) % Math.max(1, all.length);
    else if (event.key === "Enter" && chosen) go(chosen);
    else if (event.key === "Enter" && written !== undefined) write();
    else return;
    event.preventDefault();
  };
  return (
    <Sheet title={t(caucus === undefined ? "palette-title" : "tools-title")} body="stack stack--tight">
      <input
        // A dialog gives its focus to what asks for it.
        autofocus
        class="input"
        type="text"
        dir="auto"
        role="combobox"
        aria-label={t("palette-field")}
        placeholder={t(caucus === undefined ? "palette-field" : "palette-doing")}
        aria-expanded={all.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={all.length > 0 ? `${id}-${now}` : undefined}
        autocomplete="off"
        value={sought.value}
        onInput={(event) => {
          sought.value = event.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={press}
      />
      <p class="vh" role="status">
        {sought.value !== "" && t("palette-count", { count: all.length })}
      </p>
      <ul class="palette" id={id} role="listbox" aria-label={t("palette-title")} ref={list}>
        {all.map((one, i) => (
          <li
            key={`${one.name} ${JSON.stringify(one.to)}`}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === now}
            // The field keeps the focus, and with it a phone its keyboard.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => go(one)}
          >
            {one.who ? <Placard who={one.who} presence={one.who.online ? "here" : "away"} /> : <Icon name={one.icon} />}
            <bdi class="cut">{one.name}</bdi>
          </li>
        ))}
      </ul>
      {all.length === 0 && <p class="quiet">{t("palette-none")}</p>}
      {written !== undefined && (
        <button type="button" class="set" onClick={write}>
          <Icon name="edit" />
          <span class="grow">{t("palette-write", { words: written })}</span>
        </button>
      )}
    </Sheet>
  );
};
