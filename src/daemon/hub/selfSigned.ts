/** Certificates that sign themselves: for a hub whose owner has no other, and for its addresses alone. */
import "reflect-metadata"; // What makes certificates asks for it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { Millis } from "../../types.ts";

const DAY: Millis = 86_400_000;
/** Browsers take none that is good for longer. */
const LASTS: Millis = 397 * DAY;
/** Clocks in a room differ. */
const BACK: Millis = DAY;
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A new private key (ECDSA, P-256) as PKCS #8. */
export const newCertificateKey = (): Uint8Array =>
  new Uint8Array(
    generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "der" }),
  );

/** What a certificate is made of. */
export interface SelfSigning {
  /** PKCS #8. */
  readonly key: Uint8Array;
  /** The IP addresses and names that it is for. */
  readonly hosts: readonly string[];
  readonly now: Millis;
}

/** A certificate (DER, X.509) for a server at these hosts, good from a day ago and 397 days long. It can sign no other. */
export const selfSigned = async ({ key, hosts, now }: SelfSigning): Promise<Uint8Array> => {
  const { subtle } = crypto;
  const secret = createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" });
  const open = createPublicKey(secret).export({ format: "der", type: "spki" });
  const keys = {
    privateKey: await subtle.importKey("pkcs8", Buffer.from(key), ECDSA, false, ["sign"]),
    publicKey: await subtle.importKey("spki", open, ECDSA, true, ["verify"]),
  };
  // Whole seconds, as certificates count.
  const from = Math.floor((now - BACK) / 1000) * 1000;
  const made = await X509CertificateGenerator.createSelfSigned(
    {
      // Above zero, and of a fixed length (RFC 5280 §4.1.2.2).
      serialNumber: Buffer.concat([Buffer.of(0x40), randomBytes(15)]).toString("hex"),
      name: "CN=Couloir hub",
      notBefore: new Date(from),
      notAfter: new Date(from + LASTS),
      signingAlgorithm: ECDSA,
      keys,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          hosts.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value })),
          false,
        ),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      ],
    },
    crypto,
  );
  return new Uint8Array(made.rawData);
};
