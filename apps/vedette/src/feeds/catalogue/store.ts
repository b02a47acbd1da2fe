/** Our own catalogue file: OMM as CSV with CelesTrak's columns, below `#` lines about it, one row an object. */
import { createReadStream } from "node:fs";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { ommEpochOf } from "@vedette/core/orbit/epoch";
import { InputError, type Problem } from "../../problem.ts";
import { reasonOf } from "../reason.ts";
import { scanCatalogue } from "./catalogue.ts";

const COLUMNS: Readonly<Record<string, (elements: MeanElements) => string>> = {
  OBJECT_NAME: ({ name }) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name),
  OBJECT_ID: (each) => each.internationalDesignator,
  EPOCH: (each) => ommEpochOf(each.epochUtcMs),
  MEAN_MOTION: (each) => String(each.meanMotionRevPerDay),
  ECCENTRICITY: (each) => String(each.eccentricity),
  INCLINATION: (each) => String(each.inclinationDeg),
  RA_OF_ASC_NODE: (each) => String(each.raanDeg),
  ARG_OF_PERICENTER: (each) => String(each.argPerigeeDeg),
  MEAN_ANOMALY: (each) => String(each.meanAnomalyDeg),
  EPHEMERIS_TYPE: () => "0",
  CLASSIFICATION_TYPE: (each) => each.classification,
  NORAD_CAT_ID: (each) => String(each.catalogueNumber),
  ELEMENT_SET_NO: (each) => String(each.elementSetNumber),
  REV_AT_EPOCH: (each) => String(each.revolutionAtEpoch),
  BSTAR: (each) => String(each.bstar),
  MEAN_MOTION_DOT: (each) => String(each.meanMotionDot),
  MEAN_MOTION_DDOT: (each) => String(each.meanMotionDdot),
};

const NEW_ABOUT = [
  "# Mean elements of the SGP4 theory, TEME, UTC: the newest set of each object.",
  "# Columns as in CCSDS 502.0-B OMM. Kept by `vedette import catalogue`, which leaves these lines as they are.",
];
const ROWS_A_WRITE = 4096;

/** What the file holds, by catalogue number. */
export interface StoredCatalogue {
  readonly about: readonly string[];
  readonly elements: Map<number, MeanElements>;
}

export type Merged = "added" | "replaced" | "unchanged" | "older";

/** The newer epoch wins; the same epoch (to the microsecond, as stored) changes nothing. */
export function mergeElements(into: Map<number, MeanElements>, elements: MeanElements): Merged {
  const present = into.get(elements.catalogueNumber);
  const newerMicros = present === undefined ? Infinity : microsOf(elements) - microsOf(present);
  if (newerMicros === 0) return "unchanged";
  if (newerMicros < 0) return "older";
  into.set(elements.catalogueNumber, elements);
  return present === undefined ? "added" : "replaced";
}

const microsOf = ({ epochUtcMs }: MeanElements): number => Math.round(epochUtcMs * 1000);

/**
 * Reads the file, or an empty catalogue where there is none yet.
 * @throws InputError where rewriting the file would lose something: another format or other columns, rows that cannot
 * be read, two rows of one object.
 */
export async function readStored(path: string): Promise<StoredCatalogue> {
  const elements = new Map<number, MeanElements>();
  if (!(await isThere(path))) return { about: NEW_ABOUT, elements };
  const refuse = (problem: Omit<Problem, "file">) => new InputError([{ file: path, ...problem }]);
  const { about, header } = await headOf(path);
  const scan = await scanCatalogue(path, (each) => {
    if (mergeElements(elements, each) === "added") return;
    throw refuse({
      message: `object ${each.catalogueNumber} stands on two rows: remove one before importing into this file`,
    });
  });
  const advice = "import into another file, with --into";
  if (scan.format !== "omm-csv") throw refuse({ message: `not a catalogue in OMM CSV but ${scan.format}: ${advice}` });
  const others = header.filter((column) => !Object.hasOwn(COLUMNS, column));
  if (others.length > 0) throw refuse({ message: `columns ${others.join(", ")} would be lost: ${advice}` });
  if (scan.refusedCount > 0) {
    const lost = { message: `${scan.refusedCount} rows that cannot be read would be lost: mend them, or ${advice}` };
    throw new InputError([
      { file: path, ...lost },
      ...scan.refused.slice(0, 20).map((row) => ({ ...row, file: path })),
    ]);
  }
  return { about, elements };
}

/**
 * Writes aside, then renames: readers see the old file or the new one, whole.
 * @throws InputError where the disk refuses; the old file is left as it was.
 */
export async function writeStored(path: string, { about, elements }: StoredCatalogue): Promise<void> {
  const target = (await isThere(path)) ? await realpath(path) : path;
  const aside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const file = await open(aside, "w");
    try {
      for (const text of textsOf({ about, elements })) await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    throw new InputError([{ file: path, message: `cannot be written: ${reasonOf(error)}` }]);
  }
}

/** The file's text in pieces, objects by catalogue number. */
function* textsOf({ about, elements }: StoredCatalogue): Generator<string> {
  yield [...about, Object.keys(COLUMNS).join(","), ""].join("\n");
  const cells = Object.values(COLUMNS);
  const sorted = [...elements.values()].sort((a, b) => a.catalogueNumber - b.catalogueNumber);
  for (let from = 0; from < sorted.length; from += ROWS_A_WRITE) {
    const rows = sorted.slice(from, from + ROWS_A_WRITE);
    yield rows.map((each) => `${cells.map((cell) => cell(each)).join(",")}\n`).join("");
  }
}

async function headOf(path: string): Promise<{ about: string[]; header: string[] }> {
  const about: string[] = [];
  const input = createReadStream(path, "utf8");
  try {
    for await (const line of createInterface({ input })) {
      const text = line.replace(/^\ufeff/, "");
      if (text.startsWith("#")) about.push(text);
      else if (text.trim() !== "") {
        return { about, header: text.split(",").map((cell) => cell.replaceAll('"', "").trim().toUpperCase()) };
      }
    }
    return { about, header: [] };
  } catch (error) {
    throw new InputError([
      { file: path, message: `cannot be read: ${error instanceof Error ? error.message : error}` },
    ]);
  } finally {
    input.destroy();
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
