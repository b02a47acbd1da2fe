/** Certificate and key from files, looked at before anything listens. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { InputError } from "../../problem.ts";

export interface TlsFiles {
  /** PEM: the server's own first, then those between it and the root. */
  readonly cert: string;
  /** PEM, without a passphrase. */
  readonly key: string;
}

export interface Tls {
  readonly cert: string;
  readonly key: string;
  readonly minVersion: "TLSv1.2";
}

/** @throws InputError where a file is none of it, they do not belong together, or it has run out */
export function tlsOf({ cert, key }: TlsFiles, nowMs: number): Tls {
  const tls: Tls = { cert: read(cert), key: read(key), minVersion: "TLSv1.2" };
  const certificate = parsed(cert, "expected a certificate, PEM", () => new X509Certificate(tls.cert));
  const secret = parsed<KeyObject>(key, "expected a private key, PEM, without a passphrase", () =>
    createPrivateKey(tls.key),
  );
  if (!certificate.checkPrivateKey(secret)) throw refused(key, `it is not the key of ${cert}`);
  if (certificate.validToDate.getTime() <= nowMs)
    throw refused(cert, `it ran out on ${certificate.validToDate.toISOString()}`);
  return tls;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw refused(file, `cannot be read (${(error as NodeJS.ErrnoException).code ?? "fault"})`);
  }
}

function parsed<T>(file: string, expected: string, work: () => T): T {
  try {
    return work();
  } catch {
    throw refused(file, expected);
  }
}

const refused = (file: string, message: string): InputError => new InputError([{ file, message }]);
