import { EMOJI } from "../../../src/content/emoji.ts";
import { t } from "../i18n/index.ts";

/** Emoji by number, each with its place and its name, to be read aloud in order. */
export const Signs = ({ numbers }: { readonly numbers: readonly number[] }) => (
  <ol class="signs">
    {numbers.map((number, at) => {
      const sign = EMOJI[number];
      return (
        sign && (
          <li key={at}>
            <span aria-hidden="true">{sign.emoji}</span>
            {t(`sign-${sign.name.toLowerCase().replaceAll(" ", "-")}`)}
          </li>
        )
      );
    })}
  </ol>
);
