/**
 * Why a document does not fit its schema, in words, at the place that is wrong. TypeBox decides whether it fits;
 * this explains. Understands the keywords in `KEYWORDS`; a test holds that the schemas of `wire` use no other.
 */
import { Id, NationCode } from "@vedette/wire/common";
import type { JsonSchema } from "@vedette/wire/schemas";
import type { Problem } from "../problem.ts";
import { type Cursor, childOf, entriesOf, itemsOf, problemAt, scalarOf } from "./located.ts";
import { anyOf, foundOf, nearestOf, quoted, suggestionOf } from "./words.ts";

/** Every keyword that `problemsAgainst` heeds (title and description are words for people). */
export const KEYWORDS: readonly (keyof JsonSchema)[] = [
  ...(["type", "title", "description", "const", "anyOf", "properties", "patternProperties", "required"] as const),
  ...(["additionalProperties", "items", "minItems", "minLength", "pattern"] as const),
  ...(["minimum", "maximum", "exclusiveMinimum"] as const),
];

/** What keys of a pattern look like, in words. */
const KEY_WORDS = new Map(
  [Id, NationCode].map(({ pattern, description }: JsonSchema) => [pattern ?? "", description ?? ""]),
);

/** Every place at which the value does not fit, in document order; none where it fits. */
export function problemsAgainst(schema: JsonSchema, cursor: Cursor): Problem[] {
  if (schema.anyOf) return explainUnion(schema, schema.anyOf, cursor);
  if (schema.const !== undefined) return scalarOf(cursor) === schema.const ? [] : [wrong(schema, cursor)];
  switch (schema.type) {
    case "object":
      return cursor.node.kind === "map" ? explainMap(schema, cursor) : [wrong(schema, cursor)];
    case "array":
      return cursor.node.kind === "list" ? explainList(schema, cursor) : [wrong(schema, cursor)];
    case undefined:
      return [];
    default:
      return fitsScalar(schema, scalarOf(cursor)) ? [] : [wrong(schema, cursor)];
  }
}

function fitsScalar(schema: JsonSchema, value: unknown): boolean {
  if (schema.type === "null") return value === null;
  if (schema.type === "string") {
    if (typeof value !== "string") return false;
    // JSON Schema counts characters, not UTF-16 code units.
    return (
      [...value].length >= (schema.minLength ?? 0) &&
      (schema.pattern === undefined || new RegExp(schema.pattern, "u").test(value))
    );
  }
  if (schema.type === "boolean") return typeof value === "boolean";
  if (typeof value !== "number" || (schema.type === "integer" && !Number.isInteger(value))) return false;
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = schema;
  return value >= minimum && value <= maximum && value > exclusiveMinimum;
}

function explainMap(schema: JsonSchema, cursor: Cursor): Problem[] {
  const properties = schema.properties ?? {};
  const patterns = Object.entries(schema.patternProperties ?? {});
  const present = entriesOf(cursor);
  const problems = present.flatMap(([key, child]) => {
    if (Object.hasOwn(properties, key)) return problemsAgainst(properties[key] ?? {}, child);
    const matching = patterns.filter(([pattern]) => new RegExp(pattern, "u").test(key));
    if (matching.length > 0) return matching.flatMap(([, value]) => problemsAgainst(value, child));
    return schema.additionalProperties === false ? [unknownKey(schema, key, child)] : [];
  });
  // A misspelt key is told once: not again as the key that it was meant to be.
  const meantBy = (key: string) => (Object.hasOwn(properties, key) ? key : nearestOf(key, schema.required ?? []));
  const keys = new Set(present.map(([key]) => meantBy(key)));
  const missing = (schema.required ?? []).filter((key) => !keys.has(key));
  return [...problems, ...missing.map((key) => missingKey(key, properties[key], cursor))];
}

function unknownKey(schema: JsonSchema, key: string, child: Cursor): Problem {
  const [pattern] = Object.keys(schema.patternProperties ?? {});
  if (pattern === undefined) {
    const known = Object.keys(schema.properties ?? {});
    return problemAt(child, `unknown key ${quoted(key)}${suggestionOf(key, known)}`, "key");
  }
  const expected = KEY_WORDS.get(pattern) ?? `a key that matches ${pattern}`;
  return problemAt(child, `the key ${quoted(key)} is not allowed: expected ${expected}`, "key");
}

function missingKey(key: string, schema: JsonSchema | undefined, cursor: Cursor): Problem {
  const expected = schema === undefined ? "" : `: expected ${expectedOf(schema)}`;
  return problemAt(cursor, `\`${key}\` is missing${expected}`, "key");
}

function explainList(schema: JsonSchema, cursor: Cursor): Problem[] {
  const items = itemsOf(cursor);
  const few = items.length < (schema.minItems ?? 0) ? [wrong(schema, cursor)] : [];
  return [...few, ...items.flatMap((item) => problemsAgainst(schema.items ?? {}, item))];
}

/** One branch is meant: the one whose own keys stand there. Only its problems are told. */
function explainUnion(schema: JsonSchema, branches: readonly JsonSchema[], cursor: Cursor): Problem[] {
  if (branches.some((branch) => problemsAgainst(branch, cursor).length === 0)) return [];
  const maps = branches.filter(({ type }) => type === "object");
  if (cursor.node.kind !== "map" || maps.length < branches.length) return [wrong(schema, cursor)];
  const own = maps.map((branch) => ownKeysOf(branch, maps));
  const meant = maps.filter((_, i) => own[i]?.some((key) => childOf(cursor, key)));
  const only = meant[0] ?? maps.find((_, i) => own[i]?.length === 0);
  if (meant.length > 1) return [problemAt(cursor, twoForms(own.flat(), cursor), "key")];
  if (only) return problemsAgainst(only, cursor);
  return [
    ...new Map(commonProblems(maps, cursor).map((one) => [one.message, one])).values(),
    needs(own, schema, cursor),
  ];
}

/** Keys that one form requires and no other form knows: by them a reader tells which form is meant. */
function ownKeysOf(branch: JsonSchema, branches: readonly JsonSchema[]): string[] {
  const others = branches.filter((other) => other !== branch);
  return (branch.required ?? []).filter((key) =>
    others.every(({ properties = {} }) => !Object.hasOwn(properties, key)),
  );
}

function twoForms(ownKeys: readonly string[], cursor: Cursor): string {
  const present = ownKeys.filter((key) => childOf(cursor, key)).map((key) => `\`${key}\``);
  return `has ${present.join(" and ")}, which exclude each other: keep one (in a patch, null removes a key)`;
}

function needs(own: readonly (readonly string[])[], schema: JsonSchema, cursor: Cursor): Problem {
  const forms = own.map((keys) => keys.map((key) => `\`${key}\``).join(" with "));
  const words = schema.description === undefined ? "" : `: expected ${schema.description}`;
  return problemAt(cursor, `needs ${anyOf(forms)}${words}`, "key");
}

/** What is wrong under every form alike: the keys that they share, and keys that none of them knows. */
function commonProblems(branches: readonly JsonSchema[], cursor: Cursor): Problem[] {
  const properties = Object.assign({}, ...branches.map((branch) => branch.properties ?? {}));
  const required = branches[0]?.required?.filter((key) => branches.every((branch) => branch.required?.includes(key)));
  return explainMap({ properties, required: required ?? [], additionalProperties: false }, cursor);
}

function wrong(schema: JsonSchema, cursor: Cursor): Problem {
  const hint = quotedNumber(schema, scalarOf(cursor)) ? "; write the number without quotes" : "";
  const near = suggestionAmong(schema, scalarOf(cursor));
  return problemAt(cursor, `expected ${expectedOf(schema)}, found ${foundOf(cursor.node)}${near}${hint}`);
}

function quotedNumber({ type }: JsonSchema, value: unknown): boolean {
  return (type === "number" || type === "integer") && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
}

function suggestionAmong({ anyOf: branches }: JsonSchema, value: unknown): string {
  const words = branches?.map((branch) => branch.const) ?? [];
  if (typeof value !== "string" || words.length === 0) return "";
  const suggestion = suggestionOf(
    value,
    words.filter((word) => typeof word === "string"),
  );
  return suggestion.includes("did you mean") ? suggestion : "";
}

/** What a value of this schema looks like, in words. */
export function expectedOf(schema: JsonSchema): string {
  const words = schema.description === undefined ? "" : ` (${schema.description})`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) {
    const isMaps = schema.anyOf.every(({ type }) => type === "object");
    return isMaps ? `a map${words}` : anyOf(schema.anyOf.map(expectedOf));
  }
  switch (schema.type) {
    case "object":
      return `a map${words}`;
    case "array":
      return schema.minItems ? `a list of at least ${schema.minItems}${words}` : `a list${words}`;
    case "string":
      return (schema.minLength ?? 0) > 1 ? `text of ${schema.minLength} or more characters${words}` : `text${words}`;
    case "number":
    case "integer":
      return `${schema.type === "integer" ? "a whole number" : "a number"}${rangeOf(schema)}${words}`;
    case "boolean":
      return `true or false${words}`;
    case "null":
      return "null";
    default:
      return "a value";
  }
}

function rangeOf({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  const parts = [
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ];
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}
