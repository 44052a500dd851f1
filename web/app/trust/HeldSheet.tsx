import type { GroupId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { plainName } from "../text.ts";
import { WaysOut } from "./WaysOut.tsx";

/** What is written in a caucus is held: because of whom, and what can be done about each. */
export const HeldSheet = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const caucus = app.caucus(id);
  const held = caucus?.heldFor ?? [];
  return (
    <Sheet title={t("held-title")} body="stack stack--loose">
      {held.length === 0 && (
        <p role="status" class="row">
          <Icon name="check" size="m" />
          {t("held-none")}
        </p>
      )}
      {held.map((one) => {
        const member = app.member(id, one);
        const name = plainName(member?.name ?? app.person(one)?.name ?? "") || t("nameless");
        const trust = member?.trust ?? app.person(one)?.trust;
        return (
          <section key={one} class="stack">
            <NoticeBox
              tone="wax"
              icon={<Icon name="broken" size="m" />}
              title={t(trust === "forked" || trust === "mismatch" ? `trust-${trust}` : "trust-changed", { name })}
            >
              {t("held-hint", { name })}
            </NoticeBox>
            <WaysOut person={one} name={name} caucus={caucus} />
          </section>
        );
      })}
    </Sheet>
  );
};
