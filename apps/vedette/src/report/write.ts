/** The output folder: written aside, then renamed, so that there is a whole one or none. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { Result } from "@vedette/wire/result";
import { InputError } from "../problem.ts";
import { passesCsv } from "./files/passes-csv.ts";
import { passesIcs } from "./files/passes-ics.ts";
import { sceneCzml } from "./files/scene-czml.ts";
import type { HeavyFile } from "./heavy-writer.ts";
import { reportHtml } from "./html.ts";

/** Every file of an output, and how it is written. */
const WRITERS: readonly (readonly [name: string, write: (result: Result) => Bytes | Promise<Bytes>])[] = [
  ["report.html", reportHtml],
  ["summary.json", ({ summary }) => `${JSON.stringify(summary, undefined, 2)}\n`],
  ["passes.csv", passesCsv],
  ["coverage.geojson", inThread("coverage.geojson")],
  ["ledger.parquet", inThread("ledger.parquet")],
  ["passes.ics", passesIcs],
  ["scene.czml", sceneCzml],
];

/**
 * Writes all files into `outDir` and returns their paths. An earlier output there is replaced as a whole; a folder with
 * anything else in it is refused, and stays as it was. The folder opens for its owner alone (0700): so is the marking.
 * @throws InputError where the folder is somebody else's or cannot be written: nothing half-written is left.
 */
export async function writeOutput(result: Result, outDir: string): Promise<string[]> {
  // Heavy files begin in threads of their own while the others are written here.
  const first = WRITERS.toSorted(([a], [b]) => rank(a) - rank(b));
  await writeFolder(
    outDir,
    OF_A_RUN,
    first.map(([name, write]) => [name, () => write(result)]),
  );
  return WRITERS.map(([name]) => join(resolve(outDir), name));
}

type Bytes = string | Uint8Array;

/** All files or none, in a folder that was empty or held an earlier output of the kind. @throws as `writeOutput` */
export async function writeFolder(
  outDir: string,
  kind: OutputKind,
  files: readonly (readonly [name: string, write: () => Bytes | Promise<Bytes>])[],
): Promise<void> {
  const target = resolve(outDir);
  await refuseForeign(target, kind);
  let aside: string | undefined;
  try {
    await mkdir(dirname(target), { recursive: true });
    aside = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
    const folder = aside;
    const written = files.map(async ([name, write]) => writeFile(join(folder, name), await write()));
    const failed = (await Promise.allSettled(written)).find((one) => one.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    await replace(target, aside);
  } catch (error) {
    if (aside !== undefined) await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    throw asInputError(error, target);
  }
}

function rank(name: string): number {
  return name === "coverage.geojson" || name === "ledger.parquet" ? 0 : 1;
}

/** Writes one file in a thread; it is given only what such a file is made of. */
function inThread(name: HeavyFile): (result: Result) => Promise<string | Uint8Array> {
  return ({ variants, tracks: _, passes: __, ...rest }) =>
    new Promise((done, failed) => {
      const result: Result = { ...rest, variants: variants.slice(0, 1), tracks: [], passes: [] };
      const thread = new Worker(new URL("./heavy-writer.ts", import.meta.url), {
        workerData: { name, result },
        execArgv: [],
      });
      thread.once("message", done);
      thread.once("error", failed);
      thread.once("exit", (code) => failed(new Error(`the thread that writes ${name} ended with ${code}`)));
    });
}

/** An output that is written again and again: its files, and the one by whose format it is known. */
export interface OutputKind {
  readonly names: readonly string[];
  readonly sign: string;
  readonly format: string;
}

const OF_A_RUN: OutputKind = {
  names: WRITERS.map(([name]) => name),
  sign: "summary.json",
  format: "vedette-summary/",
};

/** An earlier output is known by its sign and by holding nothing that an output does not hold. */
export async function refuseForeign(target: string, kind: OutputKind = OF_A_RUN): Promise<void> {
  const names = await entriesOf(target);
  if (names.length === 0) return;
  const stranger = names.find((name) => !kind.names.includes(name));
  if (stranger === undefined && (await holdsSign(target, kind))) return;
  const why =
    stranger === undefined
      ? `has no ${kind.sign} of a vedette output`
      : `holds ${stranger}, which vedette did not write`;
  throw new InputError([
    {
      file: target,
      message: `the folder is not empty and ${why}; nothing was written: name another folder with --out, or empty this one`,
    },
  ]);
}

async function entriesOf(target: string): Promise<string[]> {
  try {
    return await readdir(target);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw asInputError(error, target);
  }
}

async function holdsSign(target: string, { sign, format: wanted }: OutputKind): Promise<boolean> {
  try {
    const held: unknown = JSON.parse(await readFile(join(target, sign), "utf8"));
    const format = typeof held === "object" && held !== null && "format" in held ? held.format : undefined;
    return typeof format === "string" && format.startsWith(wanted);
  } catch {
    return false;
  }
}

/** Two renames on one file system; the earlier output comes back if the second fails. */
async function replace(target: string, aside: string): Promise<void> {
  const earlier = `${aside}.earlier`;
  const had = await rename(target, earlier).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return false;
      throw error;
    },
  );
  try {
    await rename(aside, target);
  } catch (error) {
    if (had) await rename(earlier, target);
    throw error;
  }
  if (had) await rm(earlier, { recursive: true, force: true });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EFBIG: "the file is larger than the system allows",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "a file stands where the folder should be",
  ENAMETOOLONG: "the name is too long",
  EBUSY: "the folder is in use (a mount point, or another program's)",
};

/** Errors of the disk become the input's; a bug stays a bug. */
function asInputError(error: unknown, target: string): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof InputError) return error;
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : code);
  return new InputError([
    { file: target, message: `the output cannot be written: ${reason} (${code}); nothing was left behind` },
  ]);
}

function codeOf(error: unknown): string | undefined {
  const isSystem = error instanceof Error && "syscall" in error && "code" in error;
  return isSystem && typeof error.code === "string" ? error.code : undefined;
}
