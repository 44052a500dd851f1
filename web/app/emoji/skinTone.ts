/** Skin tones. Pure. */
import { isEmoji } from "../reading.ts";

/** None, then from light to dark. */
export const TONES = ["", "\u{1f3fb}", "\u{1f3fc}", "\u{1f3fd}", "\u{1f3fe}", "\u{1f3ff}"] as const;

/**
 * All that takes a tone, but for the hands of two persons who hold each other's, and for dancers and wrestlers, who do in
 * newer systems only.
 */
const TAKES = /(?!(?<=\u200d)\u{1f91d}|\u{1f46f}|\u{1f93c})(\p{Emoji_Modifier_Base})\ufe0f?/gu;

/** An emoji with a tone by its place in `TONES`, all persons in it alike; itself where it has none. */
export const toned = (emoji: string, tone: number): string => {
  const made = emoji.replace(TAKES, `$1${TONES[tone] ?? ""}`);
  return tone > 0 && isEmoji(made) ? made : emoji;
};
