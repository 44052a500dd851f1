import { t } from "../i18n/index.ts";
import type { Reach } from "../reading.ts";

/** Ticks at the end of a line; the words beside say the number. */
const MOST = 6;

const ticks = (count: number, y: number): string =>
  Array.from({ length: Math.min(count, MOST) }, (_, at) => `M${304 + 8 * at} ${y}h5v14h-5z`).join("");

interface RouteMapProps {
  /** The letters of this person's placard. */
  readonly code: string;
  readonly path: Reach["path"];
  readonly direct: number;
  readonly far: number;
  readonly label: string;
}

/** You, the hub, the others, and the lines between them. */
export const RouteMap = ({ code, path, direct, far, label }: RouteMapProps) => {
  const alone = path === "none" || path === "alone";
  const hub = path === "hub" || path === "both";
  const word = t("conn-map-hub");
  const half = Math.max(25, 4 * word.length + 5);
  const line = alone || far === 0 ? undefined : hub ? `M40 75H${175 - half}M${175 + half} 75H300` : "M40 75H300";
  return (
    <svg class="route" viewBox={direct > 0 ? "0 0 358 112" : "0 50 358 62"} role="img" aria-label={label}>
      <g fill="none" stroke="var(--baize)" stroke-width="2">
        {direct > 0 && <path d="M40 61C90 18 210 12 300 28" />}
        {line && <path d={line} />}
        {alone && <path d="M40 75H300" stroke="var(--rule-2)" stroke-dasharray="4 4" />}
      </g>
      <rect x="6" y="60" width="34" height="30" rx="3" fill="var(--baize-fill)" />
      <text x="23" y="80" text-anchor="middle" font-size="12" font-weight="700" fill="var(--on-baize)">
        {code}
      </text>
      {hub && (
        <>
          <rect
            x={175 - half}
            y="57"
            width={2 * half}
            height="36"
            rx="3"
            fill="var(--sheet)"
            stroke="var(--baize)"
            stroke-width="2"
          />
          <text x="175" y="80" text-anchor="middle" font-size="13" font-weight="600" fill="var(--ink)">
            {word}
          </text>
        </>
      )}
      <path d={ticks(direct, 21) + ticks(far, 68)} fill="var(--baize)" />
      {alone && <path d="M304 78h5v4h-5zM312 78h5v4h-5zM320 78h5v4h-5z" fill="var(--rule-2)" />}
      {direct > 0 && (
        <text x="352" y="52" text-anchor="end" font-size="13" fill="var(--ink-2)">
          {t("conn-map-direct", { people: direct })}
        </text>
      )}
      {!alone && far > 0 && (
        <text x="352" y="99" text-anchor="end" font-size="13" fill="var(--ink-2)">
          {t(hub ? "conn-map-by-hub" : "conn-map-through", { people: far })}
        </text>
      )}
    </svg>
  );
};
