import { t } from "../i18n/index.ts";
import { Sheet } from "../parts/Sheet.tsx";
import { apple } from "./apple.ts";

/** A key and what it does; a plus joins keys that are held together. */
const KEYS: readonly (readonly [keys: string, id: string])[] = [
  ["Mod+K", "keys-palette"],
  ["Alt+↑ Alt+↓", "keys-caucuses"],
  ["Esc", "keys-back"],
  ["Alt+P", "keys-cover"],
  ["?", "keys-list"],
];
const WRITING: typeof KEYS = [
  ["Enter", "keys-send"],
  ["Shift+Enter", "keys-line"],
  ["↑", "saying-change"],
  ["@", "name-choice"],
  ["/", "keys-doing"],
];
const READING: typeof KEYS = [
  ["↑ ↓", "keys-entries"],
  ["R", "entry-answer"],
  ["E", "react"],
  ["Enter", "entry-more"],
];

const Combination = ({ keys }: { readonly keys: string }) => (
  <span class="key-names" dir="ltr">
    {keys.split(" ").map((one) => (
      <span key={one}>
        {one.split("+").map((key) => (
          <kbd key={key}>{apple && key === "Alt" ? "⌥" : key === "Mod" ? (apple ? "⌘" : "Ctrl") : key}</kbd>
        ))}
      </span>
    ))}
  </span>
);

const Part = ({ title, keys }: { readonly title: string; readonly keys: typeof KEYS }) => (
  <section>
    <h2 class="group-head">{title}</h2>
    <dl class="key-list">
      {keys.map(([names, id]) => (
        <div key={id}>
          <dt>{t(id)}</dt>
          <dd>
            <Combination keys={names} />
          </dd>
        </div>
      ))}
    </dl>
  </section>
);

/** All keys there are. */
export const KeysSheet = () => (
  <Sheet title={t("keys-title")} body="stack">
    <Part title={t("keys-everywhere")} keys={KEYS} />
    <Part title={t("keys-writing")} keys={WRITING} />
    <Part title={t("keys-reading")} keys={READING} />
  </Sheet>
);
