/** The constraints of a look, as options: each in its own unit, each refused with what was expected. */
import { readFile } from "node:fs/promises";
import type { ContactStation } from "@vedette/core/access/contacts";
import type { HorizonMask, HorizonPoint } from "@vedette/core/access/horizon";
import type { Band, LookConstraints } from "@vedette/core/access/look-constraints";
import { type Command, Option } from "commander";
import { reasonOf } from "../feeds/reason.ts";
import { InputError, UsageError } from "../problem.ts";
import { collect, parseNumber, placeOf, siteOf } from "./sky-options.ts";

export interface LookOptions {
  readonly minElevation: string;
  readonly horizon?: string;
  readonly range?: string;
  readonly incidence?: string;
  readonly offNadir?: string;
  readonly side?: "left" | "right";
  readonly minSun?: string;
  readonly maxSun?: string;
  readonly sunlit?: true;
  readonly eclipsed?: true;
  readonly relay?: string;
  readonly contact?: readonly string[];
}

/** Of the relays' states there is nothing yet: they follow from the span. */
export type Constraints = Omit<LookConstraints, "lineOfSight">;

export function addLookOptions(command: Command): Command {
  return command
    .option("--min-elevation <DEG>", "least elevation at the site, -1 to 90 degrees", "0")
    .option(
      "--horizon <AZ:EL,...|FILE>",
      "skyline of the sites: azimuth from north by east, elevation, both in degrees",
    )
    .option("--range <MIN..MAX>", "km from site to satellite")
    .option("--incidence <MIN..MAX>", "at the site, from its vertical, 0 to 90 degrees")
    .option("--off-nadir <MIN..MAX>", "at the satellite, from nadir, 0 to 180 degrees")
    .addOption(
      new Option("--side <SIDE>", "of the flight direction, on which the site lies").choices(["left", "right"]),
    )
    .option("--min-sun <DEG>", "least elevation of the Sun at the site, -90 to 90 degrees (10: good light)")
    .option("--max-sun <DEG>", "greatest elevation of the Sun at the site (-6: the end of civil dusk)")
    .addOption(new Option("--sunlit", "the satellite sees the whole disc of the Sun").conflicts("eclipsed"))
    .option("--eclipsed", "the satellite does not: it is in the Earth's shadow, penumbra included")
    .option("--relay <NAME|ID[,...]>", "one at least of these satellites of the catalogue is in its line of sight")
    .option(
      "--contact <LAT,LON,MASK[,HEIGHT]>",
      "one at least of these stations has it above its mask, in degrees (repeat)",
      collect,
    );
}

/** @throws UsageError on a value out of range, InputError on a skyline file at fault. */
export async function parseLook(options: LookOptions): Promise<Constraints> {
  const { minElevation, horizon, range, incidence, offNadir, side, sunlit, eclipsed, contact } = options;
  return {
    minElevationDeg: parseNumber(minElevation, "--min-elevation", -1, 90),
    ...(horizon === undefined ? {} : { horizonMask: await parseHorizon(horizon) }),
    ...(range === undefined ? {} : { rangeKm: parseBand(range, "--range", { min: 0, max: 1e6 }, "km") }),
    ...(incidence === undefined
      ? {}
      : { incidenceDeg: parseBand(incidence, "--incidence", { min: 0, max: 90 }, "degrees") }),
    ...(offNadir === undefined
      ? {}
      : { offNadirDeg: parseBand(offNadir, "--off-nadir", { min: 0, max: 180 }, "degrees") }),
    ...(side === undefined ? {} : { side }),
    ...parseSun(options),
    ...(sunlit || eclipsed ? { platformSunlit: sunlit === true } : {}),
    ...(contact === undefined ? {} : { stationContact: contact.map(parseContact) }),
  };
}

/** `MIN..MAX`, both inside; an end left out is that of the whole. */
function parseBand(text: string, option: string, whole: Band, unit: string): Band {
  const parts = text.split("..").map((part) => part.trim());
  const [low = "", high = ""] = parts;
  if (parts.length !== 2 || (low === "" && high === ""))
    throw new UsageError(`${option} ${text}: expected MIN..MAX, ..MAX or MIN.. in ${unit}`);
  const min = low === "" ? whole.min : parseNumber(low, `${option}: least`, whole.min, whole.max);
  const max = high === "" ? whole.max : parseNumber(high, `${option}: greatest`, whole.min, whole.max);
  if (min > max) throw new UsageError(`${option} ${text}: expected the least before the greatest`);
  return { min, max };
}

function parseSun({ minSun, maxSun }: LookOptions): Pick<Constraints, "minSunElevationDeg" | "maxSunElevationDeg"> {
  const least = minSun === undefined ? undefined : parseNumber(minSun, "--min-sun", -90, 90);
  const most = maxSun === undefined ? undefined : parseNumber(maxSun, "--max-sun", -90, 90);
  if (least !== undefined && most !== undefined && least > most)
    throw new UsageError(`--min-sun ${minSun} --max-sun ${maxSun}: expected the least to be at or below the greatest`);
  return {
    ...(least === undefined ? {} : { minSunElevationDeg: least }),
    ...(most === undefined ? {} : { maxSunElevationDeg: most }),
  };
}

function parseContact(text: string): ContactStation {
  const { name, parts } = placeOf(text);
  const [latitude = "", longitude = "", mask = "", height = "0"] = parts;
  if (parts.length < 3 || parts.length > 4)
    throw new UsageError(`--contact ${text}: expected LAT,LON,MASK or LAT,LON,MASK,HEIGHT, e.g. 78.23,15.39,5`);
  return {
    site: siteOf(name, { latitude, longitude, height }, "--contact"),
    maskDeg: parseNumber(mask, "--contact: mask", -1, 90),
  };
}

const PAIRS = "expected AZIMUTH:ELEVATION pairs such as 0:5,90:12,180:3, or a file with one pair a line";

/** Pairs, or the name of a file of them. */
async function parseHorizon(text: string): Promise<HorizonMask> {
  if (text.includes(":") && /^[-+.\d:,\s]+$/.test(text)) {
    const points = text.split(",").map((pair) => pointOf(pair.split(":"), "--horizon", () => PAIRS));
    return inOrder(points, (message) => new UsageError(`--horizon ${text}: ${message}`));
  }
  const lines = await readFile(text, "utf8").then(
    (content) => content.split(/\r\n|\n|\r/),
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT")
        throw new UsageError(`--horizon ${text}: ${PAIRS}; there is no such file`);
      throw new InputError([{ file: text, message: `cannot be read: ${reasonOf(error)}` }]);
    },
  );
  return horizonOfFile(lines, text);
}

/** Azimuth and elevation in each line, with a space, comma, semicolon or colon between; `#` begins a comment. */
function horizonOfFile(lines: readonly string[], file: string): HorizonMask {
  const points = lines.flatMap((whole, i) => {
    const line = whole.replace(/#.*/, "").trim();
    if (line === "") return [];
    try {
      return [pointOf(line.split(/\s*[:,;]\s*|\s+/), "skyline", () => "expected an azimuth and an elevation")];
    } catch (error) {
      throw error instanceof UsageError ? new InputError([{ file, line: i + 1, message: error.message }]) : error;
    }
  });
  const refuse = (message: string) => new InputError([{ file, message }]);
  if (points.length === 0) throw refuse("no azimuth and elevation in it");
  return inOrder(points, refuse);
}

function pointOf(parts: readonly string[], option: string, expected: () => string): HorizonPoint {
  const [azimuth = "", elevation = ""] = parts;
  if (parts.length !== 2) throw new UsageError(`${option} ${parts.join(":")}: ${expected()}`);
  const azimuthDeg = parseNumber(azimuth, `${option}: azimuth`, 0, 360);
  return { azimuthDeg: azimuthDeg % 360, elevationDeg: parseNumber(elevation, `${option}: elevation`, -90, 90) };
}

/** By azimuth; 360 is 0, and may stand beside it with the same elevation. */
function inOrder(points: readonly HorizonPoint[], refuse: (message: string) => Error): HorizonMask {
  const sorted = points.toSorted((a, b) => a.azimuthDeg - b.azimuthDeg);
  return sorted.filter((point, i) => {
    const before = sorted[i - 1];
    if (before?.azimuthDeg !== point.azimuthDeg) return true;
    if (before.elevationDeg !== point.elevationDeg)
      throw refuse(`azimuth ${point.azimuthDeg} has two elevations, ${before.elevationDeg} and ${point.elevationDeg}`);
    return false;
  });
}
