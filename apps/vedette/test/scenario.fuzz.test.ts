/** Hostile files: each gives clear problems in bounded time, none a crash, an escape, or a polluted prototype. */
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type JsonSchema, jsonSchemaOf, misfitsOf, SCHEMA_NAMES } from "@vedette/wire/schemas";
import fc from "fast-check";
import { KEYWORDS, problemsAgainst } from "../src/scenario/explain.ts";
import { inspectScenario } from "../src/scenario/load.ts";
import { type Located, plainOf, rootCursor } from "../src/scenario/located.ts";
import { resolveReference } from "../src/scenario/paths.ts";
import { parseYaml } from "../src/scenario/yaml.ts";
import { NETWORK, REQUESTS, SCENARIO, temporaryFolder, writeScenario, ZONES } from "./scenario-fixture.ts";

const messageOf = (text: string) =>
  parseYaml(text, "/x.yaml")
    .problems.map(({ message }) => message)
    .join("\n");

const laughs = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"];
for (const [name, before] of ["ba", "cb", "dc", "ed", "fe", "gf", "hg", "ih"].map(
  (pair) => [...pair] as [string, string],
)) {
  laughs.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]`);
}

const HOSTILE: readonly (readonly [string, string, RegExp])[] = [
  ["billion laughs", laughs.join("\n"), /more than 100 aliases, as expanded/],
  ["an alias of itself", "a: &a [*a]", /more than 100 aliases|nested more than 64 deep|alias/],
  ["an alias without an anchor", "a: *nowhere", /nowhere/],
  ["one alias too many", `a: &x 1\nb: [${"*x, ".repeat(101)}]`, /more than 100 aliases/],
  ["a merge key", "base: &b { a: 1 }\nmore:\n  <<: *b", /merge key `<<` is not supported/],
  ["__proto__", "__proto__: { polluted: true }", /the key `__proto__` is reserved/],
  ["constructor", "a: { constructor: { prototype: { polluted: true } } }", /the key `constructor` is reserved/],
  ["a custom tag", "a: !!js/function 'return 1'", /the tag .*js\/function: expected a value without a tag/],
  ["a local tag", "a: !include /etc/passwd", /the tag !include/],
  ["binary tag", "a: !!binary aGVsbG8=", /the tag .*binary/],
  ["deep flow lists", "[".repeat(50_000), /nested more than 64 deep/],
  ["deep block lists", `${"- ".repeat(50_000)}a`, /nested more than 64 deep/],
  ["deep maps", Array.from({ length: 70 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"), /nested more than 64 deep/],
  ["infinity", "a: .inf", /not a finite number: Infinity/],
  ["not a number", "a: .nan", /not a finite number: NaN/],
  ["too large a number", "a: 1e999", /not a finite number/],
  ["two documents", "a: 1\n---\nb: 2", /several documents; expected one/],
  ["a map as key", "? { a: 1 }\n: b", /a key that is a map, a list or an alias/],
  ["escape codes", "a: \u001b[2J", /a control character/],
  ["escape codes in a key", '"\\e[2J": 1', /a key with a control character/],
  ["a million quotes", '"'.repeat(100_000), /not readable as YAML/],
  ["an open quote", 'a: "never closed', /not readable as YAML: Missing closing/],
];

for (const [name, text, expected] of HOSTILE) {
  test(`hostile YAML: ${name}`, () => {
    const startedMs = performance.now();
    const { root, problems } = parseYaml(text, "/x.yaml");
    assert.equal(root, undefined, "nothing of a hostile file is used");
    assert.match(problems.map(({ message }) => message).join("\n"), expected);
    assert.ok(problems.length <= 110, `${problems.length} problems`);
    assert.ok(performance.now() - startedMs < 10_000, "in bounded time");
    assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  });
}

test("a few anchors and aliases are welcome, and 64 levels", () => {
  const { root } = parseYaml("a: &a { x: 1 }\nb: [*a, *a]\n", "/x.yaml");
  assert.deepEqual(root && plainOf(root), { a: { x: 1 }, b: [{ x: 1 }, { x: 1 }] });
  assert.equal(messageOf(`${"[".repeat(60)}${"]".repeat(60)}`), "");
});

test("months, country codes and times stay text, as YAML 1.2 has it", () => {
  const { root } = parseYaml('01: a\nNO: NO\nat: 2026-06-15T00:00:00Z\nyes: yes\n"6": b', "/x.yaml");
  assert.deepEqual(root && plainOf(root), { "01": "a", NO: "NO", at: "2026-06-15T00:00:00Z", yes: "yes", "6": "b" });
});

test("any text at all: problems or a document, never a throw; places lie in the text", () => {
  const pieces = fc.constantFrom(
    ..."abc:-[]{}&*!|>'\"%@`#,?\n\t 01".split(""),
    "a: ",
    "\n  ",
    "- ",
    "<<: ",
    "&a ",
    "*a",
    "---\n",
    "__proto__: ",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(pieces, { maxLength: 60 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, (source) => {
      const { root, problems } = parseYaml(source, "/x.yaml");
      assert.equal(root === undefined, problems.length > 0);
      const lines = source.split("\n").length;
      for (const { line } of problems) assert.ok(line === undefined || (line >= 1 && line <= lines + 1));
    }),
    { numRuns: 2000 },
  );
});

const OUTSIDE: readonly (readonly [string, RegExp])[] = [
  ["../secret.yaml", /leads out of the folder/],
  ["sub/../../secret.yaml", /leads out of the folder/],
  ["/etc/passwd", /is an absolute path/],
  ["data/../package.json", /leads out of the shipped data/],
  ["data/../../../etc/passwd", /leads out of the shipped data/],
  ["data//etc/passwd", /leads out of the shipped data/],
  ["C:/secret.yaml", /names a drive or a protocol/],
  ["file:///etc/passwd", /names a drive or a protocol/],
  ["https://example.org/x.yaml", /names a drive or a protocol/],
  ["\\\\server\\share\\x.yaml", /has a backslash/],
  ["..\\secret.yaml", /has a backslash/],
  ["//server/share/x.yaml", /is an absolute path/],
  ["link/secret.yaml", /leads out of the folder .* through a symbolic link/],
  ["link.yaml", /leads out of the folder .* through a symbolic link/],
  ["dangling.yaml", /is not there/],
  ["round.yaml", /is not there/],
  ["x\0.yaml", /NUL/],
];

test("references never leave the folder of the file that names them, nor the shipped data", async (t) => {
  const top = temporaryFolder(t);
  const folder = join(top, "scenario");
  mkdirSync(folder);
  writeFileSync(join(top, "secret.yaml"), ZONES);
  symlinkSync(top, join(folder, "link"));
  symlinkSync(join(top, "secret.yaml"), join(folder, "link.yaml"));
  symlinkSync(join(top, "nowhere"), join(folder, "dangling.yaml"));
  symlinkSync(join(folder, "round.yaml"), join(folder, "round.yaml"));
  for (const [reference, expected] of OUTSIDE) {
    const resolved = resolveReference(reference, folder);
    assert.ok("refused" in resolved, reference);
    assert.match(resolved.refused, expected);
  }
  writeFileSync(join(folder, "inside.yaml"), ZONES);
  symlinkSync(join(folder, "inside.yaml"), join(folder, "beside.yaml"));
  for (const fine of ["inside.yaml", "./inside.yaml", "beside.yaml", "../scenario/inside.yaml"]) {
    assert.ok("path" in resolveReference(fine, folder), fine);
  }
});

test("whatever is written as a reference, what resolves lies inside", (t) => {
  const folder = writeScenario(t);
  const part = fc.constantFrom("..", ".", "data", "zones.yaml", "", "a", "etc", "~", "%2e%2e", "...", "scenario.yaml");
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const resolved = resolveReference(parts.join("/"), folder);
      if (!("path" in resolved)) return;
      const shipped = resolved.path.includes("/data") && parts[0] === "data";
      assert.ok(shipped || resolved.path === folder || resolved.path.startsWith(`${folder}/`), resolved.path);
    }),
    { numRuns: 2000 },
  );
});

test("a traversal in any reference of a scenario is a problem at its place", async (t) => {
  for (const key of ["network", "zones", "requests", "world", "boundaries", "extends"]) {
    const text = `${SCENARIO.replace(new RegExp(`^${key}: .*\n`, "m"), "")}${key}: ../../etc/passwd\n`;
    const { problems } = await inspectScenario(join(writeScenario(t, { "scenario.yaml": text }), "scenario.yaml"));
    const found = problems.find(({ path }) => path === key);
    assert.match(found?.message ?? "", /leads out of the folder of the file that names it/, key);
    assert.equal(found?.line, text.split("\n").length - 1, key);
  }
});

test("the explanation knows every keyword that the schemas use", () => {
  const used = new Set<string>();
  const visit = (schema: JsonSchema): void => {
    for (const key of Object.keys(schema)) used.add(key);
    const inside = [...Object.values(schema.properties ?? {}), ...Object.values(schema.patternProperties ?? {})];
    for (const part of [...inside, ...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])]) visit(part);
  };
  for (const name of SCHEMA_NAMES) visit(JSON.parse(JSON.stringify(jsonSchemaOf(name))) as JsonSchema);
  assert.ok(used.size > 10, "no keyword seen: this test would pass by not looking");
  assert.deepEqual(
    [...used].filter((key) => !(KEYWORDS as readonly string[]).includes(key)),
    [],
  );
});

const DOCUMENTS = { scenario: SCENARIO, network: NETWORK, zones: ZONES, requests: REQUESTS } as const;

/** Some value of the document, by any path, replaced by anything or removed. */
function mutated(node: unknown, steps: readonly number[], replacement: unknown): unknown {
  const [step, ...rest] = steps;
  if (typeof node !== "object" || node === null || step === undefined) return replacement;
  const keys = Object.keys(node);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return replacement;
  if (rest.length === 0 && replacement === undefined) {
    const entries = Object.entries(node).filter(([name]) => name !== key);
    return Array.isArray(node) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
  }
  const changed = mutated((node as Record<string, unknown>)[key], rest, replacement);
  if (Array.isArray(node)) return node.map((value, i) => (String(i) === key ? changed : value));
  return { ...node, [key]: changed };
}

function locatedOf(value: unknown): Located {
  const at = { file: "/x.yaml", line: 1, column: 1 };
  if (Array.isArray(value)) return { kind: "list", at, items: value.map(locatedOf) };
  if (typeof value !== "object" || value === null) return { kind: "scalar", at, value: value as string };
  return {
    kind: "map",
    at,
    entries: new Map(Object.entries(value).map(([key, item]) => [key, { keyAt: at, node: locatedOf(item) }])),
  };
}

const ANYTHING = fc.oneof(
  fc.constantFrom<unknown>(null, true, "", "a", "Kyiv", "optical", "FRA", 0, -1, 1, 0.5, 91, 1e9, [], {}, ["optical"]),
  fc.constantFrom<unknown>(
    { value: 1, source: "x" },
    { value: 1, assumed: "why" },
    { value: 1 },
    { value: 1, source: "x", assumed: "why" },
  ),
  fc.constant(undefined),
  fc.jsonValue({ maxDepth: 2 }),
);

test("the explanation and TypeBox agree on what fits, whatever is changed in a document", () => {
  let [fits, misfits] = [0, 0];
  for (const [name, text] of Object.entries(DOCUMENTS) as [keyof typeof DOCUMENTS, string][]) {
    const { root } = parseYaml(text, "/x.yaml");
    const plain = root && plainOf(root);
    assert.deepEqual(misfitsOf(name, plain), []);
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }), ANYTHING, (steps, replacement) => {
        const value = mutated(plain, steps, replacement) ?? null;
        fc.pre(!JSON.stringify(value).includes("__proto__"));
        const explained = problemsAgainst(jsonSchemaOf(name), rootCursor(locatedOf(value), ""));
        const judged = misfitsOf(name, value);
        assert.equal(
          explained.length > 0,
          judged.length > 0,
          JSON.stringify({ value, explained, judged }).slice(0, 2000),
        );
        if (judged.length > 0) misfits++;
        else fits++;
      }),
      { numRuns: 2000 },
    );
  }
  assert.ok(fits > 100 && misfits > 1000, `both sides were tried: ${fits} fit, ${misfits} did not`);
});

test("any bytes in any file of a scenario: problems, never a throw", async (t) => {
  const files = ["scenario.yaml", "network.yaml", "zones.yaml", "requests.yaml", "elements.tle"] as const;
  const folder = writeScenario(t);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), fc.uint8Array({ maxLength: 80 }), async (name, bytes) => {
      writeScenarioInto(folder, name, bytes);
      const { problems, loaded } = await inspectScenario(join(folder, "scenario.yaml"));
      assert.equal(loaded === undefined, problems.length > 0);
      assert.ok(problems.every(({ file, message }) => file !== "" && message !== "" && !/\n/.test(message)));
    }),
    { numRuns: 300 },
  );
});

test("a network cut off anywhere: problems, never a throw", async (t) => {
  const folder = writeScenario(t);
  await fc.assert(
    fc.asyncProperty(fc.nat(NETWORK.length - 1), async (length) => {
      writeScenarioInto(folder, "network.yaml", NETWORK.slice(0, length));
      const { problems, loaded } = await inspectScenario(join(folder, "scenario.yaml"));
      assert.equal(loaded === undefined, problems.length > 0);
    }),
    { numRuns: 200 },
  );
});

/** The sound scenario, but for one file. */
function writeScenarioInto(folder: string, name: string, content: string | Uint8Array): void {
  const sound = { "scenario.yaml": SCENARIO, "network.yaml": NETWORK, "zones.yaml": ZONES, "requests.yaml": REQUESTS };
  for (const [file, text] of Object.entries(sound)) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, name), content);
}
