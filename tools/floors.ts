/** The law of the house as a function: source texts in, breaches out. `floors.test.ts` applies it to the tree. */
import { posix } from "node:path";

/** Each house's rooms, lowest first. A file imports from its own floor or from one below; type imports count. */
export const FLOORS: Readonly<Record<string, readonly string[]>> = {
  "packages/core/src": [
    "numerics",
    "time",
    "geo",
    "record",
    "orbit",
    "motion",
    "network",
    "link",
    "access",
    "sense",
    "agreement",
    "verify",
    "plan",
    "coalition",
    "exercise",
  ],
  "packages/kernel/src": ["."],
  "packages/wire/src": ["."],
  "packages/client/src": ["."],
  "apps/vedette/src": [
    "problem.ts",
    "release",
    "store",
    "people",
    "feeds",
    "scenario",
    "corroborate",
    "engine",
    "report",
    "exercise",
    "evaluate",
    "workspace",
    "http",
    "cli",
  ],
  "apps/room/src": ["."],
};

/** Which other packages a package may import; `types` means `import type` only. `apps/room` never meets `apps/vedette`. */
const MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, "all" | "types">>>> = {
  "packages/core": { "packages/kernel": "all" },
  "packages/kernel": {},
  "packages/wire": { "packages/core": "types" },
  "packages/client": {},
  "apps/vedette": {
    "packages/core": "all",
    "packages/kernel": "all",
    "packages/wire": "all",
    "packages/client": "all",
  },
  "apps/room": { "packages/core": "all", "packages/kernel": "all", "packages/wire": "all", "packages/client": "all" },
};

const HOME_OF: Readonly<Record<string, string>> = {
  "@vedette/core": "packages/core",
  "@vedette/kernel": "packages/kernel",
  "@vedette/wire": "packages/wire",
  "@vedette/client": "packages/client",
  "@vedette/app": "apps/vedette",
  "@vedette/room": "apps/room",
};

/** One door per outside package: a file, or a folder that ends in a slash. Nothing else in any `src` imports it. */
export const DOORS: Readonly<Record<string, string>> = {
  "satellite.js": "packages/core/src/orbit/sgp4.ts",
  "h3-js": "packages/core/src/geo/cells.ts",
  "geographiclib-geodesic": "packages/core/src/geo/geodesic.ts",
  assemblyscript: "packages/kernel/build.mjs",
  "@noble/hashes": "packages/core/src/record/",
  "@noble/curves": "packages/core/src/record/",
  canonicalize: "packages/core/src/record/hash.ts",
  typebox: "packages/wire/src/",
  yaml: "apps/vedette/src/scenario/yaml.ts",
  "csv-parse": "apps/vedette/src/feeds/catalogue/lines.ts",
  "fast-xml-parser": "apps/vedette/src/feeds/catalogue/xml.ts",
  "@tmcw/togeojson": "apps/vedette/src/feeds/kml.ts",
  "@xmldom/xmldom": "apps/vedette/src/feeds/kml.ts",
  piscina: "apps/vedette/src/engine/",
  "hyparquet-writer": "apps/vedette/src/report/files/ledger-parquet.ts",
  "ical-generator": "apps/vedette/src/report/files/passes-ics.ts",
  esbuild: "apps/vedette/src/report/bundle.ts",
  "@observablehq/plot": "apps/vedette/src/report/client/",
  fastify: "apps/vedette/src/http/",
  "@fastify/cookie": "apps/vedette/src/http/",
  "@fastify/helmet": "apps/vedette/src/http/",
  "@fastify/swagger": "apps/vedette/src/http/",
  "@fastify/type-provider-typebox": "apps/vedette/src/http/",
  "@fastify/rate-limit": "apps/vedette/src/http/",
  "@simplewebauthn/server": "apps/vedette/src/people/",
  "openid-client": "apps/vedette/src/people/",
  argon2: "apps/vedette/src/people/passwords.ts",
  kysely: "apps/vedette/src/",
  "@cedar-policy/cedar-wasm": "apps/vedette/src/release/cedar.ts",
  "onnxruntime-web": "apps/vedette/src/exercise/policy-onnx.ts",
  "@bufbuild/protobuf": "apps/vedette/src/exercise/onnx-file.ts",
  pg: "apps/vedette/src/store/",
  commander: "apps/vedette/src/cli/",
  "cli-progress": "apps/vedette/src/cli/",
};

/** Shipped because a package of ours asks for it as its peer; no file of ours imports it. */
export const PEERS: readonly string[] = ["ajv-formats"];

/** The compiled kernels: made by the set-up, in no repository. */
const BUILT = "packages/kernel/build/bytes.ts";

/** Starts in the reader's browser: nothing that it reaches may need Node. */
const BROWSER = "apps/vedette/src/report/client/";

/** What makes an answer depend on more than its arguments. DOM and Node names do not compile in core to begin with. */
const IMPURE =
  /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\bMath\.random\b|\bperformance\.|\bTemporal\.Now\b|\bcrypto\.|\bglobalThis\b|\bfetch\(/;
const MODULE_VARIABLE = /^(?:export )?(?:let|var) /m;

/** An import as written. `typeOnly`: gone after compilation. */
export interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

/** Every way in which a file names another: import, export from, import(), require(), new URL(…, import.meta.url). */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const found: Import[] = [];
  for (const [, clause = "", target = ""] of code.matchAll(
    /(?:^|[;}])\s*(?:import|export)\b([^"';]*?)\bfrom\s*["']([^"']+)["']/gm,
  )) {
    found.push({ target, typeOnly: /^\s*type\b(?!\s*,)/.test(clause) });
  }
  for (const pattern of [
    /(?:^|[;}])\s*import\s*["']([^"']+)["']/gm,
    /\b(?:import|require)\s*\(\s*["'`]([^"'`]+)["'`]/g,
    /\bnew URL\(\s*["'`](\.[^"'`]+\.m?[tj]sx?)["'`]\s*,\s*import\.meta\.url/g,
  ]) {
    for (const [, target = ""] of code.matchAll(pattern)) found.push({ target, typeOnly: false });
  }
  if (/\b(?:import|require)\s*\(\s*(?!["'`\s])/.test(code)) found.push({ target: "?", typeOnly: false });
  return found;
}

/** Strings stay, so that an address inside a string is not taken for a comment. */
function withoutComments(text: string): string {
  return text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, string?: string) => string ?? " ",
  );
}

/**
 * Finds what breaks the law. `files` maps paths from the repository's root, with forward slashes, to source texts.
 *
 * @returns one line per breach: `file: what is wrong`
 */
export function findBreaches(files: ReadonlyMap<string, string>): string[] {
  const breaches: string[] = [];
  const edges = new Map<string, string[]>();
  for (const [file, text] of files) {
    const targets = importsOf(text).map((found) => ({
      ...found,
      path: pathOf(file, found.target),
    }));
    edges.set(
      file,
      targets.flatMap(({ path }) => (path !== undefined && files.has(path) ? [path] : [])),
    );
    if (isSource(file) && floorOf(file) === undefined) breaches.push(`${file}: stands on no floor`);
    for (const found of targets) {
      const wrong = found.path === undefined ? wrongOutside(file, found) : wrongInside(file, found, found.path, files);
      if (wrong !== undefined) breaches.push(`${file}: ${wrong}`);
    }
    if (file.startsWith("packages/core/src/")) breaches.push(...impurities(file, withoutComments(text)));
  }
  return [...breaches, ...findCycles(edges), ...findNodeInBrowser(files)];
}

const packageOf = (path: string): string | undefined => /^(?:packages|apps)\/[^/]+(?=\/)/.exec(path)?.[0];
const isSource = (path: string): boolean => /^(?:packages|apps)\/[^/]+\/src\//.test(path);

/** The path that an import names; `undefined` for an outside package, a `node:` module or an unnamed target. */
function pathOf(file: string, target: string): string | undefined {
  if (target.startsWith(".")) return posix.join(posix.dirname(file), target);
  const [, name = "", rest = ""] = /^(@vedette\/[^/]+)\/?(.*)$/.exec(target) ?? [];
  const home = HOME_OF[name];
  return home === undefined ? undefined : `${home}/src/${rest}.ts`;
}

function floorOf(path: string): { readonly house: string; readonly level: number } | undefined {
  for (const [house, floors] of Object.entries(FLOORS)) {
    if (!path.startsWith(`${house}/`)) continue;
    const rest = path.slice(house.length + 1);
    const level = floors.findIndex((floor) => floor === "." || rest === floor || rest.startsWith(`${floor}/`));
    return level < 0 ? undefined : { house, level };
  }
  return undefined;
}

function wrongOutside(file: string, { target }: Import): string | undefined {
  if (!isSource(file)) return undefined;
  if (target === "?") return "imports a name that is computed: nobody can check it";
  if (target.startsWith("node:")) {
    return packageOf(file) === "apps/vedette" ? undefined : `imports ${target}, but has no Node to run on`;
  }
  const name = /^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;
  const door = DOORS[name];
  if (door === undefined) return `imports ${name}, which has no door`;
  const atDoor = file === door || (door.endsWith("/") && file.startsWith(door));
  return atDoor ? undefined : `imports ${name}, whose one door is ${door}`;
}

function wrongInside(
  file: string,
  found: Import,
  path: string,
  files: ReadonlyMap<string, string>,
): string | undefined {
  const from = packageOf(file);
  const to = packageOf(path);
  if (from === undefined) return undefined;
  if (from !== to) return wrongAcross(file, found, from, to ?? path);
  if (!isSource(file)) return undefined;
  // What the set-up compiles lies beside the sources.
  if (path === BUILT) return undefined;
  if (!isSource(path)) return `imports ${path} from outside src`;
  if (/\.m?tsx?$/.test(path) && !files.has(path)) return `imports ${path}, which is not there`;
  const [own, other] = [floorOf(file), floorOf(path)];
  const up = own !== undefined && other !== undefined && other.level > own.level;
  return up ? `imports ${path} from a floor above` : undefined;
}

function wrongAcross(file: string, found: Import, from: string, to: string): string | undefined {
  // A package's entry files and tests may reach the tools; its sources may not.
  if (to.startsWith("tools/") && !isSource(file)) return undefined;
  const leave = MAY_IMPORT[from]?.[to];
  if (leave === undefined) return `imports ${to}, which ${from} may not`;
  if (isSource(file) && leave === "types" && !found.typeOnly) return `imports values of ${to}; only types may enter`;
  return found.target.startsWith(".") ? `reaches ${to} by a path; use its name` : undefined;
}

function impurities(file: string, code: string): string[] {
  const impure = IMPURE.exec(code)?.[0];
  return [
    ...(impure === undefined ? [] : [`${file}: core is pure, and this is not: ${impure}`]),
    ...(MODULE_VARIABLE.test(code) ? [`${file}: keeps a module variable; what changes is an argument`] : []),
  ];
}

/** Each cycle once, named from the first of its files that was met. */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    const at = trail.indexOf(file);
    if (at >= 0) cycles.push(`${file}: import cycle ${[...trail.slice(at), file].join(" -> ")}`);
    if (at >= 0 || done.has(file)) return;
    trail.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    trail.pop();
    done.add(file);
  };
  for (const file of edges.keys()) visit(file);
  return cycles;
}

/** Follows the browser's imports, types apart, as the bundler would. */
function findNodeInBrowser(files: ReadonlyMap<string, string>): string[] {
  const reached = new Set([...files.keys()].filter((file) => file.startsWith(BROWSER)));
  const breaches: string[] = [];
  for (const file of reached) {
    for (const { target, typeOnly } of importsOf(files.get(file) ?? "")) {
      const path = pathOf(file, target);
      if (typeOnly) continue;
      if (path !== undefined && files.has(path)) reached.add(path);
      if (target.startsWith("node:")) breaches.push(`${file}: imports ${target}, but runs in the browser`);
    }
  }
  return breaches;
}
