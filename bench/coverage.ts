/** When each cell of the line comes abeam of each satellite, and whether one of its sensors reaches it then. */
import type { Opportunities } from "@vedette/core/access/opportunities";
import { type Reach, sweep } from "@vedette/core/access/sweep";
import { tabulate } from "@vedette/core/orbit/table";
import { type Imager, type Inputs, TABLE } from "./inputs.ts";
import { type Contestant, interleaved, type Measured } from "./measure.ts";
import { tunedPeer } from "./peer.ts";
import { type Approach, sharedApproaches, steppedApproaches } from "./peer-coverage.ts";
import { randomOf } from "./random.ts";
import { type Row, rowsOf, short } from "./table.ts";
import { VoidBench, within } from "./void.ts";

/** The peer's parabola through steps of 10 s, against Newton on the range rate. */
const SAME_ABEAM_MS = 50;
/** This near the edge of a sensor's band the sides may differ: nadir is to 1e-3 degrees on ours, and time to 50 ms on theirs. */
const BAND_EDGE_DEG = 0.02;

/** What one side found for one satellite over some cells; `kept` are within a sensor's reach. */
interface Found {
  readonly imager: number;
  /** Undefined: all cells. */
  readonly cell?: number;
  readonly kept: number;
  readonly opportunities?: Opportunities;
  readonly approaches?: readonly Approach[];
}

export async function coverageRows(inputs: Inputs): Promise<Row[]> {
  const { imagers, grid, size, rounds } = inputs;
  const measured = await interleaved([ours(inputs), steppedPeer(inputs), sharedPeer(inputs)], rounds);
  const [first, ...peers] = measured as [Measured<readonly Found[]>, ...Measured<readonly Found[]>[]];
  const count = first.answer.reduce((sum, { kept }) => sum + kept, 0);
  const own = `${short(count)} opportunities, ${short((first.medianS / count) * 1e9)} ns each`;
  const work = `${imagers.length} satellites x ${short(grid.count)} cells (H3 resolution 6) x ${size.days} days`;
  return rowsOf("Coverage", work, measured, [[own], ...peers.map((peer) => [agreement(inputs, first.answer, peer)])]);
}

function ours({ imagers, grid, span }: Inputs): Contestant<readonly Found[]> {
  return {
    by: "Vedette, sweep",
    scale: 1,
    run: () =>
      imagers.map(({ elements, reaches }, imager) => {
        const opportunities = sweep({ table: tabulate(elements, span, TABLE), grid, span, reaches });
        return { imager, kept: opportunities.cell.length, opportunities };
      }),
  };
}

function steppedPeer({ imagers, grid, span, size, seed }: Inputs): Contestant<readonly Found[]> {
  const random = randomOf(seed + 2);
  const pairs = Array.from({ length: size.peer.cellPairs }, (_, i) => ({
    imager: i % imagers.length,
    cell: Math.floor(random() * grid.count),
  }));
  const run = (some: typeof pairs) =>
    some.map(({ imager, cell }) => {
      const { elements, reaches } = imagers[imager] as Imager;
      const approaches = steppedApproaches(tunedPeer(elements), grid, cell, span);
      return { imager, cell, kept: keptOf(approaches, reaches), approaches };
    });
  return {
    by: "satellite.js tuned, each pair at 10 s",
    scale: (imagers.length * grid.count) / pairs.length,
    sample: `${pairs.length} of ${short(imagers.length * grid.count)} pairs`,
    run: () => run(pairs),
    warm: () => run(pairs.slice(0, 2)),
  };
}

function sharedPeer({ imagers, grid, span, size }: Inputs): Contestant<readonly Found[]> {
  const sampled = imagers.slice(0, size.peer.swept);
  const run = (some: readonly Imager[]) =>
    some.map(({ elements, reaches }, imager) => {
      const approaches = sharedApproaches(tunedPeer(elements), grid, span);
      return { imager, kept: keptOf(approaches, reaches), approaches };
    });
  return {
    by: "satellite.js tuned, at 10 s, cells sharing positions",
    scale: imagers.length / sampled.length,
    sample: `${sampled.length} of ${imagers.length} satellites`,
    run: () => run(sampled),
    warm: () => run(sampled.slice(0, 1)),
  };
}

function keptOf(approaches: readonly Approach[], reaches: readonly Reach[]): number {
  return approaches.filter((approach) => isReached(approach, reaches, 0)).length;
}

/** `marginDeg` widens every band, or narrows it where negative. */
function isReached(
  { offNadirDeg, incidenceDeg, side }: Approach,
  reaches: readonly Reach[],
  marginDeg: number,
): boolean {
  return reaches.some((reach) => {
    const angle = reach.angle === "offNadir" ? offNadirDeg : incidenceDeg;
    if (angle < reach.minDeg - marginDeg || angle > reach.maxDeg + marginDeg) return false;
    return reach.side === "both" || (reach.side === "left" ? side >= 0 : side <= 0);
  });
}

/** Ends the bench unless both found the same opportunities, those on the very edge of a band apart. */
function agreement(
  { imagers, grid }: Inputs,
  ours: readonly Found[],
  { by, answer }: Measured<readonly Found[]>,
): string {
  let [same, onEdge, worstMs] = [0, 0, 0];
  for (const { imager, cell, approaches = [] } of answer) {
    const { reaches, elements } = imagers[imager] as Imager;
    const own = timesByCell(ours[imager]?.opportunities, grid.count);
    let matched = 0;
    for (const approach of approaches) {
      const offsMs = (own[approach.cell] ?? []).map((at) => Math.abs(at - approach.atMs)).filter((off) => off < 1000);
      const isSure = isReached(approach, reaches, -BAND_EDGE_DEG);
      const isPossible = isReached(approach, reaches, BAND_EDGE_DEG);
      if (offsMs.length > (isPossible ? 1 : 0) || (isSure && offsMs.length === 0)) {
        throw new VoidBench(
          `${by}: ${elements.name}, cell ${approach.cell}, ${approach.atMs}: ${offsMs.length} of ours`,
        );
      }
      if (isPossible && !isSure) onEdge++;
      else if (isSure) same++;
      matched += offsMs.length;
      worstMs = Math.max(worstMs, ...offsMs);
    }
    const expected = cell === undefined ? own.reduce((sum, { length }) => sum + length, 0) : (own[cell]?.length ?? 0);
    if (matched !== expected)
      throw new VoidBench(`${by}: ${elements.name}: ${expected - matched} of ours have no partner`);
  }
  within(`coverage, ${by}`, worstMs, SAME_ABEAM_MS, "ms");
  return `the same ${short(same)} opportunities (${short(onEdge)} more within ${BAND_EDGE_DEG} deg of a band's edge), within ${short(worstMs)} ms`;
}

function timesByCell(opportunities: Opportunities | undefined, count: number): number[][] {
  const times = Array.from({ length: count }, (): number[] => []);
  opportunities?.cell.forEach((cell, i) => {
    times[cell]?.push(opportunities.atMs[i] as number);
  });
  return times;
}
