/** An address that a person typed, as the addresses to dial. */
import { usage } from "../errors.ts";
import { looksLikeShortCode, readShortCode } from "../net/shortCode.ts";
import { typedAddresses } from "../net/typedAddress.ts";

/** What there is to dial. Throws `usage` "bad-address" in words that begin with `before`. */
export const dialable = (typed: string, before = ""): readonly string[] => {
  const addresses = typedAddresses(typed);
  if (addresses.length > 0) return addresses;
  if (looksLikeShortCode(typed) && readShortCode(typed) === undefined)
    throw usage("bad-address", `${before}that code has a letter wrong; read it again`);
  throw usage(
    "bad-address",
    `${before}an address looks like K7QF-2M9X (a code), 192.168.1.7:8020, hub.example:8020, or /ip4/192.168.1.7/tcp/4001`,
  );
};
