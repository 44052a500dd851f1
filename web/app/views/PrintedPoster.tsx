import { LANGUAGES, tIn } from "../i18n/index.ts";
import { QrCode } from "../qr/QrCode.tsx";

interface PrintedPosterProps {
  readonly title: string;
  /** A link to a hub's page, or the bare code. */
  readonly text: string;
  /** A member lets each newcomer in. */
  readonly approval: boolean;
}

/** A poster with a code, in every language that is here. Only paper shows it, and shows nothing else. */
export const PrintedPoster = ({ title, text, approval }: PrintedPosterProps) => (
  <section class="poster">
    <h1 dir="auto">{title}</h1>
    <QrCode text={text} label="" />
    {LANGUAGES.map(({ language, dir }) => (
      <p lang={language} dir={dir}>
        {tIn(language, text.startsWith("couloir:") ? "poster-scan-app" : "poster-scan")}{" "}
        {approval && tIn(language, "poster-wait")}
      </p>
    ))}
    <p class="poster__text" dir="ltr">
      {text}
    </p>
  </section>
);
