import { EMOJI } from "../../../src/content/emoji.ts";
import { t } from "../i18n/index.ts";

interface SignsProps {
  /** As they are shown; each is one of the table, or has no name. */
  readonly emoji: readonly string[];
}

/** Emoji by their places in the table. */
export const emojiOf = (numbers: readonly number[]): readonly string[] =>
  numbers.map((number) => EMOJI[number]?.emoji ?? "?");

const wordOf = (emoji: string): string | undefined => {
  const name = EMOJI.find((one) => one.emoji === emoji)?.name;
  return name && t(`sign-${name.toLowerCase().replaceAll(" ", "-")}`);
};

/** Emoji to be read aloud in order, each with its place and its name. */
export const Signs = ({ emoji }: SignsProps) => (
  <ol class="signs">
    {emoji.map((one, at) => {
      const word = wordOf(one);
      return (
        <li key={at}>
          <span {...(word && { "aria-hidden": true })}>{one}</span>
          {word}
        </li>
      );
    })}
  </ol>
);
