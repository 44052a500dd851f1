/** `npm run bench`: what it takes to make a board of 195 delegations out of all that was said of it; twice as much, twice as long. */
import { boardsOf } from "../../src/content/boards.ts";
import type { ToolSaid } from "../../src/content/toolOrder.ts";
import type { MessageId, PersonId, ToolWord } from "../../src/types.ts";

const delegations = Array.from({ length: 195 }, (_, n) => `D${n}`);
const STANDS = ["sponsor", "support", "leaning", "awaiting", "silent", "against"] as const;
const RUNS = 20;

const id = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;
const said = (n: number, word: ToolWord): ToolSaid => ({
  time: n,
  message: id(n),
  by: (n % 28).toString(16).padStart(64, "0") as PersonId,
  word,
});

/** Milliseconds, the least of several runs, of a board of which so much was said; it came in no order. */
const costOf = (changes: number): number => {
  const words = Array.from({ length: changes }, (_, n) =>
    said(n + 1, {
      kind: "stand",
      to: id(0),
      delegation: delegations[(n * 7) % 195]!,
      stand: STANDS[n % 6]!,
      told: { by: "KE" },
    }),
  );
  const board = said(0, { kind: "board", text: "", terms: { needs: 98, delegations, closed: false } });
  const all = [...words.filter((_, n) => n % 2 === 1).reverse(), board, ...words.filter((_, n) => n % 2 === 0)];
  let least = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    const [one] = boardsOf(all);
    least = Math.min(least, performance.now() - began);
    if (one?.rows.length !== 195 || one.history.length !== changes) throw new Error("that is no such board");
  }
  return least;
};

const [once, twice] = [costOf(3000), costOf(6000)];
console.log(`| changes | board |\n|---|---|\n| 3000 | ${once.toFixed(1)} ms |\n| 6000 | ${twice.toFixed(1)} ms |`);
console.log(`Twice as much is said: ${(twice / once).toFixed(1)} times as long.`);
