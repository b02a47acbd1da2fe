/** Events as bytes, for a hash: short, without ambiguity, and the same whatever order an object's members came in. */
import type { Json } from "../record/hash.ts";

const [NULL, FALSE, TRUE, NUMBER, TEXT, LIST, OBJECT, NEW_NAME, NAME] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;

export class EventBytes {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** Names of members, in the order in which they came: written once, then by their number. */
  #names = new Map<string, number>();

  get length(): number {
    return this.#length;
  }

  /** Members that are undefined are left out. @throws RangeError on what JSON cannot say */
  add(value: Json): void {
    if (value === null) this.#byte(NULL);
    else if (typeof value === "number") this.#number(value);
    else if (typeof value === "string") {
      this.#byte(TEXT);
      this.#text(value);
    } else if (typeof value === "boolean") this.#byte(value ? TRUE : FALSE);
    else if (Array.isArray(value)) {
      this.#byte(LIST);
      this.#whole(value.length);
      for (const item of value) this.add(item);
    } else this.#members(value as { readonly [key: string]: Json | undefined });
  }

  /** What has been added since the last time; good until the next is added. */
  taken(): Uint8Array {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  save(): readonly string[] {
    return [...this.#names.keys()];
  }

  /** @param names that were saved when nothing was left to take */
  load(names: readonly string[]): void {
    this.#length = 0;
    this.#names = new Map(names.map((name, i) => [name, i]));
  }

  #members(value: { readonly [key: string]: Json | undefined }): void {
    const names = Object.keys(value);
    if (!isSorted(names)) names.sort();
    this.#byte(OBJECT);
    const at = this.#length;
    this.#whole(0);
    let count = 0;
    for (const name of names) {
      const member = value[name];
      if (member === undefined) continue;
      count++;
      this.#name(name);
      this.add(member);
    }
    this.#view.setUint32(at, count);
  }

  #name(name: string): void {
    const number = this.#names.get(name);
    if (number !== undefined) {
      this.#byte(NAME);
      this.#whole(number);
      return;
    }
    this.#names.set(name, this.#names.size);
    this.#byte(NEW_NAME);
    this.#text(name);
  }

  #number(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`no JSON form: ${value}`);
    this.#byte(NUMBER);
    this.#room(8);
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
  }

  /** UTF-16, two bytes a unit, where it is not ASCII. */
  #text(text: string): void {
    const n = text.length;
    this.#room(2 * n + 4);
    const bytes = this.#bytes;
    const at = this.#length + 4;
    let i = 0;
    for (; i < n; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) break;
      bytes[at + i] = unit;
    }
    const isPlain = i === n;
    // The top bit tells the two apart.
    this.#view.setUint32(this.#length, isPlain ? n : (n | 0x80000000) >>> 0);
    if (!isPlain) for (i = 0; i < n; i++) this.#view.setUint16(at + 2 * i, text.charCodeAt(i));
    this.#length = at + (isPlain ? n : 2 * n);
  }

  #byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  #whole(value: number): void {
    this.#room(4);
    this.#view.setUint32(this.#length, value);
    this.#length += 4;
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const wider = new Uint8Array(2 * this.#bytes.length + more);
    wider.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = wider;
    this.#view = new DataView(wider.buffer);
  }
}

function isSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) if ((names[i - 1] as string) > (names[i] as string)) return false;
  return true;
}
