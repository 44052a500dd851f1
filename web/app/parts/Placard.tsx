import type { Profile, Trust } from "../../../src/types.ts";
import { country, flag } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { codeOf } from "../reading.ts";
import { plainName } from "../text.ts";
import { Icon } from "./Icon.tsx";

/** `own`: this person. `here` and `away`: whether they are in reach. */
export type Presence = "own" | "here" | "away";

interface PlacardProps {
  readonly who: Pick<Profile, "flag" | "delegation">;
  readonly presence: Presence;
}

/** Who: a tent card with the country's letters; its foot is lit while the person is here. Names stand beside it. */
export const Placard = ({ who, presence }: PlacardProps) => (
  <span
    class="placard"
    data-here={presence === "here" ? "" : undefined}
    data-away={presence === "away" ? "" : undefined}
    data-own={presence === "own" ? "" : undefined}
  >
    {codeOf(who)}
  </span>
);

/** Up to three codes, then a number. */
export const Codes = ({ people }: { readonly people: readonly Pick<Profile, "flag" | "delegation">[] }) => (
  <span class="placards">
    {people.length > 3 ? <span>{people.length}</span> : people.map((who) => <span>{codeOf(who)}</span>)}
  </span>
);

/** Somebody's name on one line; a word in its place where they have none. */
export const Name = ({ name }: { readonly name: string }) => <bdi class="cut">{plainName(name) || t("nameless")}</bdi>;

/** What is known of somebody's keys: compared in person, or not those any more. Nothing while nobody has compared them. */
export const Mark = ({ trust }: { readonly trust: Trust }) => {
  if (trust === "unverified") return null;
  if (trust === "verified") return <Icon name="seal" class="mark" label={t("verified")} />;
  return <Icon name="broken" class="mark mark--warn" label={t(trust === "changed" ? "key-changed" : "keys-differ")} />;
};

interface LargeCardProps {
  readonly who: Profile;
  readonly here?: boolean;
  /** The name is the screen's heading. */
  readonly heading?: boolean;
  /** What stands on a card that is not filled in yet. */
  readonly wish?: { readonly land: string; readonly name: string };
}

/** The large card of the join screen and of a person's page: the only place of a flag, beside its letters. */
export const LargeCard = ({ who, here = false, heading = false, wish }: LargeCardProps) => {
  const written = plainName(who.name);
  const name = <bdi class={written ? undefined : "card-name__wish"}>{written || (wish?.name ?? t("nameless"))}</bdi>;
  const land = who.flag ? country(who.flag) : plainName(who.delegation);
  return (
    <div class={`card-name${wish && !written && !land ? " card-name--empty" : ""}`} data-here={here ? "" : undefined}>
      <span class="card-name__iso">
        {who.flag && <span aria-hidden="true">{flag(who.flag)}</span>} {land ? codeOf(who) : "\u00a0"}
      </span>
      <bdi class={`card-name__land${land ? "" : " card-name__wish"}`}>{land || (wish?.land ?? "\u00a0")}</bdi>
      {heading ? <h1 class="card-name__who">{name}</h1> : <span class="card-name__who">{name}</span>}
    </div>
  );
};
