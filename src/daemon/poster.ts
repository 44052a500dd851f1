/** A poster with an invite code, as one page that any browser prints. Pure, and it asks for nothing from anywhere. */
import { encodeQR } from "qr";
import { POSTER_WORDS } from "../content/posterWords.ts";

/** What a poster says. */
export interface Poster {
  readonly title: string;
  /** What its code holds: a link to a hub's page, or the bare code. */
  readonly url: string;
  /** A member lets each newcomer in. */
  readonly approval: boolean;
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/gu, (sign) => `&#${sign.codePointAt(0)?.toString() ?? ""};`);

const STYLE = `
@page { margin: 15mm }
:root { color-scheme: light }
body { margin: 0 auto; max-width: 180mm; padding: 8mm; background: #fff; color: #000; text-align: center;
  font: 14pt/1.4 system-ui, sans-serif }
h1 { font-size: 32pt; line-height: 1.2; margin: 0 0 8mm; overflow-wrap: anywhere }
svg { display: block; margin: 0 auto; width: min(120mm, 100%); height: auto }
p { margin: 4mm 0 0 }
code { display: block; margin-top: 8mm; font: 8pt/1.3 ui-monospace, monospace; overflow-wrap: anywhere }
`;

/** The page, whole. */
export const posterPage = ({ title, url, approval }: Poster): string => {
  const qr = encodeQR(url, "svg", { ecc: "low", border: 4 });
  const paragraphs = POSTER_WORDS.map(({ lang, dir, scan, scanInApp, wait }) => {
    const words = [url.startsWith("couloir:") ? scanInApp : scan, ...(approval ? [wait] : [])];
    return `<p lang="${lang}" dir="${dir}">${words.join(" ")}</p>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1 dir="auto">${escaped(title)}</h1>
${qr}
${paragraphs.join("\n")}
<code dir="ltr">${escaped(url)}</code>
</body>
</html>
`;
};
