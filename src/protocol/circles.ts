/** Which of some that strike each other hold. SPEC.md §8, rule 2. */

/** Of each, those that strike it. */
export type Strikers = ReadonlyMap<number, readonly number[]>;

/** From `start` along `next`, those that are not in `seen` yet: deepest first. Without recursion, for a chain may be long. */
const walk = (start: number, next: (i: number) => readonly number[], seen: Set<number>): number[] => {
  const out: number[] = [];
  const path: { readonly at: number; readonly rest: number[] }[] = [];
  const enter = (at: number): void => {
    seen.add(at);
    path.push({ at, rest: [...next(at)] });
  };
  if (!seen.has(start)) enter(start);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const on = top.rest.pop();
    if (on === undefined) out.push((path.pop() as { readonly at: number }).at);
    else if (!seen.has(on)) enter(on);
  }
  return out;
};

/** Circles of `open` that nothing else in it strikes. */
const sources = (open: ReadonlySet<number>, strikers: Strikers, struck: Strikers): readonly number[] => {
  const among = (of: Strikers) => (i: number) => (of.get(i) ?? []).filter((one) => open.has(one));
  const finished: number[] = [];
  const seen = new Set<number>();
  for (const i of open) finished.push(...walk(i, among(struck), seen));
  const back = new Set<number>();
  const out: number[] = [];
  for (const i of finished.reverse()) {
    const circle = new Set(walk(i, among(strikers), back));
    if ([...circle].every((one) => among(strikers)(one).every((by) => circle.has(by)))) out.push(...circle);
  }
  return out;
};

/**
 * What is struck by one that holds does not hold; what nothing strikes, or only such as do not hold, holds; a circle that
 * nothing outside of it strikes holds as a whole.
 */
export const holding = (strikers: Strikers): ReadonlySet<number> => {
  const struck = new Map<number, number[]>([...strikers.keys()].map((i) => [i, []]));
  for (const [i, by] of strikers) for (const one of by) struck.get(one)?.push(i);
  const open = new Set(strikers.keys());
  const left = new Map([...strikers].map(([i, by]) => [i, by.filter((one) => open.has(one)).length]));
  const holds = new Set<number>();
  const ready = [...open].filter((i) => left.get(i) === 0);
  const fall = (i: number): void => {
    if (!open.delete(i)) return;
    for (const one of struck.get(i) as number[]) {
      const rest = (left.get(one) as number) - 1;
      left.set(one, rest);
      if (rest === 0) ready.push(one);
    }
  };
  while (open.size > 0) {
    if (ready.length === 0) ready.push(...sources(open, strikers, struck));
    const now = ready.splice(0).filter((i) => open.delete(i));
    for (const i of now) holds.add(i);
    for (const i of now) for (const one of struck.get(i) as number[]) fall(one);
  }
  return holds;
};
