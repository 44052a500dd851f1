import { useMemo } from "preact/hooks";
import { qrPath } from "./qrPath.ts";

interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/** A code for a phone's camera: black on white, whatever the page wears. Nothing where the text is too long. */
export const QrCode = ({ text, label }: QrCodeProps) => {
  const code = useMemo(() => qrPath(text), [text]);
  return (
    code && (
      <div class="qr">
        <svg
          class="qr__code"
          viewBox={`0 0 ${code.side} ${code.side}`}
          role="img"
          aria-label={label}
          shape-rendering="crispEdges"
        >
          <path d={code.path} fill="#000" />
        </svg>
      </div>
    )
  );
};
