/** Passes of all imaging satellites over many sites: what one satellite over one site costs a day. */
import { fileURLToPath } from "node:url";
import { findFleetPasses } from "@vedette/core/access/fleet-passes";
import { findPasses } from "@vedette/core/access/passes";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { ephemerisOf, tabulate } from "@vedette/core/orbit/table";
import { readCatalogue } from "../apps/vedette/src/feeds/catalogue/catalogue.ts";
import { type Inputs, MASK_DEG, TABLE } from "./inputs.ts";
import { type Contestant, interleaved } from "./measure.ts";
import { randomOf } from "./random.ts";
import { type Row, rowsOf, short } from "./table.ts";
import { VoidBench } from "./void.ts";

const CATALOGUE = fileURLToPath(new URL("../data/catalogues/imaging-2026-06-14.csv", import.meta.url));
const SATELLITES = 315;
const SITES = 100;
/** How many satellites the pairwise way is asked for. */
const SAMPLED = 8;
/** Slower than four revolutions a day: a relay. */
const LOW_ORBIT_REV_PER_DAY = 4;

/** Windows found. */
type Count = number;

export async function fleetRows({ seed, rounds, span, size }: Inputs): Promise<Row[]> {
  const { elements } = await readCatalogue(CATALOGUE);
  const satellites = elements.filter((each) => each.meanMotionRevPerDay > LOW_ORBIT_REV_PER_DAY).slice(0, SATELLITES);
  const random = randomOf(seed + 2);
  const sites = Array.from({ length: SITES }, (_, i) => {
    const latitudeDeg = (Math.asin(2 * random() - 1) * 180) / Math.PI;
    const site = { id: `place-${i + 1}`, latitudeDeg, longitudeDeg: 360 * random() - 180, heightM: 2000 * random() };
    return { site, maskDeg: MASK_DEG };
  });
  const together: Contestant<Count> = {
    by: "Vedette, one call",
    scale: 1,
    run: () => findFleetPasses({ satellites, sites, span, options: TABLE }).count,
  };
  const oneByOne = (some: readonly MeanElements[]): Count =>
    some.reduce((sum, each) => {
      const [table, exact] = [tabulate(each, span, TABLE), ephemerisOf(each, TABLE)];
      return sum + sites.reduce((n, seen) => n + findPasses({ table, exact, span, ...seen }).windows.length, 0);
    }, 0);
  const pairwise: Contestant<Count> = {
    by: "Vedette pair by pair, edges polished on SGP4",
    scale: satellites.length / SAMPLED,
    sample: `${SAMPLED} of ${satellites.length} satellites`,
    run: () => oneByOne(satellites.slice(0, SAMPLED)),
  };
  const measured = await interleaved([together, pairwise], rounds);
  const sampled = findFleetPasses({ satellites: satellites.slice(0, SAMPLED), sites, span, options: TABLE }).count;
  const [all, some] = measured.map(({ answer }) => answer);
  if (sampled !== some)
    throw new VoidBench(`windows of ${SAMPLED} satellites: ${sampled} in one call, ${some} by pairs`);
  const pairDays = satellites.length * sites.length * size.days;
  const each = measured.map(({ medianS }) => `${short((medianS / pairDays) * 1e6)} us per satellite, site and day`);
  const work = `${satellites.length} satellites x ${sites.length} sites x ${size.days} days, mask ${MASK_DEG} deg, one thread`;
  return rowsOf("Windows of a fleet", work, measured, [
    [`${short(all ?? 0)} windows, ${each[0]}`],
    [each[1] ?? "", "the same windows"],
  ]);
}
