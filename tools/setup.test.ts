/** The set-up script in a small house of its own, with a play npm that installs nothing from anywhere. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

const NODE24_PACKAGE = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const skip = process.platform === "win32" ? "the play npm needs symbolic links and signals" : false;

/** Notes each call, then behaves as the file `mood` says. Node 24 is a link to the Node that runs it. */
const PLAY_NPM = `
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
const root = process.env.PLAY_ROOT;
const mood = existsSync(join(root, "mood")) ? readFileSync(join(root, "mood"), "utf8") : "well";
const setting = process.env.npm_config_omit ?? "none";
appendFileSync(join(root, "calls"), [process.cwd(), ...process.argv.slice(2), "omit=" + setting].join(" ") + "\\n");
rmSync("node_modules", { recursive: true, force: true });
mkdirSync("node_modules");
if (mood === "offline") { console.error("npm error network"); process.exit(1); }
if (mood === "slow") await new Promise((done) => setTimeout(done, 400));
if (mood === "stuck") await new Promise((done) => setTimeout(done, 60_000));
if (process.cwd().endsWith("node24")) {
  mkdirSync(join("node_modules", "${NODE24_PACKAGE}", "bin"), { recursive: true });
  symlinkSync(process.execPath, join("node_modules", "${NODE24_PACKAGE}", "bin", "node"));
}
`;

/** Prints what reached it. \`serve\` waits for a signal, as the report's server does, and ends well. */
const PLAY_CLI = `
if (process.argv.includes("--no-serve") || !process.argv.includes("--serve")) {
  console.log(JSON.stringify(process.argv.slice(2)));
  process.exit(process.argv.includes("bad-call") ? 2 : 0);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => { console.log("stopped"); process.exit(0); });
console.log("serving");
setTimeout(() => {}, 60_000);
`;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A folder with the script, two lockfiles, and the play npm. */
function playHouse(t: TestContext): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "vedette-setup-")));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "tools", "node24"), { recursive: true });
  mkdirSync(join(root, "apps", "vedette", "bin"), { recursive: true });
  for (const file of ["setup.mjs", "setup-install.mjs", "setup-kernel.mjs", "setup-run.mjs"]) {
    cpSync(new URL(file, import.meta.url), join(root, "tools", file));
  }
  const optionalDependencies = { [NODE24_PACKAGE]: "24.0.0" };
  writeFileSync(join(root, "tools", "node24", "package.json"), JSON.stringify({ optionalDependencies }));
  writeFileSync(join(root, "tools", "node24", "package-lock.json"), "{}");
  writeFileSync(join(root, "package-lock.json"), "{}");
  writeFileSync(join(root, "npm-cli.js"), PLAY_NPM);
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, "apps", "vedette", "bin", "vedette.mjs"), PLAY_CLI);
  playKernel(root);
  return root;
}

/** Sources that change nothing, and a build that counts its calls. */
function playKernel(root: string): void {
  const kernel = join(root, "packages", "kernel");
  for (const folder of ["assembly", "src", "build"]) mkdirSync(join(kernel, folder), { recursive: true });
  writeFileSync(join(kernel, "assembly", "a.ts"), "");
  writeFileSync(join(kernel, "package.json"), '{ "type": "module" }');
  cpSync(new URL("../packages/kernel/stamp.mjs", import.meta.url), join(kernel, "stamp.mjs"));
  writeFileSync(
    join(kernel, "build.mjs"),
    'import { appendFileSync } from "node:fs"; import { stampOf, writeStamp } from "./stamp.mjs"; ' +
      'appendFileSync("built", "once\\n"); writeStamp(stampOf());',
  );
}

const builds = (root: string): number => {
  const note = join(root, "packages", "kernel", "built");
  return existsSync(note) ? readFileSync(note, "utf8").trim().split("\n").length : 0;
};

function setUp(root: string, args: readonly string[], nodeVersion = process.versions.node): Running {
  const { NODE_TEST_CONTEXT: _, ...outer } = process.env;
  const env = {
    ...outer,
    npm_execpath: join(root, "npm-cli.js"),
    PLAY_ROOT: root,
    npm_config_omit: "optional",
  };
  const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${nodeVersion}" } })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const line = ["--import", preload, join(root, "tools", "setup.mjs"), ...args];
  const child = spawn(process.execPath, line, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
  return { child, ended };
}

const calls = (root: string): string[] =>
  existsSync(join(root, "calls")) ? readFileSync(join(root, "calls"), "utf8").trim().split("\n") : [];

async function until(condition: () => boolean): Promise<void> {
  for (let waitedMs = 0; !condition(); waitedMs += 20) {
    assert.ok(waitedMs < 20_000, "waited 20 s in vain");
    await sleep(20);
  }
}

test("an old Node fetches Node 24, then the dependencies, once each, and hands the arguments on", {
  skip,
}, async (t) => {
  const root = playHouse(t);
  const first = await setUp(root, ["vedette", "check", "my.yaml", "--json"], "20.20.2").ended;
  assert.equal(first.code, 0, first.stderr);
  assert.deepEqual(JSON.parse(first.stdout), ["check", "my.yaml", "--json"], "nothing but the command's own on stdout");
  assert.match(first.stderr, /fetching Node 24[\s\S]*installing the dependencies/);
  assert.deepEqual(
    calls(root).map((call) => call.split(" ").slice(0, 2).join(" ")),
    [`${join(root, "tools", "node24")} ci`, `${root} ci`],
  );
  assert.equal(builds(root), 1);
  const second = await setUp(root, ["vedette"], "20.20.2").ended;
  assert.equal(second.stderr, "");
  assert.equal(calls(root).length, 2);
  assert.equal(builds(root), 1);
});

test("kernels are compiled again when a source changes, and a compiler that fails is no start", { skip }, async (t) => {
  const root = playHouse(t);
  await setUp(root, ["vedette"]).ended;
  writeFileSync(join(root, "packages", "kernel", "assembly", "a.ts"), "export const a = 1;");
  await setUp(root, ["vedette"]).ended;
  assert.equal(builds(root), 2);
  writeFileSync(join(root, "packages", "kernel", "build.mjs"), "process.exit(1);");
  const failed = await setUp(root, ["vedette"]).ended;
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /kernels could not be built/);
});

test("a new Node fetches no other; a changed lockfile installs again", {
  skip,
}, async (t) => {
  const root = playHouse(t);
  await setUp(root, ["vedette"]).ended;
  assert.equal(calls(root).length, 1);
  writeFileSync(join(root, "package-lock.json"), '{ "changed": true }');
  await setUp(root, ["vedette"]).ended;
  assert.equal(calls(root).length, 2);
});

test("a start leaves the tests' packages out, a test brings them, a later start keeps them", {
  skip,
}, async (t) => {
  const root = playHouse(t);
  mkdirSync(join(root, "bench"));
  writeFileSync(join(root, "bench", "bench.ts"), "");
  await setUp(root, ["start", "--no-serve"]).ended;
  await setUp(root, ["bench"]).ended;
  await setUp(root, ["start", "--no-serve"]).ended;
  assert.deepEqual(
    calls(root).map((call) => /--omit=dev|--include=dev/.exec(call)?.[0]),
    ["--omit=dev", "--include=dev"],
  );
  assert.ok(
    calls(root).every((call) => call.endsWith("omit=none")),
    "settings of the outer npm stay outside",
  );
});

test("a failed install says what to do, and the next start does it again", {
  skip,
}, async (t) => {
  const root = playHouse(t);
  writeFileSync(join(root, "mood"), "offline");
  const failed = await setUp(root, ["vedette"]).ended;
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /npm error network[\s\S]*check the network/);
  rmSync(join(root, "mood"));
  assert.equal((await setUp(root, ["vedette"]).ended).code, 0);
  assert.equal(calls(root).length, 2);
});

test("a killed set-up is done again, once its npm is gone too", {
  skip,
}, async (t) => {
  const root = playHouse(t);
  writeFileSync(join(root, "mood"), "stuck");
  const { child } = setUp(root, ["vedette"]);
  await until(() => calls(root).length === 1);
  const npm = Number(readFileSync(join(root, ".setup-lock"), "utf8").split("\n")[1]);
  child.kill("SIGKILL");
  rmSync(join(root, "mood"));
  const next = setUp(root, ["vedette"]);
  await sleep(600);
  assert.equal(calls(root).length, 1, "waits while the orphaned npm writes");
  process.kill(npm, "SIGKILL");
  assert.equal((await next.ended).code, 0);
  assert.equal(calls(root).length, 2);
});

test("two at once: one installs, the other waits and goes on", {
  skip,
}, async (t) => {
  const root = playHouse(t);
  writeFileSync(join(root, "mood"), "slow");
  const both = await Promise.all([setUp(root, ["vedette", "a"]).ended, setUp(root, ["vedette", "b"]).ended]);
  assert.deepEqual(
    both.map(({ code }) => code),
    [0, 0],
  );
  assert.equal(calls(root).length, 1);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} reaches the report's server, and a served report ends with 0`, {
    skip,
  }, async (t) => {
    const root = playHouse(t);
    const { child, ended } = setUp(root, ["start"]);
    let stdout = "";
    child.stdout?.on("data", (chunk) => (stdout += chunk));
    await until(() => stdout.includes("serving"));
    child.kill(signal);
    const { code, stderr } = await ended;
    assert.equal(code, 0, stderr);
    assert.match(stdout, /stopped/);
  });
}

test("a stop during an install ends it, with one line and a code other than 0", {
  skip,
}, async (t) => {
  const root = playHouse(t);
  writeFileSync(join(root, "mood"), "stuck");
  const { child, ended } = setUp(root, ["vedette"]);
  await until(() => calls(root).length === 1);
  child.kill("SIGTERM");
  const { code, stderr } = await ended;
  assert.equal(code, 1);
  assert.match(stderr, /stopped; the next start installs again/);
  assert.ok(!existsSync(join(root, ".setup-lock")));
});

test("exit codes pass through; calls and machines that cannot work are told so", {
  skip,
}, async (t) => {
  const root = playHouse(t);
  assert.equal((await setUp(root, ["vedette", "bad-call"]).ended).code, 2);
  assert.equal((await setUp(root, ["fly"]).ended).code, 2);
  const old = await setUp(root, ["start"], "18.19.0").ended;
  assert.equal(old.code, 1);
  assert.match(old.stderr, /Node 18\.19\.0; please install Node 20 or newer/);
  writeFileSync(join(root, "tools", "node24", "package.json"), '{ "optionalDependencies": {} }');
  const rare = await setUp(root, ["start"], "20.20.2").ended;
  assert.equal(rare.code, 1);
  assert.match(rare.stderr, /Please install Node 24 or newer/);
});
