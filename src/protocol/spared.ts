/**
 * What a person's revoking of their own device leaves alone: what that device did together with another admin. Else whoever
 * seconded something could take it back alone, by revoking, as of before that, the device that did. SPEC.md §8.
 */
import type { Dag } from "./dag.ts";
import type { Part } from "./part.ts";

/** Whether the side of who signed `word` has signed something beside `done` that rests on `revocation`. */
const knew = (
  part: Part,
  word: number,
  { revocation, done }: { readonly revocation: number; readonly done: number },
): boolean => {
  const { dag } = part;
  const { line, person } = dag.facts(word);
  const own = [...part.words(line), ...(person ? part.rulings(person) : [])];
  return own.some((one) => dag.isAncestor(revocation, one) && dag.concurrent(one, done));
};

const secondsOf = (dag: Dag, done: number): readonly number[] =>
  dag.facts(done).seconds.map((motion) => dag.indexOf(motion) as number);

/**
 * Whether an UNSEAT beside what two did takes no word of it away: one of the two is another person, who had not heard of it
 * as far as that one's words beside it say. Of what is about the UNSEAT's own person it takes the words of that person's
 * devices: else a thief puts them out with another's help. Where there is none, that person would only come back by it.
 */
export const spares = (part: Part, unseat: number, done: number): boolean => {
  const { dag } = part;
  const { weight, seconds } = dag.facts(done);
  const { person } = dag.facts(unseat);
  if (seconds.length === 0 || dag.at(unseat).op.body.kind !== "unseat" || !dag.concurrent(unseat, done)) return false;
  const moved = secondsOf(dag, done);
  const isOwn = (word: number): boolean => dag.facts(word).person === person;
  if (weight?.person === person && [done, ...moved].some(isOwn)) return false;
  const others = isOwn(done) ? moved : [done];
  return others.some((word) => !knew(part, word, { revocation: unseat, done }));
};

/** The same of a word of the device that is revoked: what it did, or its motion for what another did. */
export const sparesWord = (part: Part, unseat: number, word: number): boolean =>
  spares(part, unseat, word) || part.seconded(word).some((done) => spares(part, unseat, done));
