import { useSignal } from "@preact/signals";
import { IconKey, Key } from "../parts/Key.tsx";
import { Icon } from "../parts/Icon.tsx";
import type { IconName } from "../parts/icons.ts";
import { t } from "../i18n/index.ts";
import { WHOLE, type Box } from "./box.ts";
import type { PhotoDesk, Tool } from "./desk.ts";
import { PENS } from "./edit.ts";
import { Numbers } from "./Numbers.tsx";

const TOOLS: readonly { readonly tool: Tool; readonly icon: IconName; readonly label: string }[] = [
  { tool: "crop", icon: "crop", label: "photo-crop" },
  { tool: "pen", icon: "pen", label: "photo-pen" },
  { tool: "black", icon: "blackout", label: "photo-black" },
];
const PEN_NAMES = ["photo-red", "photo-blue", "photo-green", "photo-dark", "photo-white"] as const;
/** Where a box begins that nobody drew: in the middle, about a line of a page. */
const NEW_BOX: Box = { x: 0.3, y: 0.46, w: 0.4, h: 0.08 };

/** Crop, turn, pen, black-out. */
export const Toolbar = ({ desk }: { readonly desk: PhotoDesk }) => {
  const key = ({ tool, icon, label }: (typeof TOOLS)[number]) => (
    <button
      type="button"
      class="key"
      aria-pressed={desk.tool.value === tool}
      onClick={() => {
        desk.tool.value = tool;
      }}
    >
      <Icon name={icon} />
      {t(label)}
    </button>
  );
  const [crop, ...others] = TOOLS;
  return (
    <div class="tools__row" role="group" aria-label={t("photo-tools")}>
      {crop && key(crop)}
      <button type="button" class="key" onClick={() => desk.do({ do: "turn" })}>
        <Icon name="turn" />
        {t("photo-turn")}
      </button>
      {others.map(key)}
    </div>
  );
};

/** What the chosen tool offers besides dragging. */
export const ToolOptions = ({ desk }: { readonly desk: PhotoDesk }) => {
  const exact = useSignal(false);
  const { crop, black } = desk.history.value.now;
  const tool = desk.tool.value;
  const index = desk.selected.value;
  const chosen = black[index];
  const box = tool === "crop" ? crop : tool === "black" ? chosen : undefined;
  const numbers = (
    <Key
      pressed={exact.value}
      onPress={() => {
        exact.value = !exact.value;
      }}
    >
      {t("photo-numbers")}
    </Key>
  );
  return (
    <div class="tools__options">
      {exact.value && box && (
        <Numbers
          box={box}
          onChange={(next) => desk.do(tool === "crop" ? { do: "crop", box: next } : { do: "move", index, box: next })}
        />
      )}
      <div class="tools__line">
        {tool === "crop" && (
          <>
            <Key onPress={() => desk.do({ do: "crop", box: WHOLE })}>{t("photo-whole")}</Key>
            {numbers}
          </>
        )}
        {tool === "pen" && <Pens desk={desk} />}
        {tool === "black" && (
          <>
            <Key icon="plus" onPress={() => desk.do({ do: "black", box: NEW_BOX })}>
              {t("photo-add-box")}
            </Key>
            {chosen && numbers}
            {chosen && (
              <IconKey icon="wipe" label={t("photo-remove-box")} onPress={() => desk.do({ do: "remove", index })} />
            )}
          </>
        )}
      </div>
    </div>
  );
};

const Pens = ({ desk }: { readonly desk: PhotoDesk }) => (
  <fieldset class="pens">
    <legend class="vh">{t("photo-ink")}</legend>
    {PENS.map((pen, at) => (
      <label class="pens__ink" title={t(PEN_NAMES[at] ?? "photo-ink")}>
        <input
          type="radio"
          name="pen"
          aria-label={t(PEN_NAMES[at] ?? "photo-ink")}
          checked={desk.pen.value === pen}
          onChange={() => {
            desk.pen.value = pen;
          }}
        />
        <span style={{ background: pen }} />
      </label>
    ))}
  </fieldset>
);
