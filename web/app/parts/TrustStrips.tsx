import type { CaucusView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { plainName } from "../text.ts";
import type { Asking } from "../verification.ts";
import { useController } from "./context.tsx";
import { Icon } from "./Icon.tsx";
import { T } from "./T.tsx";

/** Somebody asks to compare emoji or a room code, or the emoji are there: one at a time, quiet, until it is over. */
export const AskStrip = () => {
  const app = useController();
  const [first] = app.verification.asking();
  if (!first) return null;
  const { id, args, open } = asked(app, first);
  return (
    <button type="button" class="strip strip--ask" onClick={open}>
      <Icon name="unsealed" size="m" />
      <span class="grow">
        <T id={id} args={args} />
      </span>
      <Icon name="onward" size="s" />
    </button>
  );
};

const asked = (app: ReturnType<typeof useController>, asking: Asking) => {
  const ready = asking.view.state === "compare";
  if (asking.of === "comparison") {
    const { person, name } = asking.view;
    return {
      id: ready ? "strip-compare" : "strip-asks",
      args: { name: plainName(name) || t("nameless") },
      open: () => app.router.open({ over: "verify", person }),
    };
  }
  const { caucus, startedBy } = asking.view;
  const view = app.caucus(caucus);
  const name = plainName(app.member(caucus, startedBy)?.name ?? "") || t("nameless");
  return {
    id: ready ? "strip-room-compare" : "strip-room-asks",
    args: { name, caucus: (view && app.title(view)) || t("nameless") },
    open: () => app.router.open({ over: "room", caucus }),
  };
};

/** What is written here is held, and because of whom. */
export const HeldStrip = ({ caucus }: { readonly caucus: CaucusView }) => {
  const app = useController();
  const [first, ...others] = caucus.heldFor ?? [];
  if (!first || caucus.state !== "joined") return null;
  const name = plainName(app.member(caucus.caucus, first)?.name ?? "") || t("nameless");
  return (
    <button
      type="button"
      class="strip strip--held"
      onClick={() => app.router.open({ over: "held", caucus: caucus.caucus })}
    >
      <Icon name="broken" size="m" />
      <span class="grow">
        <T id={others.length > 0 ? "strip-held-many" : "strip-held"} args={{ name, others: others.length }} />
      </span>
      <Icon name="onward" size="s" />
    </button>
  );
};
