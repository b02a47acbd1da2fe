/** One range of bytes (RFC 9110, 14): several, or one that cannot be met, are answered with the whole. */

export interface Part {
  readonly start: number;
  /** Behind its last byte. */
  readonly end: number;
}

export function rangeOf(asked: string | undefined, bytes: number, ifRange: string, etag: string): Part | undefined {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(asked?.trim() ?? "") ?? [];
  if ((first === "" && last === "") || ifRange !== etag) return undefined;
  const start = first === "" ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === "" || last === "" ? bytes : Math.min(bytes, Number(last) + 1);
  return start < end ? { start, end } : undefined;
}
