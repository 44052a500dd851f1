/** The certificate that a hub was given: read, checked, and asked whom it is for. */
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { createSecureContext } from "node:tls";
import { usage } from "../../errors.ts";
import { plainLine } from "../terminal.ts";

/** A certificate with its key, in PEM. */
export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** The names that it is for; wildcards are none. */
  readonly names: readonly string[];
  /** Whether it is for this IP address. */
  covers(address: string): boolean;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256, as browsers show it: `AB:CD:…`. */
  readonly fingerprint: string;
}

/** The files as they were named. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

const read = async (option: string, path: string): Promise<Buffer> => {
  try {
    return await readFile(path);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === "ENOENT" ? "it does not exist" : "it cannot be read";
    throw usage("certificate", `${option} ${plainLine(path)}: ${why}`);
  }
};

const whyNot = (error: unknown): string => {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code.includes("MISMATCH")) return "--cert and --key do not belong together";
  if (code.includes("BAD_DECRYPT") || code.includes("INTERRUPTED") || code.includes("PASSWORD"))
    return "--key is locked by a passphrase; give it without one, in a file that only you can read";
  return "--cert and --key are not a certificate and its key in PEM form";
};

/** What a certificate says. Throws where the two are not a certificate and its key, in PEM. */
export const certificateOf = (cert: Buffer, key: Buffer): Certificate => {
  createSecureContext({ cert, key });
  const parsed = new X509Certificate(cert);
  const names = Array.from((parsed.subjectAltName ?? "").matchAll(/DNS:(?<name>[^,\s"]+)/gu), ({ groups }) =>
    (groups?.["name"] ?? "").toLowerCase(),
  );
  return {
    cert,
    key,
    names: names.filter((name) => /^[a-z0-9.-]+$/u.test(name)),
    covers: (address) => isIP(address) !== 0 && parsed.checkIP(address) !== undefined,
    validFrom: new Date(parsed.validFrom),
    validTo: new Date(parsed.validTo),
    fingerprint: parsed.fingerprint256,
  };
};

/** Throws `usage` with the reason where the files are not a certificate and its key. */
export const readCertificate = async (files: CertificateFiles): Promise<Certificate> => {
  const [cert, key] = [await read("--cert", files.cert), await read("--key", files.key)];
  try {
    return certificateOf(cert, key);
  } catch (error) {
    throw usage("certificate", whyNot(error));
  }
};
