/** Who came, went, or became an admin or a member again, in words. */
import type { ComingView, PersonId } from "../../src/types.ts";
import { t } from "./i18n/index.ts";
import { plainName } from "./text.ts";

/** Names that are said; the rest are counted. */
const NAMED = 5;

const called = (name: string): string => plainName(name) || t("nameless");

/** What whoever came may read of the past. */
const past = ({ granted, lines }: ComingView): string => {
  if (granted === undefined || granted === "none") return "";
  return ` · ${t(`coming-past-${granted}`, { count: lines ?? 0 })}`;
};

/** Several that are alike: of one kind, by one person. */
export const comingWords = (comings: readonly ComingView[], me: PersonId): string => {
  const [first] = comings;
  if (!first) return "";
  const { kind, by, person } = first;
  const people = [...new Map(comings.map((one) => [one.person, called(one.name)])).values()];
  // One more name is no longer than a count.
  const named = people.length > NAMED + 1 ? people.slice(0, NAMED) : people;
  const others = people.length - named.length;
  const names = others > 0 ? [...named, t("coming-others", { count: others })] : named;
  const whose = by === me ? "own" : person === me ? "you" : "other";
  const said = t(`coming-${kind}-${whose}`, { by: called(first.byName), names, count: people.length });
  return whose === "you" ? said : said + past(first);
};
