import { folded } from "../../../src/content/finding.ts";

/** The words of a text as they are compared: as in the search of what was said, and without marks between them. */
export const plainWords = (text: string): string =>
  folded(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
