/** Files as text, with a limit, a digest, and one clear message where there is none. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { reasonOf } from "../feeds/reason.ts";
import type { Problem } from "../problem.ts";
import { shownPath } from "./paths.ts";

/** A scenario of 1,000 satellites takes 0.5 MB; a line of 100,000 vertices 5 MB. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

export type TextFile = { readonly text: string; readonly sha256: string };

/** UTF-8 text without its byte order mark. Refuses folders, devices, large files, other encodings and binary data. */
export async function readText(file: string, maxBytes: number = MAX_FILE_BYTES): Promise<TextFile | Problem> {
  const refuse = (message: string): Problem => ({
    file: shownPath(file),
    message,
  });
  let bytes: Buffer;
  try {
    const about = await stat(file);
    if (about.isDirectory()) return refuse("is a folder: expected a file");
    if (!about.isFile()) return refuse("is not a regular file");
    if (about.size > maxBytes) return refuse(`is ${mibOf(about.size)} MiB: expected at most ${mibOf(maxBytes)} MiB`);
    bytes = await readFile(file);
  } catch (error) {
    return refuse(`cannot be read: ${reasonOf(error)}`);
  }
  const binary = bytes.indexOf(0);
  if (binary >= 0) return refuse(`is not text: byte ${binary} is zero (binary data, or UTF-16; expected UTF-8)`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch {
    return refuse("is not UTF-8 text: save it in that encoding");
  }
}

/** SHA-256 of a file of any size, hexadecimal. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

function mibOf(bytes: number): string {
  return (bytes / (1024 * 1024)).toFixed(1);
}
