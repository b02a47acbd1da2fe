/**
 * Sets up what a fresh machine lacks, then runs one of the project's commands:
 *
 *   node tools/setup.mjs start|test|bench|evaluate|vedette [arguments]
 *
 * The machine needs Node 20 or newer and npm. Node 24 comes from the npm registry where the running one is older; the
 * dependencies come from the lockfile. Plain JavaScript and built-ins only: it runs before anything is installed.
 * Everything it says goes to stderr, so that `--json` on stdout stays clean.
 */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install, isStamped, locked } from "./setup-install.mjs";
import { buildKernel, isKernelBuilt } from "./setup-kernel.mjs";
import { pathWith, run, SetupError, say } from "./setup-run.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const NODE24 = join(ROOT, "tools", "node24");
const OLDEST = 20;
const WANTED = 24;
/** A test that hangs fails after ten minutes instead of holding a build for ever. */
const TEST_TIMEOUT_MS = 600_000;
const TESTS = ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts", "tools/*.test.ts"];

const majorOf = (version) => Number(version.split(".")[0]);
const secondsSince = (startMs) => `${((Date.now() - startMs) / 1000).toFixed(1)} s`;

/**
 * A Node that is new enough: the running one, or the one that this script installed earlier. `undefined` where neither
 * exists: then any of the npm commands (`npm start`, `npm test`, `npm run vedette`) will install it.
 *
 * @returns {string | undefined} absolute path of the executable
 */
export function findNode24() {
  if (majorOf(process.versions.node) >= WANTED) return process.execPath;
  const path = packagedNode();
  return path !== undefined && existsSync(path) && isStamped(NODE24, "use") ? path : undefined;
}

/** Where the registry's Node for this machine would be; `undefined` where there is none for this kind of machine. */
function packagedNode() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(NODE24, "package.json"), "utf8"));
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  const name = names.map((key) => key.replace("win32", "win")).find((key) => key in optionalDependencies);
  if (name === undefined) return undefined;
  return join(NODE24, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
}

async function readyNode24() {
  const found = findNode24();
  if (found !== undefined) return found;
  const path = packagedNode();
  if (path === undefined) {
    throw new SetupError(
      `this is Node ${process.versions.node} on ${process.platform} ${process.arch}, for which the npm registry has no Node ${WANTED}.\n` +
        `  Please install Node ${WANTED} or newer (https://nodejs.org/en/download) and type the same command again.`,
    );
  }
  await locked(async () => {
    if (findNode24() !== undefined) return;
    const startMs = Date.now();
    say(
      `this is Node ${process.versions.node}; fetching Node ${WANTED} from the npm registry into tools/node24 (once)`,
    );
    await install(NODE24, process.execPath, "use");
    if (!existsSync(path)) throw new SetupError(`npm ended well, but ${path} is not there`);
    say(`Node ${WANTED} is ready after ${secondsSince(startMs)}`);
  });
  return path;
}

async function readyDependencies(node, scope) {
  if (isStamped(ROOT, scope)) return;
  await locked(async () => {
    if (isStamped(ROOT, scope)) return;
    const startMs = Date.now();
    say(
      `installing the dependencies${scope === "all" ? ", with those of the tests," : ""} from package-lock.json (once)`,
    );
    await install(ROOT, node, scope);
    say(`dependencies are ready after ${secondsSince(startMs)}`);
  });
}

async function readyKernel(node) {
  if (isKernelBuilt()) return;
  await locked(async () => {
    if (isKernelBuilt()) return;
    const startMs = Date.now();
    say("compiling the WebAssembly kernels (once)");
    await buildKernel(node);
    say(`kernels are ready after ${secondsSince(startMs)}`);
  });
}

/** The command line for Node 24, and where it runs. */
function targetOf(command, args) {
  const cli = join(ROOT, "apps", "vedette", "bin", "vedette.mjs");
  switch (command) {
    case "start":
      return {
        cwd: ROOT,
        line: [cli, "start", "--serve", ...args],
      };
    case "test": {
      const flags = args.filter((arg) => arg.startsWith("-"));
      const files = args.filter((arg) => !arg.startsWith("-"));
      return {
        cwd: ROOT,
        line: ["--test", `--test-timeout=${TEST_TIMEOUT_MS}`, ...flags, ...(files.length ? files : TESTS)],
      };
    }
    case "bench":
      return { cwd: ROOT, line: [join("bench", "bench.ts"), ...args] };
    case "evaluate":
      return { cwd: ROOT, line: [join("apps", "vedette", "src", "evaluate", "main.ts"), ...args] };
    case "vedette":
      return { cwd: callerFolder(), line: [cli, ...args] };
    default:
      return undefined;
  }
}

/** npm runs scripts at the root; file names on the command line mean the folder where the user stood. */
function callerFolder() {
  const env = process.env;
  const ours = env["npm_package_json"] === join(ROOT, "package.json");
  return (ours && env["INIT_CWD"]) || process.cwd();
}

async function main([command, ...args]) {
  if (majorOf(process.versions.node) < OLDEST) {
    throw new SetupError(
      `this is Node ${process.versions.node}; please install Node ${OLDEST} or newer (https://nodejs.org)`,
    );
  }
  const target = targetOf(command, args);
  if (target === undefined) {
    process.stderr.write("usage: node tools/setup.mjs start|test|bench|evaluate|vedette [arguments]\n");
    return 2;
  }
  const node = await readyNode24();
  await readyDependencies(node, command === "test" || command === "bench" ? "all" : "use");
  await readyKernel(node);
  const env = { ...process.env, ...pathWith(node) };
  const { code } = await run(node, target.line, {
    cwd: target.cwd,
    env,
    stdio: "inherit",
  });
  return code;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      say(error instanceof SetupError ? error.message : error.stack);
      process.exitCode = 1;
    },
  );
}
