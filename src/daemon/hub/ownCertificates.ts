/**
 * The certificates that a hub has made for itself, all under one key. Browsers remember which one they were told to accept,
 * so there is another one only when none of those that were made will do.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { Millis } from "../../types.ts";
import { certificateOf, type Certificate } from "./certificate.ts";

/** As they are kept. */
export interface OwnCertificates {
  /** PKCS #8. */
  readonly key: Uint8Array;
  /** In DER, the last used first. */
  readonly made: readonly Uint8Array[];
}

/** A hub that is carried between a few networks comes back with the same certificate. */
export const MAX_MADE = 8;
/** Before its end, so that it does not end in the middle of a meeting. */
const RENEWED_BEFORE: Millis = 30 * 86_400_000;

/** For whom and when. */
export interface Wish {
  readonly hosts: readonly string[];
  readonly now: Millis;
}

const read = (der: Uint8Array, key: Buffer): Certificate | undefined => {
  try {
    return certificateOf(Buffer.from(new X509Certificate(der).toString()), key);
  } catch {
    return undefined;
  }
};

const suits = (certificate: Certificate, { hosts, now }: Wish): boolean =>
  certificate.validFrom.getTime() <= now &&
  now < certificate.validTo.getTime() - RENEWED_BEFORE &&
  hosts.every((host) => (isIP(host) === 0 ? certificate.names.includes(host) : certificate.covers(host)));

/** The first that was made and suits, else a new one; and what is to be kept before it is shown. */
export const certificateFor = async (
  { key, made }: OwnCertificates,
  wish: Wish,
): Promise<{ readonly certificate: Certificate; readonly own: OwnCertificates }> => {
  const pem = Buffer.from(
    createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" }).export({ type: "pkcs8", format: "pem" }),
  );
  const others = (der: Uint8Array): OwnCertificates => ({
    key,
    made: [der, ...made.filter((one) => one !== der)].slice(0, MAX_MADE),
  });
  for (const der of made) {
    const certificate = read(der, pem);
    if (certificate !== undefined && suits(certificate, wish)) return { certificate, own: others(der) };
  }
  // It takes a moment to load, and most starts need none.
  const { selfSigned } = await import("./selfSigned.ts");
  const der = await selfSigned({ key, ...wish });
  return { certificate: certificateOf(Buffer.from(new X509Certificate(der).toString()), pem), own: others(der) };
};
