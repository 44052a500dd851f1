/** This device's secrets and its person's words, as they lie in the store. */
import type { Shape } from "../protocol/codec.ts";
import { refused, usage } from "../errors.ts";
import { bytes, bytesUpTo, list, optional, struct, text, utf8 } from "../protocol/codec.ts";
import type { Self } from "../protocol/identity.ts";
import { newSelf } from "../protocol/identity.ts";
import type { Change } from "../store/record.ts";
import { put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { Profile, Random } from "../types.ts";
import { ownPrekey } from "./parts.ts";

const pair = struct({ secret: bytes(32), public: bytes(32) });
const selfShape: Shape<Omit<Self, "guest">> = struct({
  /** Without its secret on a device that was linked. */
  person: struct({ secret: optional(bytes(32)), public: bytes(32) }),
  device: pair,
  agreement: pair,
  devices: bytesUpTo(4096),
  prekeys: list(ownPrekey, 1000),
});
const profileShape: Shape<Profile> = struct({ name: text(128), flag: text(2), delegation: text(128) });

/** Usage error for words that no card can carry. */
export const checkProfile = ({ name, delegation, flag }: Profile): void => {
  if (utf8(name).length > 128) throw usage("name-too-long", "a name has at most 128 bytes");
  if (utf8(delegation).length > 128) throw usage("delegation-too-long", "a delegation has at most 128 bytes");
  if (!/^([A-Z]{2})?$/.test(flag)) throw usage("bad-flag", "a flag is a country's two capital letters, like FR");
};

/** Seed of the root key. Throws `refused` "not-main" on a device that was linked without it. */
export const rootOf = ({ person }: Self): Uint8Array => {
  if (person.secret) return person.secret;
  throw refused(
    "not-main",
    "only a device that has the key of your identity can do this; use the one that you began with",
  );
};

export const putSelf = (self: Self): Change => put({ space: "profile", name: "self" }, selfShape.to(self));
export const putProfile = (profile: Profile): Change =>
  put({ space: "profile", name: "profile" }, profileShape.to(profile));

const GUEST = { space: "profile", name: "guest" } as const;
/** For ever. */
export const markGuest: Change = put(GUEST, true);

/** What is on disk; a first start makes a person. Once a guest, for ever a guest. */
export const loadSelf = async (
  store: Store,
  random: Random,
  guestNow = false,
): Promise<{ readonly self: Self; readonly profile: Profile }> => {
  const [self, profile, marked] = await store.getMany([
    { space: "profile", name: "self" },
    { space: "profile", name: "profile" },
    GUEST,
  ]);
  const known = self === undefined ? undefined : selfShape.from(self);
  const words = profile === undefined ? undefined : profileShape.from(profile);
  const guest = guestNow || marked === true;
  const mark = guest && marked !== true ? [markGuest] : [];
  if (known && words) {
    if (mark.length > 0) await store.commit(mark);
    return { self: { ...known, guest }, profile: words };
  }
  const made = {
    self: known ? { ...known, guest } : newSelf(random, guest),
    profile: words ?? { name: "", flag: "", delegation: "" },
  };
  await store.commit([putSelf(made.self), putProfile(made.profile), ...mark]);
  return made;
};
