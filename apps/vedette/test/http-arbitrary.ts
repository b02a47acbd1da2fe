/** Values made from a JSON Schema: mostly such as fit, some that nearly do, some that never will. */
import fc from "fast-check";

export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

export const HOSTILE: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER + 2,
    "",
    "\u0000",
    "'; DROP TABLE event; --",
    "{{7*7}}",
    "<script>",
    "../../etc/passwd",
    "\ud800",
    "‮",
    "%",
    "_",
    '"',
    "*",
    "é".repeat(5000),
    [],
    {},
    [[[[]]]],
    { toString: 1 },
  ),
  fc.string({ maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Words that mean something here: most values of a pattern are of no use. */
const MEANT = [
  "explosion",
  "patrol",
  "2026-06-15T00:00:00Z",
  "2026-02-31T00:00:00Z",
  "2026-06-16T00:00:00.5Z",
  "party-a",
  "UKR",
  "FRA",
  "2022-05-04",
  "Europe/Kyiv",
  "evidence.recorded",
  "verified",
  "reported,located",
  "bang",
  "36,47,38,49",
  "179,-10,-179,10",
  "37 47, 38 47, 38 49",
  "0".repeat(64),
];

/** @param ids of objects that are there */
export function arbitraryOf(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fitting(schema, ids) }, { weight: 1, arbitrary: HOSTILE });
}

function fitting(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, ids)));
  switch (schema.type) {
    case "object":
      return objectOf(schema, ids);
    case "array":
      return arrayOf(schema, ids);
    case "integer":
      return fc.oneof(within(schema).map(Math.round), fc.constantFrom(schema.minimum ?? 0, (schema.maximum ?? 0) + 1));
    case "number":
      return within(schema);
    case "boolean":
      return fc.boolean();
    case "string":
      return textOf(schema, ids);
    default:
      return HOSTILE;
  }
}

const within = ({ minimum = -1000, maximum = 1000 }: Schema): fc.Arbitrary<number> =>
  fc.double({ min: minimum, max: maximum, noNaN: true });

function textOf({ pattern, minLength = 0, maxLength = 60 }: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  const fits = (text: string): boolean =>
    text.length >= minLength && text.length <= maxLength && (pattern === undefined || new RegExp(pattern).test(text));
  const meant = [...ids, ...MEANT].filter(fits);
  const any = fc.string({ minLength, maxLength: Math.min(maxLength, 60) });
  return meant.length === 0 ? any : fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...meant) }, any);
}

function arrayOf({ items = {}, minItems = 0, maxItems = 5, uniqueItems }: Schema, ids: readonly string[]) {
  const most = Math.max(minItems, Math.min(maxItems, 5));
  const item = arbitraryOf(items, ids);
  if (uniqueItems === true) {
    const key = (value: unknown): string => JSON.stringify(value) ?? "";
    return fc.uniqueArray(item, { minLength: minItems, maxLength: most, selector: key });
  }
  return fc.array(item, { minLength: minItems, maxLength: most });
}

function objectOf({ properties = {}, required = [] }: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const parts = Object.entries(properties).map(([name, schema]) => {
    const value = arbitraryOf(schema, ids);
    return [name, required.includes(name) ? value : fc.option(value, { nil: undefined })] as const;
  });
  const whole = fc.record(Object.fromEntries(parts));
  const stray = fc.record({ ...Object.fromEntries(parts), "no-such-member": HOSTILE });
  const short = whole.map((value) => Object.fromEntries(Object.entries(value as object).slice(1)));
  return fc.oneof({ weight: 10, arbitrary: whole }, { weight: 1, arbitrary: stray }, { weight: 1, arbitrary: short });
}
