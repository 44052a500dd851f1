import type { Reach } from "../reading.ts";
import { useController } from "./context.tsx";
import { Icon } from "./Icon.tsx";
import { T } from "./T.tsx";

const ENDS = "M40 3h3v10h-3zM45 3h3v10h-3zM50 3h3v10h-3z";
const BELOW = "M7 10.5h12M28 10.5h11";
const ABOVE = "M7 5.5h5l3-3h17l3 3h4";

/** You, the lines out, those at their end; the hub as a block on the lower line. */
const Path = ({ path }: { readonly path: Reach["path"] }) => (
  <svg class="path" viewBox="0 0 53 16" aria-hidden="true">
    <path stroke="none" d="M0 3h7v10H0z" />
    {path === "none" || path === "alone" ? (
      <>
        <path fill="none" stroke-dasharray="3 3" d="M9 8h29" />
        <path stroke="none" d="M40 10h3v3h-3zM45 10h3v3h-3zM50 10h3v3h-3z" />
      </>
    ) : (
      <>
        {path !== "hub" && <path fill="none" d={ABOVE} />}
        {path !== "direct" && <path fill="none" d={BELOW} />}
        {(path === "hub" || path === "both") && <path stroke="none" d="M19 7h8.5v7H19z" />}
        <path stroke="none" d={ENDS} />
      </>
    )}
  </svg>
);

const WORDS: Readonly<Record<Reach["path"], string>> = {
  both: "strip-both",
  hub: "strip-hub",
  direct: "strip-direct",
  mesh: "strip-mesh",
  alone: "strip-alone",
  none: "strip-none",
};

/** Who is in reach and how: always first, always true, always pressable. */
export const Strip = () => {
  const { reach, router } = useController();
  const { people, path } = reach.value;
  const words = <T id={WORDS[path]} args={{ people }} />;
  return (
    <>
      <button type="button" class="strip" data-path={path} onClick={() => router.open({ over: "connection" })}>
        <Path path={path} />
        <span class="grow">{words}</span>
        <Icon name="onward" size="s" />
      </button>
      {/* Beside the button: a status inside of it would leave it without a name. */}
      <span class="vh" role="status">
        {words}
      </span>
    </>
  );
};

/** On a page that came over plain http: permanent. */
export const GuestStrip = () => {
  const { backend, router } = useController();
  if (!backend.guest) return null;
  return (
    <button type="button" class="strip strip--guest" onClick={() => router.open({ over: "connection" })}>
      <Icon name="door" size="m" />
      <span class="grow">
        <T id="strip-guest" />
      </span>
      <Icon name="onward" size="s" />
    </button>
  );
};
