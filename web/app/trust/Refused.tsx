import { t } from "../i18n/index.ts";
import { Icon } from "../parts/Icon.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import type { Refusal } from "../verification.ts";

/** `differ`, `broken`: emoji were not the same, or the other device did not keep to what it had committed to. */
export type Why = Refusal | "somebody-else" | "differ" | "broken";

/** A mistyped code and the like: nothing has happened. */
const HARMLESS: ReadonlySet<Why> = new Set<Why>(["bad-code", "own-code", "unknown-person"]);
export const isHarmless = (why: Why): boolean => HARMLESS.has(why);

interface RefusedProps {
  readonly why: Why;
  readonly name: string;
}

/** It is not them, or not all of it is theirs. This is what an impostor looks like: it is said loudly. */
export const Refused = ({ why, name }: RefusedProps) =>
  isHarmless(why) ? (
    <div role="alert">
      <NoticeBox tone="amber" icon={<Icon name="info" size="m" />} title={t(`refused-${why}`, { name })}>
        {t(`refused-${why}-hint`, { name })}
      </NoticeBox>
    </div>
  ) : (
    <div class="refusal" role="alert">
      <Icon name="broken" />
      <h2>{t(`refused-${why}`, { name })}</h2>
      <p>{t(`refused-${why}-hint`, { name })}</p>
    </div>
  );
