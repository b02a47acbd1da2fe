/** The law of the house, held over the whole tree, and shown to catch each kind of breach. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { DOORS, FLOORS, findBreaches, importsOf, PEERS } from "./floors.ts";

const ROOT = new URL("../", import.meta.url);
const paths = globSync("{packages,apps}/*/{{src,test,bin}/**/*.{ts,tsx,mts,mjs,js},*.mjs}", { cwd: ROOT })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !path.includes("node_modules/"));
const tree = new Map(paths.map((path) => [path, readFileSync(new URL(path, ROOT), "utf8")]));

test("the whole tree keeps the law", () => {
  for (const house of ["packages/core/src", "packages/kernel/src", "packages/wire/src", "apps/vedette/src"]) {
    assert.ok(
      paths.some((path) => path.startsWith(`${house}/`)),
      `no files seen in ${house}: this test would pass by not looking`,
    );
  }
  assert.deepEqual(findBreaches(tree), []);
});

test("every package that we ship has a door, and every door a package", () => {
  const manifests = globSync("{packages,apps}/*/package.json", { cwd: ROOT });
  assert.ok(manifests.length >= 3, `saw ${manifests.length} packages`);
  const shipped = manifests.flatMap((path) =>
    Object.keys(JSON.parse(readFileSync(new URL(path, ROOT), "utf8")).dependencies ?? {}),
  );
  const outside = new Set(shipped.filter((name) => !name.startsWith("@vedette/") && !PEERS.includes(name)));
  assert.deepEqual([...outside].sort(), Object.keys(DOORS).sort());
});

test("every outside package is met at its door in the tree", () => {
  const met = new Set([...tree].flatMap(([, text]) => importsOf(text).map(({ target }) => target)));
  const shut = Object.keys(DOORS).filter((name) => ![...met].some((to) => to === name || to.startsWith(`${name}/`)));
  assert.deepEqual(shut, []);
});

const GEO = "packages/core/src/geo/a.ts";
const ORBIT = "packages/core/src/orbit/b.ts";
const planted: readonly {
  readonly fault: string;
  readonly files: Record<string, string>;
  readonly says: RegExp;
}[] = [
  {
    fault: "a higher floor",
    files: { [GEO]: 'import { b } from "../orbit/b.ts";', [ORBIT]: "" },
    says: /floor above/,
  },
  {
    fault: "a type from a higher floor",
    files: { [GEO]: 'import type { B } from "../orbit/b.ts";', [ORBIT]: "" },
    says: /floor above/,
  },
  {
    fault: "an import over several lines",
    files: {
      [GEO]: 'import {\n  type A,\n  b,\n} from "../orbit/b.ts";',
      [ORBIT]: "",
    },
    says: /floor above/,
  },
  {
    fault: "a re-export",
    files: { [GEO]: 'export * from "../orbit/b.ts";', [ORBIT]: "" },
    says: /floor above/,
  },
  {
    fault: "a dynamic import",
    files: { [GEO]: 'const b = await import("../orbit/b.ts");', [ORBIT]: "" },
    says: /floor above/,
  },
  {
    fault: "an import type",
    files: { [GEO]: 'type B = import("../orbit/b.ts").B;', [ORBIT]: "" },
    says: /floor above/,
  },
  {
    fault: "a bare import",
    files: { [GEO]: '/* why */ import "../orbit/b.ts";', [ORBIT]: "" },
    says: /floor above/,
  },
  {
    fault: "a higher floor by the package's own name",
    files: { [GEO]: 'import { b } from "@vedette/core/orbit/b";', [ORBIT]: "" },
    says: /floor above/,
  },
  {
    fault: "a worker on a higher floor",
    files: {
      "apps/vedette/src/feeds/a.ts": 'const w = new URL("../engine/worker.ts", import.meta.url);',
      "apps/vedette/src/engine/worker.ts": "",
    },
    says: /floor above/,
  },
  {
    fault: "a computed import",
    files: { [GEO]: "const b = await import(name);" },
    says: /computed/,
  },
  {
    fault: "a new folder",
    files: { "packages/core/src/misc/a.ts": "" },
    says: /stands on no floor/,
  },
  {
    fault: "a new package",
    files: { "packages/extra/src/a.ts": "" },
    says: /stands on no floor/,
  },
  {
    fault: "a file that is not there",
    files: { [GEO]: 'import { b } from "./none.ts";' },
    says: /not there/,
  },
  {
    fault: "Node in core",
    files: { [GEO]: 'import { readFileSync } from "node:fs";' },
    says: /no Node/,
  },
  {
    fault: "Node in the browser",
    files: { "apps/vedette/src/report/client/a.ts": 'import "node:fs";' },
    says: /runs in the browser/,
  },
  {
    fault: "Node in the browser, one file further",
    files: {
      "apps/vedette/src/report/client/a.ts": 'import { b } from "../b.ts";',
      "apps/vedette/src/report/b.ts": 'import { readFileSync } from "node:fs";',
    },
    says: /b\.ts: imports node:fs, but runs in the browser/,
  },
  {
    fault: "a second door",
    files: { [GEO]: 'import { propagate } from "satellite.js";' },
    says: /one door/,
  },
  {
    fault: "a second door by a sub-path",
    files: { [ORBIT]: 'import x from "h3-js/legacy";' },
    says: /one door/,
  },
  {
    fault: "a stranger",
    files: { [GEO]: 'import _ from "lodash";' },
    says: /no door/,
  },
  {
    fault: "a stranger by require",
    files: { [GEO]: 'const _ = require("lodash");' },
    says: /no door/,
  },
  {
    fault: "wire in core",
    files: { [GEO]: 'import type { N } from "@vedette/wire/network";' },
    says: /may not|not there/,
  },
  {
    fault: "core's values in wire",
    files: {
      "packages/wire/src/a.ts": 'import { a } from "@vedette/core/geo/a";',
      [GEO]: "",
    },
    says: /only types/,
  },
  {
    fault: "the app in the room",
    files: {
      "apps/room/src/a.ts": 'import "../../vedette/src/problem.ts";',
      "apps/vedette/src/problem.ts": "",
    },
    says: /may not/,
  },
  {
    fault: "the room in the app",
    files: {
      "apps/vedette/src/cli/a.ts": 'import type { R } from "@vedette/room/a";',
      "apps/room/src/a.ts": "",
    },
    says: /may not/,
  },
  {
    fault: "another package by a path",
    files: {
      "apps/vedette/src/cli/a.ts": 'import "../../../../packages/core/src/geo/a.ts";',
      [GEO]: "",
    },
    says: /use its name/,
  },
  {
    fault: "a test of core that uses the app",
    files: { "packages/core/test/a.test.ts": 'import "@vedette/app/problem";' },
    says: /may not/,
  },
  {
    fault: "the clock",
    files: { [GEO]: "const t = Date.now();" },
    says: /Date\.now/,
  },
  {
    fault: "the clock by a bare Date",
    files: { [GEO]: "const t = new Date();" },
    says: /new Date/,
  },
  {
    fault: "dice",
    files: { [GEO]: "const p = Math.random();" },
    says: /Math\.random/,
  },
  {
    fault: "a module variable",
    files: { [GEO]: "let cache = 0;" },
    says: /module variable/,
  },
  {
    fault: "a cycle of types on one floor",
    files: {
      [GEO]: 'import type { C } from "./c.ts";',
      "packages/core/src/geo/c.ts": 'import type { A } from "./a.ts";',
    },
    says: /cycle .*a\.ts -> .*c\.ts -> .*a\.ts/,
  },
];

for (const { fault, files, says } of planted) {
  test(`planted: ${fault}`, () => {
    const breaches = findBreaches(new Map(Object.entries(files)));
    assert.ok(
      breaches.some((line) => says.test(line)),
      `not caught: ${JSON.stringify(breaches)}`,
    );
  });
}

test("what is allowed is not flagged", () => {
  const files = {
    [GEO]: '/** `import { b } from "../orbit/b.ts"` is only a comment. */\nexport const a = "https://example.org";',
    [ORBIT]: 'import { a } from "../geo/a.ts";\nexport const b = new Date(0).getTime() + a.length;',
    "packages/core/src/orbit/sgp4.ts": 'import { propagate } from "satellite.js";',
    "packages/core/test/b.test.ts": 'import { readFileSync } from "node:fs";\nimport { b } from "../src/orbit/b.ts";',
    "packages/wire/src/a.ts": 'import type { A } from "@vedette/core/geo/a";\nimport Type from "typebox";',
    "packages/wire/test/a.test.ts": 'import { a } from "@vedette/core/geo/a";',
    "apps/vedette/src/cli/a.ts": 'import { a } from "@vedette/core/geo/a";\nimport { p } from "../problem.ts";',
    "apps/vedette/src/problem.ts": "let count = 0;",
  };
  assert.deepEqual(findBreaches(new Map(Object.entries(files))), []);
});

test("core's floors are the fifteen of the design", () => {
  assert.equal(FLOORS["packages/core/src"]?.length, 15);
});
