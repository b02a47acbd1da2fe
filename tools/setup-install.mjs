/** `npm ci` into one folder: once per lockfile, by one process at a time, and again if it was interrupted. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pathWith, run, SetupError, say } from "./setup-run.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const LOCK = join(ROOT, ".setup-lock");
const LOCK_POLL_MS = 200;
const STAMP = ".vedette-stamp";

/** Settings of an outer npm call that would change what our own install does. Registry, proxy and cache stay. */
const FOREIGN_SETTINGS =
  /^npm_(package_|lifecycle_|config_(global|location|local_prefix|workspaces?|include_workspace_root|omit|include|only|production|dry_run|package_lock|package_lock_only|json)$)/i;

/**
 * What an installed folder was made from: another lockfile or another kind of machine makes it stale.
 * `scope`: "use" is what running needs (295 MB, of it 148 ONNX Runtime and 102 the kernels' compiler), "all" adds what testing needs (434 MB).
 */
function stampOf(folder, scope) {
  const lockfile = readFileSync(join(folder, "package-lock.json"));
  const digest = createHash("sha256").update(lockfile).digest("hex");
  return `${digest} ${process.platform} ${process.arch} ${scope}\n`;
}

/** Whether an install for `scope` stands complete in `folder`. */
export function isStamped(folder, scope) {
  try {
    const stamp = readFileSync(join(folder, "node_modules", STAMP), "utf8");
    return stamp === stampOf(folder, scope) || stamp === stampOf(folder, "all");
  } catch {
    return false;
  }
}

/** Runs `npm ci` in `folder` under `node`. The stamp comes last: an interrupted install leaves none, and is done again. */
export async function install(folder, node, scope) {
  const stamp = join(folder, "node_modules", STAMP);
  rmSync(stamp, { force: true });
  const extent = scope === "all" ? "--include=dev" : "--omit=dev";
  const flags = [extent, "--include=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  const patience = [
    "--loglevel=error",
    "--no-update-notifier",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=10000",
  ];
  const npmCli = process.env["npm_execpath"] ?? "";
  const direct = npmCli.endsWith("npm-cli.js") && existsSync(npmCli);
  const args = ["ci", ...flags, ...patience];
  const options = {
    cwd: folder,
    env: { ...withoutForeignSettings(process.env), ...globalSettings(), ...pathWith(node) },
    stdio: ["ignore", "ignore", "inherit"],
    shell: !direct && process.platform === "win32",
  };
  // The lock names npm as well: if only this script is killed, the next one waits until npm is gone too.
  const noteNpm = (pid) => appendFileSync(LOCK, `${pid}\n`);
  const end = await run(direct ? node : "npm", direct ? [npmCli, ...args] : args, options, noteNpm);
  if (end.signal !== undefined) throw new SetupError("stopped; the next start installs again");
  if (end.code !== 0) {
    throw new SetupError(
      `npm could not install the packages of ${folder} (its message is above).\n` +
        "  The first start needs the npm registry: check the network, the proxy (npm config get proxy) and the registry\n" +
        "  (npm config get registry), then type the same command again. Later starts need no network.",
    );
  }
  writeFileSync(`${stamp}.new`, stampOf(folder, scope));
  renameSync(`${stamp}.new`, stamp);
}

/**
 * npm looks for the machine's settings (proxy, certificates) beside the Node that runs it, and ours is not the machine's.
 * Under `npm start` the outer npm has said where they are; otherwise npm is asked.
 */
function globalSettings() {
  if (process.env["npm_config_globalconfig"]) return {};
  const asked = spawnSync("npm", ["config", "get", "globalconfig"], {
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  return asked.status === 0 ? { npm_config_globalconfig: asked.stdout.trim() } : {};
}

function withoutForeignSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !FOREIGN_SETTINGS.test(name)));
}

/** One set-up at a time in this folder. A lock whose owners are gone is broken. */
export async function locked(work) {
  let told = false;
  while (!tookLock()) {
    const owners = lockOwners();
    if (owners.length > 0 && !owners.some(isAlive)) rmSync(LOCK, { force: true });
    else if (!told) {
      say(`another set-up is at work in this folder (process ${owners.join(", ")}); waiting for it to end`);
      told = true;
    }
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  try {
    await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function tookLock() {
  try {
    writeFileSync(LOCK, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw new SetupError(`cannot write in ${ROOT}: ${error.message}`);
  }
}

function lockOwners() {
  try {
    return readFileSync(LOCK, "utf8").split("\n").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
