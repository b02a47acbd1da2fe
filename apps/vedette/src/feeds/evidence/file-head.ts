/** What the first bytes of a file say of the whole, before anything of it is taken in. */
import { type FileHandle, open } from "node:fs/promises";
import { InputError } from "../../problem.ts";
import { reasonOf } from "../reason.ts";

export interface FileHead {
  readonly form: "csv" | "json";
  readonly lineEnd: "lf" | "cr";
  /** Bytes before the text: a byte order mark. */
  readonly skip: number;
}

const HEAD_BYTES = 65_536;

/** @throws InputError where it cannot be read, is no regular file, or is no text in UTF-8 */
export async function openText(
  path: string,
  name: string,
): Promise<{ file: FileHandle; head: FileHead; size: number }> {
  const refuse = (message: string) => new InputError([{ file: name, message }]);
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    throw refuse(`cannot be read: ${reasonOf(error)}`);
  }
  try {
    const about = await file.stat();
    if (about.isDirectory()) throw refuse("is a folder: expected a file");
    if (!about.isFile()) throw refuse("is not a regular file");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = headOf(buffer.subarray(0, bytesRead));
    if (typeof head === "string") throw refuse(head);
    return { file, head, size: about.size };
  } catch (error) {
    await file.close();
    if (error instanceof InputError) throw error;
    throw refuse(`cannot be read: ${reasonOf(error)}`);
  }
}

function headOf(bytes: Buffer): FileHead | string {
  if (bytes.length === 0) return "the file is empty";
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip-compressed: unpack it first";
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03)
    return "a ZIP or spreadsheet file: export it as CSV first";
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return "text in UTF-16: save it as UTF-8 first";
  }
  const skip = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  // Of the first line: a zero further down spoils its own record.
  const firstEnd = bytes.indexOf(0x0a);
  const zero = bytes.subarray(0, firstEnd < 0 ? 1024 : firstEnd + 1).indexOf(0);
  if (zero >= 0) return `is not text: byte ${zero} is zero (binary data, or UTF-16; expected UTF-8)`;
  const text = bytes.toString("latin1", skip);
  if (text.trim() === "") return "the file is empty";
  const form = /^\s*[[{]/.test(text) ? "json" : "csv";
  return { form, skip, lineEnd: text.includes("\n") || !text.includes("\r") ? "lf" : "cr" };
}
