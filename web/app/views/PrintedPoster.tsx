import { POSTER_WORDS } from "../../../src/content/posterWords.ts";
import { QrCode } from "../qr/QrCode.tsx";

interface PrintedPosterProps {
  readonly title: string;
  /** A link to a hub's page, or the bare code. */
  readonly text: string;
  /** A member lets each newcomer in. */
  readonly approval: boolean;
}

/** A poster with a code, in every language. Only paper shows it, and shows nothing else. */
export const PrintedPoster = ({ title, text, approval }: PrintedPosterProps) => (
  <section class="poster">
    <h1 dir="auto">{title}</h1>
    <QrCode text={text} label="" />
    {POSTER_WORDS.map(({ lang, dir, scan, scanInApp, wait }) => (
      <p lang={lang} dir={dir}>
        {text.startsWith("couloir:") ? scanInApp : scan} {approval && wait}
      </p>
    ))}
    <p class="poster__text" dir="ltr">
      {text}
    </p>
  </section>
);
