/** What vectors of structures are made with: entries of a value beside its bytes, and values by name. */
import { hex } from "../../src/protocol/codec.ts";
import type { DeviceId, GroupId, Random } from "../../src/types.ts";
import { NOW, seeded } from "../protocol/room.ts";

export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

/** Bytes as hex; what is absent is left out. */
export const plain = (value: unknown): Json => {
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value as Json;
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(fields.map(([name, one]) => [name, plain(one)]));
};

interface Both<T> {
  encode(value: T): Uint8Array;
  decode(bytes: Uint8Array): T | undefined;
}
export type Entry = readonly [name: string, { readonly value: Json; readonly bytes: string }];

export const entry = (name: string, value: unknown, bytes: Uint8Array): Entry => [
  name,
  { value: plain(value), bytes: hex(bytes) },
];

/** One of a union, or a struct: decoded again, so that a vector is what a reader makes of its bytes. */
export const of = <T>(name: string, shape: Both<T>, value: NoInfer<T>): Entry => {
  const bytes = shape.encode(value);
  return entry(name, shape.decode(bytes), bytes);
};

/** Bytes that a name and a number decide: a vector does not depend on which others there are. */
export const bytesOf =
  (name: string): Random =>
  (length) =>
    seeded(`vectors: ${name} ${length}`)(length);
export const id = <T extends string>(name: string, length: number): T => hex(bytesOf(name)(length)) as T;

export const chain = id<never>("chain", 16);
export const op = id<never>("operation", 32);
export const member = id<never>("member", 32);
export const person = id<never>("person", 32);
export const device = id<DeviceId>("device", 32);
export const group = id<GroupId>("group", 32);
export const message = id<never>("message", 16);
export const key = bytesOf("key")(32);
export const tag = id<never>("tag", 16);
export const nonce = bytesOf("nonce")(16);
export const signature = bytesOf("signature")(64);
export const time = NOW;
export const prekey = { number: 7, key: bytesOf("prekey")(32) };
export const words = { name: "Vector Ana", flag: "FR", delegation: "Atlantis" };
export const address = "/ip4/192.168.1.7/tcp/9000";
export const acks = [{ chain, got: 3, read: 1 }];
