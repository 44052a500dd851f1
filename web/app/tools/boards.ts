/** Boards as the screens count and sort them. */
import type { Profile, Stand } from "../../../src/types.ts";
import type { BoardBrief, BoardView, RowView } from "../../../src/types/tools.ts";
import { compare, number } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { landOf } from "./who.ts";

export type Position = Exclude<Stand, "none">;

/** As they stand on the scale: those for it first, those against it last. */
export const SCALE: readonly Position[] = ["sponsor", "support", "leaning", "awaiting", "silent", "against"];

const BYTES = 64;
const MOST = 256;

/** A stretch of the scale. */
export interface Stretch {
  readonly is: Position;
  readonly told: boolean;
  readonly count: number;
}

const isFor = (stand: Position): boolean => stand === "sponsor" || stand === "support";

/** What counts towards the threshold comes first, then what others say of those for it, then all else. */
export const stretchesOf = ({ rows }: Pick<BoardView, "rows">): readonly Stretch[] => {
  const order = [
    ...SCALE.filter(isFor).map((is) => ({ is, told: false })),
    ...SCALE.filter(isFor).map((is) => ({ is, told: true })),
    ...SCALE.filter((is) => !isFor(is)).flatMap((is) => [
      { is, told: false },
      { is, told: true },
    ]),
  ];
  return order
    .map(({ is, told }) => ({
      is,
      told,
      count: rows.filter((row) => row.stand === is && hearsay(row) === told).length,
    }))
    .filter(({ count }) => count > 0);
};

/** Whether others say so, and not they. */
export const hearsay = ({ said, firstHand }: RowView): boolean => said !== undefined && !firstHand;

/** Of each position its rows, by their names in the reader's language. */
export const groupsOf = ({ rows }: Pick<BoardView, "rows">): ReadonlyMap<Position, readonly RowView[]> => {
  const named = rows.map((row) => ({ row, land: landOf(row.delegation) }));
  named.sort((a, b) => compare(a.land, b.land));
  return Map.groupBy(
    named.map(({ row }) => row),
    ({ stand }) => stand,
  );
};

/** `Needs 4 more`, `Enough`, or how many are for it where nothing is needed. */
export const shortWords = ({ terms, short, for: those }: BoardBrief): string => {
  if (terms.needs === 0) return t("board-for-short", { count: those.own });
  return short > 0 ? t("board-short", { count: short }) : t("board-enough");
};

/** `11 for: 8 said so, 3 by hearsay` */
export const forWords = ({ for: { own, hearsay: told } }: BoardBrief): string =>
  told === 0
    ? t("board-for-own", { own: number(own) })
    : t("board-for", { all: number(own + told), own: number(own), told: number(told) });

/** What this person's delegation is called on a board; nothing where they have none. */
export const ownDelegation = ({ flag, delegation }: Profile, rows: readonly RowView[]): string | undefined => {
  const names = [flag, delegation].filter((one) => one !== "");
  return names.find((one) => rows.some((row) => row.delegation === one)) ?? names[0];
};

/** What somebody's delegation is called where nobody has called it anything yet. */
export const delegationOf = ({ flag, delegation }: Pick<Profile, "flag" | "delegation">): string =>
  flag || delegation.trim();

/** Delegations as they were typed, with commas between; codes of countries in any case. */
export const delegationsIn = (text: string): readonly string[] =>
  text
    .split(/[,;،؛、，；\n]/u)
    .map((one) => one.trim())
    .map((one) => (/^[a-z]{2}$/i.test(one) ? one.toUpperCase() : one));

/** Each once, none of them empty or too long, and no more than a board holds. */
export const distinct = (delegations: Iterable<string>): readonly string[] => {
  const fits = (one: string): boolean => one !== "" && new TextEncoder().encode(one).length <= BYTES;
  return [...new Set([...delegations].filter(fits))].slice(0, MOST);
};
