/** Bounded lists that several fill: nobody displaces the others' by filling them. */

/** One more at the end; over `most`, the oldest of whoever has most of them goes. `of`: whose one is. */
export const takeIn = <T>(
  list: readonly T[],
  one: T,
  { most, of }: { readonly most: number; readonly of: (one: T) => string },
): readonly T[] => {
  const all = [...list, one];
  if (all.length <= most) return all;
  const counts = new Map<string, number>();
  for (const each of all) counts.set(of(each), (counts.get(of(each)) ?? 0) + 1);
  const full = Math.max(...counts.values());
  return all.toSpliced(
    all.findIndex((each) => counts.get(of(each)) === full),
    1,
  );
};
