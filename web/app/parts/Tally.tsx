/** stub: not there. `half`: reached. `full`: here, read, yes. */
export type Tick = "no" | "half" | "full";

interface TallyProps {
  readonly ticks: readonly Tick[];
  readonly label: string;
  readonly big?: boolean;
}

const CLASSES: Readonly<Record<Tick, string | undefined>> = { no: "no", half: undefined, full: "full" };
const SMALL_FROM = 13;
/** Beyond this a reader counts no ticks: the words beside stand alone. */
const MOST = 28;

/** How many: one tick, one person, this one excepted. Words always stand beside it. */
export const Tally = ({ ticks, label, big = false }: TallyProps) =>
  ticks.length === 0 || ticks.length > MOST ? null : (
    <span
      class={`tally${ticks.length >= SMALL_FROM ? " tally--many" : ""}${big ? " tally--big" : ""}`}
      role="img"
      aria-label={label}
    >
      {ticks.map((tick) => (
        <i class={CLASSES[tick]} />
      ))}
    </span>
  );

/** Full ticks, then hollow ones, then stubs. */
export const ticksOf = (all: number, full: number, half = 0): readonly Tick[] =>
  Array.from({ length: Math.min(all, MOST + 1) }, (_, at) => (at < full ? "full" : at < full + half ? "half" : "no"));
