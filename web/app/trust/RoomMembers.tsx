import type { CaucusView, RoomCodeView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Mark, Name, Placard } from "../parts/Placard.tsx";
import { Tally } from "../parts/Tally.tsx";
import { rosterOf } from "../views/roster.ts";

interface RoomMembersProps {
  readonly caucus: CaucusView;
  readonly view: RoomCodeView;
}

/** Who takes part in a room code, and how far each has come. */
export const RoomMembers = ({ caucus, view }: RoomMembersProps) => {
  const app = useController();
  const joined = caucus.members.filter((one) => one.state === "joined");
  // Once it is closed, it is about those who are in it.
  const shown = view.state === "gathering" ? joined : joined.filter((one) => view.committed.includes(one.person));
  return (
    <ul class="rows rows--open bleed">
      {rosterOf(app, shown).map((one) => {
        const own = one.person === app.me;
        const opened = view.opened.includes(one.person) || view.state === "compare";
        const state = !view.committed.includes(one.person)
          ? "out"
          : view.state === "gathering" || opened
            ? "in"
            : "opens";
        const words = t(view.differs.includes(one.person) ? "room-one-differs" : `room-one-${state}`);
        return (
          <li class="person" key={one.person}>
            <Placard who={one} presence={own ? "own" : one.online ? "here" : "away"} />
            <span class="grow">
              <span class="person__name">
                {own ? t("you") : <Name name={one.name} />}
                {!own && <Mark trust={one.trust} />}
              </span>
              <span class="person__state">{words}</span>
            </span>
            <span class="person__end">
              <Tally big ticks={[state === "in" ? "full" : state === "opens" ? "half" : "no"]} label={words} />
            </span>
          </li>
        );
      })}
    </ul>
  );
};
