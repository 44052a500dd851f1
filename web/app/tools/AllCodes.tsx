import type { Profile } from "../../../src/types.ts";
import { codeOf } from "../reading.ts";

/** More than anybody looks through. */
const MOST = 48;

/** Who, by the letters of their placards. */
export const AllCodes = ({ people }: { readonly people: readonly Pick<Profile, "flag" | "delegation">[] }) => (
  <span class="placards">
    {people.slice(0, MOST).map((who) => (
      <span>{codeOf(who)}</span>
    ))}
    {people.length > MOST && <span>…</span>}
  </span>
);
