import type { CaucusView, MotionView } from "../../../src/types.ts";
import { decide, maySecond } from "../governing.ts";
import { sentences, when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { nameIn } from "./nameIn.ts";

interface MotionsProps {
  readonly caucus: CaucusView;
  readonly motions: readonly MotionView[];
}

/** What waits for a second admin, and the key to be that one. */
export const Motions = ({ caucus, motions }: MotionsProps) => {
  const app = useController();
  const { caucus: id } = caucus;
  return (
    <>
      {motions.map((motion) => {
        const by = nameIn(app, id, motion.by);
        const about = nameIn(app, id, motion.about);
        const whose = motion.by === app.me ? "own" : motion.about === app.me ? "you" : "other";
        const words = `motion-${motion.to}-${whose}`;
        return (
          <div class="stack stack--tight room-after" key={`${motion.by} ${motion.about} ${motion.to}`}>
            <NoticeBox tone="amber" icon={<Icon name="clock" size="m" />} title={t("motion-waits")}>
              {sentences(t(words, { by, about }), t("motion-until", { time: when(motion.until, Date.now()) }))}
            </NoticeBox>
            {maySecond(caucus, motion, app.me) && (
              <div class="keys keys--even">
                <Key kind={motion.to === "out" ? "wax" : "go"} onPress={() => void decide(app, id, motion)}>
                  <span>
                    {t(`motion-second-${motion.to}`)}
                    <span class="vh"> {about}</span>
                  </span>
                </Key>
              </div>
            )}
          </div>
        );
      })}
    </>
  );
};

/** Invites that more came in by, at once, than they were for. */
export const Contests = ({ caucus }: { readonly caucus: CaucusView }) => {
  const app = useController();
  const names = (people: readonly CaucusView["members"][number]["person"][]): readonly string[] =>
    people.map((person) => nameIn(app, caucus.caucus, person));
  return (
    <>
      {(caucus.contests ?? []).map(({ kept, lost }, at) => (
        <div class="room-after" key={at}>
          <NoticeBox tone="amber" icon={<Icon name="people" size="m" />} title={t("contest")}>
            {t("contest-hint", { kept: names(kept), lost: names(lost) })}
          </NoticeBox>
        </div>
      ))}
    </>
  );
};
