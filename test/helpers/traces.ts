/** Finds traces of a secret in the files of a folder, in every shape in which one gets written by accident. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const radix = (bytes: Uint8Array, alphabet: string): string => {
  let rest = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let out = "";
  for (const base = BigInt(alphabet.length); rest > 0n; rest /= base)
    out = `${alphabet[Number(rest % base)] ?? ""}${out}`;
  return out;
};
const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => "abcdefghijklmnopqrstuvwxyz234567"[Number.parseInt(five, 2)])
    .join("");
};

/** The part of an encoding that does not depend on what stands before or after, at each offset in a group of bytes. */
const inner = (encode: (bytes: Buffer) => string, group: number, bits: number, bytes: Buffer): string[] =>
  Array.from({ length: group }, (_, shift) =>
    encode(Buffer.concat([Buffer.alloc(shift), bytes])).slice(Math.ceil((8 * shift) / bits), -1),
  );

/** A name for each encoding, and the secret in it; some encodings look different at different offsets. */
export const shapesOf = (secret: Buffer): Readonly<Record<string, readonly Buffer[]>> => {
  const text = secret.toString("utf8");
  const ascii = (...texts: string[]): Buffer[] => texts.map((one) => Buffer.from(one));
  const utf16 = Buffer.from(text, "utf16le");
  return {
    raw: [secret],
    reversed: [Buffer.from(secret.toReversed())],
    utf16le: [utf16],
    utf16be: [Buffer.from(utf16).swap16()],
    hex: ascii(secret.toString("hex")),
    HEX: ascii(secret.toString("hex").toUpperCase()),
    base64: ascii(...inner((bytes) => bytes.toString("base64").replace(/=+$/, ""), 3, 6, secret)),
    base64url: ascii(...inner((bytes) => bytes.toString("base64url"), 3, 6, secret)),
    base32: ascii(...inner(base32, 5, 5, secret)),
    BASE32: ascii(...inner((bytes) => base32(bytes).toUpperCase(), 5, 5, secret)),
    base58: ascii(radix(secret, base58)),
    decimal: ascii(radix(secret, "0123456789")),
    json: ascii(JSON.stringify(text).slice(1, -1), [...secret].join(",")),
    percent: ascii(encodeURIComponent(text)),
  };
};

/** Where the secrets show, in contents and in names of files, as `file: secret as shape`. */
export const findTraces = async (dir: string, secrets: Readonly<Record<string, Buffer>>): Promise<string[]> => {
  const found: string[] = [];
  const shapes = Object.entries(secrets).map(([name, secret]) => [name, Object.entries(shapesOf(secret))] as const);
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const content = entry.isFile() ? await readFile(path) : Buffer.alloc(0);
    for (const [name, all] of shapes)
      for (const [shape, forms] of all)
        if (forms.some((form) => content.includes(form) || Buffer.from(entry.name).includes(form)))
          found.push(`${entry.name}: ${name} as ${shape}`);
  }
  return found;
};
