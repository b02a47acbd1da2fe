/** What every store can hold: PostgreSQL takes no NUL and indexes no long text, and a line of a case has an end. */

/** PostgreSQL's B-tree takes 2,704 bytes of an entry. */
const NAME_BYTES = 2048;
/** Of a body or a member, in UTF-16 units: it leaves room in a case's line, which is read whole. */
const TEXT_UNITS = 16 << 20;

/** Keys, types, names of nodes. @returns what is wrong, in words */
export function wrongName(name: string): string | undefined {
  if (name === "") return "expected a name, found nothing";
  if (name.includes("\0")) return `${JSON.stringify(name)}: U+0000 cannot be kept`;
  const bytes = Buffer.byteLength(name);
  return bytes > NAME_BYTES ? `${name.slice(0, 40)}…: a name of ${bytes} bytes; ${NAME_BYTES} can be kept` : undefined;
}

/** @throws RangeError */
export function checkName(name: string): void {
  const wrong = wrongName(name);
  if (wrong !== undefined) throw new RangeError(wrong);
}

/** @throws RangeError */
export function checkText(what: string, text: string): void {
  if (text.length > TEXT_UNITS)
    throw new RangeError(`${what}: ${text.length} characters; ${TEXT_UNITS} can be kept: put it into a file`);
}
