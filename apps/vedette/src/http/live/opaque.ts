/**
 * Positions as a client sees them: one block of AES under a key of the server's for each nation and workspace, so that two of them say
 * nothing of how much lies between. The same position is always the same text: a client may come back with it.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";

const MAGIC = 0x56444b31;

export interface OpaquePositions {
  readonly textOf: (position: number) => string;
  /** Nothing for a text that this nation was never given. */
  readonly positionOf: (text: string) => number | undefined;
}

/** @param secret of the server, 32 bytes @param scope nation and workspace */
export function opaquePositions(secret: Uint8Array, scope: string): OpaquePositions {
  const key = Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), `vedette position ${scope}`, 32));
  return {
    textOf(position) {
      const block = Buffer.alloc(16);
      block.writeUInt32BE(MAGIC, 0);
      block.writeBigUInt64BE(BigInt(position), 8);
      const cipher = createCipheriv("aes-256-ecb", key, null).setAutoPadding(false);
      return Buffer.concat([cipher.update(block), cipher.final()]).toString("base64url");
    },
    positionOf(text) {
      if (!/^[A-Za-z0-9_-]{22}$/.test(text)) return undefined;
      const decipher = createDecipheriv("aes-256-ecb", key, null).setAutoPadding(false);
      const block = Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]);
      if (block.readUInt32BE(0) !== MAGIC || block.readUInt32BE(4) !== 0) return undefined;
      return Number(block.readBigUInt64BE(8));
    },
  };
}
