/** What a device shows in person: who it is and which devices it knows of, signed by its person. SPEC.md §16. */
import { base64urlnopad } from "@scure/base";
import { concat, equalBytes } from "./codec.ts";
import type { ListSeen } from "./deviceHistory.ts";
import { readList } from "./deviceHistory.ts";
import { MAX_LIST_BYTES } from "./limits.ts";
import { label, sha256 } from "./primitives.ts";

const PREFIX = "couloir-verify:";
const VERSION = 1;
/** The longest signed device list, and what stands around it. */
const MAX_BYTES = MAX_LIST_BYTES + 5;
const checksum = (body: Uint8Array): Uint8Array => sha256(label("verify code"), body).subarray(0, 4);

/** The code for a signed device list. */
export const writeVerifyCode = (list: Uint8Array): string => {
  const body = concat(Uint8Array.of(VERSION), list);
  return PREFIX + base64urlnopad.encode(concat(body, checksum(body)));
};

/** `undefined` for anything that is not a whole code. Takes a page's address with the code behind `#` as well. */
export const readVerifyCode = (input: string): { readonly list: Uint8Array; readonly seen: ListSeen } | undefined => {
  const trimmed = input.trim();
  const bare = trimmed.slice(trimmed.lastIndexOf("#") + 1);
  if (!bare.startsWith(PREFIX) || bare.length > PREFIX.length + MAX_BYTES * 1.5) return undefined;
  let raw: Uint8Array;
  try {
    raw = base64urlnopad.decode(bare.slice(PREFIX.length));
  } catch {
    return undefined;
  }
  const body = raw.subarray(0, -4);
  if (raw.length > MAX_BYTES || body[0] !== VERSION || !equalBytes(checksum(body), raw.subarray(-4))) return undefined;
  const list = body.slice(1);
  const seen = readList(list);
  return seen && { list, seen };
};
