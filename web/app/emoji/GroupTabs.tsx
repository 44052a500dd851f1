import { useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import type { Group } from "./emojiSet.ts";

type Tab = Group | "recent";

interface GroupTabsProps {
  readonly groups: readonly Tab[];
  readonly chosen: Tab;
  readonly onChoose: (group: Tab) => void;
}

/** The groups by name: one of them in the order of Tab, arrows choose the next. */
export const GroupTabs = ({ groups, chosen, onChoose }: GroupTabsProps) => {
  const row = useRef<HTMLDivElement>(null);
  const choose = (at: number) => {
    const group = groups[(at + groups.length) % groups.length];
    const key = row.current?.querySelectorAll("button")[groups.findIndex((one) => one === group)];
    if (!group || !key) return;
    onChoose(group);
    key.focus();
    key.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const rtl = row.current !== null && getComputedStyle(row.current).direction === "rtl";
    choose(groups.indexOf(chosen) + ((event.key === "ArrowRight") === rtl ? -1 : 1));
  };
  return (
    <div class="emoji-groups" role="group" aria-label={t("emoji-groups")} ref={row} onKeyDown={press}>
      {groups.map((group, at) => (
        <button
          type="button"
          key={group}
          aria-pressed={group === chosen}
          tabIndex={group === chosen ? 0 : -1}
          onClick={() => choose(at)}
        >
          {t(`emoji-group-${group}`)}
        </button>
      ))}
    </div>
  );
};
