/** The node's own Ed25519 key: made at first use, in a file beside the log that only its owner may read. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign as signWith,
  verify as verifyWith,
} from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Sign, VerifySignature } from "@vedette/core/record/head";
import { InputError } from "../problem.ts";

export interface NodeKey {
  /** 64 hexadecimal digits. */
  readonly publicKey: string;
  readonly sign: Sign;
}

/** PKCS #8 in PEM, so that `openssl pkey -in node.key -text` reads it too. @throws InputError where it is not one */
export function readKey(file: string): NodeKey {
  const { mode } = statSync(file);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    const found = (mode & 0o777).toString(8);
    throw new InputError([{ file, message: `others may read this key (mode ${found}): expected 600; chmod 600 it` }]);
  }
  try {
    return nodeKeyOf(createPrivateKey(readFileSync(file)));
  } catch (error) {
    if (error instanceof InputError || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw new InputError([{ file, message: "not a private key: expected Ed25519 as PKCS #8 in PEM" }]);
  }
}

/** Makes the key unless another process was first: then that one is read. On disk when it returns. */
export function readOrMakeKey(file: string): NodeKey {
  try {
    return readKey(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  const handle = openSync(draft, "wx", 0o600);
  try {
    writeSync(handle, String(pem));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    // A link never replaces: of two processes that make a key, one wins, and both read that.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  return readKey(file);
}

/** Puts a node's key where its log looks for it. @throws InputError where another key is there */
export function placeKey(from: string, file: string): void {
  const { publicKey } = readKey(from);
  if (existsSync(file)) {
    if (readKey(file).publicKey === publicKey) return;
    throw new InputError([{ file, message: `another key is there: expected none, or that of ${from}` }]);
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const handle = openSync(file, "wx", 0o600);
  try {
    writeSync(handle, readFileSync(from));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A key that lives as long as the program: for tests and the exercise. */
export const passingKey = (): NodeKey => nodeKeyOf(generateKeyPairSync("ed25519").privateKey);

function nodeKeyOf(secret: KeyObject): NodeKey {
  if (secret.asymmetricKeyType !== "ed25519") throw new RangeError(`not Ed25519: ${secret.asymmetricKeyType}`);
  const { x = "" } = createPublicKey(secret).export({ format: "jwk" });
  return {
    publicKey: Buffer.from(x, "base64url").toString("hex"),
    sign: (message) => signWith(null, message, secret),
  };
}

/** OpenSSL's: twenty times as fast as core's, which the tests hold it to. */
export const verifyFast: VerifySignature = (signature, message, publicKey) => {
  try {
    const x = Buffer.from(publicKey).toString("base64url");
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return verifyWith(null, message, key, signature);
  } catch {
    return false;
  }
};
