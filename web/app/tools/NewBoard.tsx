import { useSignal } from "@preact/signals";
import type { GroupId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Choice, Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { delegationOf, delegationsIn, distinct } from "./boards.ts";
import { LongField } from "./LongField.tsx";
import { NeedsField } from "./NeedsField.tsx";
import { useDraft } from "./useDraft.ts";
import { useSay } from "./useSay.ts";

const WHO = ["caucus", "venue", "spoken"] as const;
type Who = (typeof WHO)[number];

/** Putting a proposition: its words, whose support is looked for, how many are needed. */
export const NewBoard = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const text = useDraft(id, "board");
  const who = useSignal<Who>("caucus");
  const more = useDraft(id, "delegations");
  const needs = useSignal<number | undefined>(undefined);
  const { busy, say } = useSay(id);
  const members = app.caucus(id)?.members.filter(({ state }) => state === "joined") ?? [];
  const here = who.value === "venue" ? app.people.value.filter(({ blocked }) => !blocked) : [];
  const named = who.value === "spoken" ? [] : [app.profile.value, ...members, ...here].map(delegationOf);
  const delegations = distinct([...named, ...delegationsIn(more.value)]);
  const half = delegations.length === 0 ? 0 : Math.floor(delegations.length / 2) + 1;
  const wanted = needs.value ?? half;
  const begin = async (): Promise<void> => {
    const terms = { needs: wanted, delegations, closed: false };
    if (!(await say({ kind: "board", text: text.peek().trim(), terms }))) return;
    text.value = more.value = "";
    app.router.back();
  };
  return (
    <Sheet
      title={t("tool-board")}
      body="stack"
      foot={
        <Key kind="go" tall wide disabled={busy || text.value.trim() === ""} onPress={() => void begin()}>
          {t("board-go")}
        </Key>
      }
    >
      <LongField
        label={t("board-text")}
        hint={t("board-text-hint")}
        value={text.value}
        onInput={(v) => (text.value = v)}
      />
      <Choice
        legend={t("board-who")}
        value={who.value}
        onChoose={(value) => (who.value = value)}
        options={WHO.map((value) => ({ value, label: t(`board-who-${value}`) }))}
      />
      <Field
        label={t("board-more-delegations")}
        hint={t("board-more-hint")}
        value={more.value}
        onInput={(value) => (more.value = value)}
      />
      <NeedsField of={delegations.length} value={wanted} onInput={(value) => (needs.value = value)} />
    </Sheet>
  );
};
