/** What is handed out once and kept as a hash: sessions, tokens, invitations. 256 bits, so that a plain hash is enough. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

export interface Secret {
  /** For its holder; nowhere written down. */
  readonly text: string;
  readonly hash: string;
}

/** @param kind names it wherever it turns up: `vds` a session, `vdt` a token, `vdi` an invitation */
export function newSecret(kind: "vds" | "vdt" | "vdi"): Secret {
  const text = `${kind}_${randomBytes(32).toString("base64url")}`;
  return { text, hash: hashOfSecret(text) };
}

export const hashOfSecret = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Opaque, of a person, session, token: says nothing of order or number. */
export const newId = (kind: string): string => `${kind}-${randomBytes(10).toString("hex")}`;

export function sameText(a: string, b: string): boolean {
  const [x, y] = [createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest()];
  return timingSafeEqual(x, y);
}
