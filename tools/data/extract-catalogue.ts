/**
 * Cuts the element sets of the satellites and relays that a network names out of a file of three-line elements, and
 * prints them as a table with CCSDS OMM names (502.0-B), in the network's order.
 *
 *   node tools/data/extract-catalogue.ts ACTIVE.tle data/networks/NETWORK.yaml DATE > data/catalogues/NAME-DATE.csv
 *
 * DATE is the day the file was fetched from CelesTrak. Run by hand when elements are renewed: the project ships the
 * table, not the file. A named satellite that the file lacks, or whose lines are damaged, ends the run with code 1.
 */
import { readFileSync } from "node:fs";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { ommEpochOf } from "@vedette/core/orbit/epoch";
import { isRefusal } from "@vedette/core/orbit/refusal";
import { catalogueNumberOf, parseTle } from "@vedette/core/orbit/tle";
import type { Network } from "@vedette/wire/network";
import { parse } from "yaml";

type Column = readonly [name: string, cell: (elements: MeanElements) => string | number];

const COLUMNS: readonly Column[] = [
  ["OBJECT_NAME", (e) => quoted(e.name)],
  ["OBJECT_ID", (e) => e.internationalDesignator],
  ["EPOCH", (e) => ommEpochOf(e.epochUtcMs)],
  ["MEAN_MOTION", (e) => e.meanMotionRevPerDay],
  ["ECCENTRICITY", (e) => plain(e.eccentricity)],
  ["INCLINATION", (e) => e.inclinationDeg],
  ["RA_OF_ASC_NODE", (e) => e.raanDeg],
  ["ARG_OF_PERICENTER", (e) => e.argPerigeeDeg],
  ["MEAN_ANOMALY", (e) => e.meanAnomalyDeg],
  ["EPHEMERIS_TYPE", () => 0],
  ["CLASSIFICATION_TYPE", (e) => e.classification],
  ["NORAD_CAT_ID", (e) => e.catalogueNumber],
  ["ELEMENT_SET_NO", (e) => e.elementSetNumber],
  ["REV_AT_EPOCH", (e) => e.revolutionAtEpoch],
  ["BSTAR", (e) => plain(e.bstar)],
  ["MEAN_MOTION_DOT", (e) => plain(e.meanMotionDot)],
  ["MEAN_MOTION_DDOT", (e) => plain(e.meanMotionDdot)],
];

const [tleFile, networkFile, date] = process.argv.slice(2);
if (tleFile === undefined || networkFile === undefined || date === undefined) {
  console.error("usage: node tools/data/extract-catalogue.ts FILE.tle NETWORK.yaml DATE");
  process.exit(2);
}
const wanted = cataloguedIn(parse(readFileSync(networkFile, "utf8")) as Network);
const lines = linesByNumber(readFileSync(tleFile, "utf8"));
const rows: string[] = [];
const faults: string[] = [];
for (const number of wanted) {
  const found = lines.get(number);
  const elements = found && parseTle(found);
  if (elements === undefined) faults.push(`${number}: not in ${tleFile}`);
  else if (isRefusal(elements)) faults.push(`${number}: ${elements.message}`);
  else rows.push(COLUMNS.map(([, cell]) => cell(elements)).join(","));
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
process.stdout.write([...about(date, rows.length), COLUMNS.map(([name]) => name).join(","), ...rows, ""].join("\n"));

function about(day: string, count: number): string[] {
  return [
    `# What: mean elements (SGP4, TEME) of the ${count} satellites and relays named in ${networkFile}`,
    `# Source: CelesTrak / 18th Space Defense Squadron, elements of ${day}`,
    "# Terms: public orbital data; cite CelesTrak (https://celestrak.org/NORAD/documentation/gp-data-formats.php) and the source",
    `# Date: ${day}; older than 14 days they no longer answer for anything`,
    "# Made by: tools/data/extract-catalogue.ts; an extract, columns as in CCSDS 502.0-B and CelesTrak's CSV, epochs UTC",
  ];
}

function cataloguedIn({ missions, relays = {} }: Network): number[] {
  const satellites = Object.values(missions).flatMap((mission) => Object.values(mission.satellites ?? {}));
  return [...satellites, ...Object.values(relays)].map(({ catalogueNumber }) => catalogueNumber);
}

function linesByNumber(text: string): Map<number, { name: string; line1: string; line2: string }> {
  const all = text.split(/\r?\n/);
  const found = new Map<number, { name: string; line1: string; line2: string }>();
  for (const [i, line1] of all.entries()) {
    const number = line1.startsWith("1 ") ? catalogueNumberOf(line1.slice(2, 7)) : undefined;
    if (number !== undefined)
      found.set(number, {
        name: all[i - 1]?.trim() ?? "",
        line1,
        line2: all[i + 1] ?? "",
      });
  }
  return found;
}

/** Without exponent, every digit of a TLE kept: some readers of CSV take no `1e-7`. */
function plain(value: number): string {
  return value === 0 ? "0" : value.toFixed(14).replace(/\.?0+$/, "");
}

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
