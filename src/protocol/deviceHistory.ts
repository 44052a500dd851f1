/**
 * What is known of a person's device lists over time. A list names the hash of the one before it, so a device that
 * remembers a few hashes sees whether a list goes on from what it knows, is an older one, or contradicts it. SPEC.md §3.
 */
import type { DeviceId, PersonId } from "../types.ts";
import type { Shape } from "./codec.ts";
import { bytes, equalBytes, id, list, struct, uint } from "./codec.ts";
import type { DeviceList } from "./devices.ts";
import { deviceLists, listHash } from "./devices.ts";
import type { Card } from "./identity.ts";
import { MAX_DEVICES } from "./limits.ts";

/** A signed device list, read. */
export interface ListSeen {
  readonly person: PersonId;
  readonly version: number;
  readonly hash: Uint8Array;
  readonly previous?: Uint8Array;
  readonly devices: readonly DeviceId[];
  /** As it was signed. */
  readonly bytes: Uint8Array;
}

/** Hashes that are remembered of one person. */
const MAX_PAST = 32;

const mark = struct({ version: uint(), hash: bytes(32) });
export const deviceIds = list(id<DeviceId>(32), MAX_DEVICES);

/** The newest list, and the hashes of others of its line. */
export interface DeviceHistory {
  readonly version: number;
  readonly hash: Uint8Array;
  readonly devices: readonly DeviceId[];
  readonly past: readonly { readonly version: number; readonly hash: Uint8Array }[];
}
export const deviceHistory: Shape<DeviceHistory> = struct({
  version: uint(),
  hash: bytes(32),
  devices: deviceIds,
  past: list(mark, MAX_PAST),
});

const seenAs = ({ person, version, previous, devices }: DeviceList, signed: Uint8Array): ListSeen => ({
  person,
  version,
  hash: listHash(signed),
  devices: devices.map(({ device }) => device),
  bytes: signed,
  ...(previous && { previous }),
});
/** Reads a signed list; `undefined` for anything that its person did not sign. */
export const readList = (signed: Uint8Array): ListSeen | undefined => {
  const body = deviceLists.open(signed)?.body;
  return body && seenAs(body, signed);
};
/** The list of a card, whose signatures hold. */
export const listOf = ({ devices, list: signed }: Pick<Card, "devices" | "list">): ListSeen => seenAs(devices, signed);

const withPast = (past: DeviceHistory["past"], version: number, hash: Uint8Array | undefined): DeviceHistory["past"] =>
  hash === undefined || version < 0 || past.some((one) => one.version === version)
    ? past
    : [...past, { version, hash }].sort((a, b) => a.version - b.version).slice(-MAX_PAST);

export const beginHistory = ({ version, hash, devices, previous }: ListSeen): DeviceHistory => ({
  version,
  hash,
  devices,
  past: withPast([], version - 1, previous),
});

/**
 * `same`: the newest that was known. `newer`: goes on from it, or from lists after it that were never seen here. `older`:
 * of its line, or from before all that is remembered. `forked`: another list stands in its place, or it does not descend
 * from the one that it should.
 */
export type ListVerdict = "same" | "newer" | "older" | "forked";

/** Judges a list by what is known, and remembers what it adds. */
export const followList = (
  known: DeviceHistory,
  seen: ListSeen,
): { readonly history: DeviceHistory; readonly verdict: ListVerdict } => {
  const { version, hash, previous } = seen;
  const line = [...known.past, known];
  const contradicts = (at: number, one: Uint8Array | undefined): boolean => {
    const stands = line.find((mine) => mine.version === at);
    return stands !== undefined && (one === undefined || !equalBytes(stands.hash, one));
  };
  if (version === known.version && equalBytes(hash, known.hash)) return { history: known, verdict: "same" };
  if (contradicts(version, hash) || contradicts(version - 1, previous)) return { history: known, verdict: "forked" };
  if (version < known.version)
    return {
      history: { ...known, past: withPast(withPast(known.past, version, hash), version - 1, previous) },
      verdict: "older",
    };
  const past = withPast(withPast(known.past, known.version, known.hash), version - 1, previous);
  return { history: { version, hash, devices: seen.devices, past }, verdict: "newer" };
};

/** Whether all of `devices` are among `covered`. */
export const covers = (covered: readonly DeviceId[], devices: readonly DeviceId[]): boolean =>
  devices.every((one) => covered.includes(one));
