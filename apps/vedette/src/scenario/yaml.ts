/**
 * YAML 1.2 (core schema) as plain maps, lists, texts and finite numbers, with places. The door of `yaml`.
 * Refused: duplicate keys, merge keys, tags, keys that are not text, several documents, and what costs too much.
 */
import {
  type Alias,
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from "yaml";
import type { Problem } from "../problem.ts";
import { type Entry, type Located, type Place, problemOf } from "./located.ts";

export const MAX_ALIASES = 100;
export const MAX_DEPTH = 64;
export const MAX_VALUES = 2_000_000;
const MAX_SYNTAX_PROBLEMS = 20;
const UNSAFE_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for (YAML 1.2, c-printable)
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]/;
const KNOWN_TAGS = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

export interface Read {
  /** Absent where the file has no readable document. */
  readonly root?: Located;
  readonly problems: readonly Problem[];
}

/** Parses the text of a file; `file` is only for places. Never throws on bad text. */
export function parseYaml(text: string, file: string): Read {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // the library compares every pair of keys; `mapOf` finds duplicates by a table
    resolveKnownTags: false,
    logLevel: "error",
    version: "1.2",
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const control = CONTROL.exec(text);
  if (control)
    return {
      problems: [problemOf(placeAt(control.index), "a control character: expected text")],
    };
  const syntax = syntaxProblems(document, placeAt);
  if (syntax.length > 0) return { problems: syntax };
  if (document.contents === null) return { problems: [problemOf(placeAt(0), "the file is empty")] };
  const reading = new Reading(document, placeAt);
  try {
    const root = reading.read(document.contents, 0);
    return reading.problems.length > 0 ? { problems: reading.problems } : { root, problems: [] };
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return { problems: [...reading.problems, error.problem] };
  }
}

function syntaxProblems(document: Document.Parsed, placeAt: (offset: number) => Place): Problem[] {
  const exhausted = document.errors.find(({ code }) => code === "RESOURCE_EXHAUSTION");
  if (exhausted) return [problemOf(placeAt(exhausted.pos[0]), `nested more than ${MAX_DEPTH} deep`)];
  const tabs = document.errors.filter(({ code }) => code === "TAB_AS_INDENT");
  const told = new Map<number, Problem>();
  // One place that is not readable makes its neighbours unreadable too: the first of a line is told.
  for (const { code, message, pos } of tabs.length > 0 ? tabs : document.errors) {
    const problem = problemOf(placeAt(pos[0]), `not readable as YAML: ${SYNTAX_HINTS[code] ?? message}`);
    const line = problem.line ?? 0;
    if (!told.has(line)) told.set(line, problem);
  }
  return [...told.values()].slice(0, MAX_SYNTAX_PROBLEMS);
}

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab as indentation; expected spaces",
  BLOCK_AS_IMPLICIT_KEY: "a second `key:` on one line; a text with a colon needs quotes",
  MULTIPLE_DOCS: "several documents; expected one, without a `---` between",
  NON_STRING_KEY: "a key that is a map, a list or an alias; expected text",
};

class TooMuch extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** One walk over the library's tree; aliases are expanded here, within a budget, so that no document explodes. */
class Reading {
  readonly problems: Problem[] = [];
  readonly #document: Document.Parsed;
  readonly #placeAt: (offset: number) => Place;
  #values = 0;
  #aliases = 0;

  constructor(document: Document.Parsed, placeAt: (offset: number) => Place) {
    this.#document = document;
    this.#placeAt = placeAt;
  }

  read(node: unknown, depth: number): Located {
    const at = this.#placeOf(node);
    if (depth > MAX_DEPTH) throw new TooMuch(problemOf(at, `nested more than ${MAX_DEPTH} deep`));
    if (++this.#values > MAX_VALUES)
      throw new TooMuch(problemOf(at, `more than ${MAX_VALUES} values, aliases expanded`));
    const tag = (node as Node | null)?.tag;
    if (tag !== undefined && !KNOWN_TAGS.test(tag)) this.#refuse(at, `the tag ${tag}: expected a value without a tag`);
    if (isAlias(node)) return this.#aliasOf(node, at, depth);
    if (isMap(node)) return { kind: "map", at, entries: this.#entriesOf(node.items, depth) };
    if (isSeq(node))
      return {
        kind: "list",
        at,
        items: node.items.map((item) => this.read(item, depth + 1)),
      };
    return {
      kind: "scalar",
      at,
      value: this.#scalarOf(isScalar(node) ? node.value : null, at),
    };
  }

  #aliasOf(alias: Alias, at: Place, depth: number): Located {
    if (++this.#aliases > MAX_ALIASES)
      throw new TooMuch(problemOf(at, `more than ${MAX_ALIASES} aliases, as expanded`));
    const target = alias.resolve(this.#document);
    if (target === undefined) this.#refuse(at, `the alias *${alias.source} has no anchor before it`);
    return this.read(target, depth + 1);
  }

  #entriesOf(pairs: readonly Pair[], depth: number): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const { key, value } of pairs) {
      const keyAt = this.#placeOf(key);
      const name = isScalar(key) ? String(key.value ?? "") : "";
      if (name === "<<") this.#refuse(keyAt, "a merge key `<<` is not supported: use `extends` and `patch`");
      else if (CONTROL.test(name)) this.#refuse(keyAt, "a key with a control character");
      else if (UNSAFE_KEYS.has(name)) this.#refuse(keyAt, `the key \`${name}\` is reserved`);
      else if (entries.has(name)) {
        const first = entries.get(name)?.keyAt.line;
        this.#refuse(keyAt, `the key \`${name}\` stands twice in this map: first on line ${first}`);
      }
      const node = value === null ? null : this.read(value, depth + 1);
      entries.set(name, {
        keyAt,
        node: node ?? { kind: "scalar", at: keyAt, value: null },
      });
    }
    return entries;
  }

  #scalarOf(value: unknown, at: Place): string | number | boolean | null {
    if (typeof value === "number" && !Number.isFinite(value)) this.#refuse(at, `not a finite number: ${value}`);
    if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
    return null;
  }

  #refuse(place: Place, message: string): void {
    this.problems.push(problemOf(place, message));
  }

  #placeOf(node: unknown): Place {
    return this.#placeAt((node as Node | null)?.range?.[0] ?? 0);
  }
}

/** Plain data as YAML text. Lists of scalars take one line, as do maps whose keys `isOnOneLine` accepts, such as vertices. */
export function yamlTextOf(value: unknown, isOnOneLine: (keys: readonly string[]) => boolean): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Map(_, map) {
      if (isOnOneLine(map.items.map(({ key }) => String(key)))) map.flow = true;
    },
    Seq(_, list) {
      if (list.items.every(isScalar)) list.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
