/**
 * OMM as XML (CCSDS 505.0-B): `<omm>` blocks alone or in `<ndm>`, cut out one by one and parsed singly.
 * A document type declaration ends the reading: without one there are no entities to expand and no files to fetch.
 */
import { OMM_FIELDS, parseOmm } from "@vedette/core/orbit/omm";
import { isRefusal, type Refusal, shown } from "@vedette/core/orbit/refusal";
import { XMLParser } from "fast-xml-parser";
import type { RecordSink, TextReader } from "./record.ts";

/** Characters of one message. Real ones have about 1,200. */
const BLOCK_LIMIT = 262_144;
/** `</omm` and blanks; the standard has none. */
const CLOSING_TAG_LIMIT = 1024;
/** Characters held back at a cut, so that no mark below is missed. */
const LONGEST_MARK = 64;

const MARK = /<!--|<!\[CDATA\[|<!|<\?|<(\/?)(?:[\w.-]{1,32}:)?(omm|ndm)(?=[\s>/])/g;
const CLOSINGS: Readonly<Record<string, string>> = { "<!--": "-->", "<![CDATA[": "]]>", "<?": "?>" };

interface Block {
  readonly line: number;
  text: string;
  isCut: boolean;
}

export function xmlReader(sink: RecordSink): TextReader {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    removeNSPrefix: true,
    parseTagValue: false,
    maxNestedTags: 32,
    jPath: false,
  });
  const refuse = (
    { line, text }: { line: number; text: string },
    { code, message }: Pick<Refusal, "message"> & { code: string },
  ) => sink.refuse({ line, code, message, text: shown(text) });
  return new BlockCutter({
    block(block) {
      const parsed = elementsOf(parser, block);
      if (!isRefusal(parsed)) return sink.accept(parsed);
      const at = parsed.field === undefined ? -1 : block.text.indexOf(`<${parsed.field}`);
      refuse({ line: block.line + (at < 0 ? 0 : newlinesIn(block.text.slice(0, at))), text: block.text }, parsed);
    },
    cutShort: (at) => refuse(at, { code: "syntax", message: "cut short: no closing tag" }),
    declaration: (at) => {
      refuse(at, {
        code: "doctype",
        message: "document type declarations and entities are not read; reading stops here",
      });
    },
  });
}

function elementsOf(parser: XMLParser, { text, isCut }: Block): ReturnType<typeof parseOmm> {
  if (isCut) return { code: "syntax", message: `a message of more than ${BLOCK_LIMIT} characters` };
  const message = { fields: {}, units: {} };
  try {
    const fault = collect(parser.parse(text, true), message);
    return fault ?? parseOmm(message);
  } catch (error) {
    return { code: "syntax", message: `not XML: ${shown(error instanceof Error ? error.message : String(error))}` };
  }
}

/** Leaves by keyword, wherever they stand: the standard gives each keyword one place. Depth is bounded by the parser. */
function collect(
  node: unknown,
  message: { readonly fields: Record<string, string>; readonly units: Record<string, string> },
): Refusal | undefined {
  if (typeof node !== "object" || node === null) return undefined;
  for (const [tag, child] of Object.entries(node)) {
    if (!OMM_FIELDS.has(tag)) {
      const fault = collect(child, message);
      if (fault !== undefined) return fault;
      continue;
    }
    if (Array.isArray(child) || Object.hasOwn(message.fields, tag)) {
      return { code: "duplicate-field", field: tag, message: `${tag} stands twice` };
    }
    const { "#text": text = "", "@units": units } = typeof child === "object" ? child : { "#text": child };
    message.fields[tag] = String(text);
    if (units !== undefined) message.units[tag] = String(units);
  }
  return undefined;
}

interface Parts {
  block(block: Block): void;
  cutShort(at: { line: number; text: string }): void;
  declaration(at: { line: number; text: string }): void;
}

/** Cuts `<omm>` to `</omm>` out of a stream, leaving out comments; ends at a declaration. */
class BlockCutter implements TextReader {
  readonly #parts: Parts;
  /** What has come and is not yet taken, and the line on which it begins. */
  #text = "";
  #line = 1;
  #block: Block | undefined;
  /** Inside a comment, a CDATA section or an instruction: what ends it. */
  #skip: { readonly until: string; readonly isKept: boolean } | undefined;
  #openRoots = 0;
  #isStopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  push(piece: string): void {
    if (this.#isStopped) return;
    this.#text += piece;
    while (!this.#isStopped && this.#step());
  }

  end(): void {
    // Room behind the last mark, so that nothing is held back any more.
    this.push(" ".repeat(LONGEST_MARK + 1));
    if (this.#isStopped) return;
    if (this.#block !== undefined) this.#parts.cutShort(this.#block);
    else if (this.#openRoots > 0 || this.#skip !== undefined) this.#parts.cutShort({ line: this.#line, text: "" });
  }

  /** Goes to the next mark. False: more text is needed first. */
  #step(): boolean {
    if (this.#skip !== undefined) return this.#stepOver(this.#skip);
    MARK.lastIndex = 0;
    const match = MARK.exec(this.#text);
    // A mark right at the end may be the beginning of a longer one.
    const held = Math.max(0, this.#text.length - LONGEST_MARK);
    this.#take(Math.min(match?.index ?? held, held), true);
    if (match === null || match.index >= held) return false;
    const [mark, slash, tag] = match;
    if (tag === "omm" && slash === "/") return this.#close();
    if (tag === "omm") this.#open();
    else if (tag === "ndm") this.#openRoots += slash === "/" ? -1 : 1;
    else if (mark === "<!") return this.#stop();
    else this.#skip = { until: CLOSINGS[mark] ?? ">", isKept: mark === "<![CDATA[" };
    this.#take(mark.length, this.#skip?.isKept ?? true);
    return true;
  }

  #stepOver({ until, isKept }: { readonly until: string; readonly isKept: boolean }): boolean {
    const at = this.#text.indexOf(until);
    this.#take(at < 0 ? Math.max(0, this.#text.length - until.length + 1) : at + until.length, isKept);
    if (at >= 0) this.#skip = undefined;
    return at >= 0;
  }

  #open(): void {
    if (this.#block !== undefined) this.#parts.cutShort(this.#block);
    this.#block = { line: this.#line, text: "", isCut: false };
  }

  #close(): boolean {
    const at = this.#text.slice(0, CLOSING_TAG_LIMIT).indexOf(">");
    if (at < 0 && this.#text.length < CLOSING_TAG_LIMIT) return false;
    this.#take(at < 0 ? CLOSING_TAG_LIMIT : at + 1, true);
    if (this.#block !== undefined) this.#parts.block(this.#block);
    this.#block = undefined;
    return true;
  }

  #stop(): boolean {
    this.#parts.declaration({ line: this.#line, text: this.#text });
    this.#isStopped = true;
    return false;
  }

  /** Takes characters off the front, into the block where they belong to one. */
  #take(length: number, isKept: boolean): void {
    const piece = this.#text.slice(0, length);
    const block = this.#block;
    if (block !== undefined && isKept) {
      if (block.text.length + length > BLOCK_LIMIT) block.isCut = true;
      block.text = (block.text + piece).slice(0, BLOCK_LIMIT);
    }
    this.#line += newlinesIn(piece);
    this.#text = this.#text.slice(length);
  }
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) count += 1;
  return count;
}
