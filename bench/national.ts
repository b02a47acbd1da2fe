/**
 * A country for a month: every hour of 100,000 cells, by today's imaging satellites and a planned constellation; then any
 * part of the coalition from the same sweep. Each run is a process of its own, so that its memory is its own too.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { type CoveragePlan, coveragePlanOf, storeBytes } from "@vedette/core/access/coverage";
import { gridOf } from "@vedette/core/access/grid";
import { coverageFleetOf, groupsWithout } from "@vedette/core/coalition/coverage-groups";
import { cellsAround, coarserCells } from "@vedette/core/geo/cells";
import { type FleetSatellite, fleetOf } from "@vedette/core/network/fleet";
import type { Network } from "@vedette/core/network/network";
import { instant, MS_PER_DAY } from "@vedette/core/time/instant";
import { openCoverage } from "../apps/vedette/src/engine/coverage.ts";
import { shared } from "../apps/vedette/src/engine/memory.ts";
import { loadScenario } from "../apps/vedette/src/scenario/load.ts";
import { type Inputs, START } from "./inputs.ts";
import { interleaved } from "./measure.ts";
import { drawn, randomOf } from "./random.ts";
import { type Row, rowsOf, short } from "./table.ts";

const CELLS = 100_000;
const RESOLUTION = 7;
const MIDDLE = { latitudeDeg: 48.6, longitudeDeg: 31.4 };
const RADIUS_KM = 480;
const TODAY = 315;
const NEVER_STALE = { staleAfterMs: Number.POSITIVE_INFINITY };
/** Nations taken out, one question each; the first is not counted: it compiles. */
const QUESTIONS = ["", "USA", "FRA", "ITA", "DEU", "FIN", "USA"];

/** What one process tells. */
interface Told {
  readonly satellites: number;
  readonly cells: number;
  readonly coarse: number;
  readonly planeMiB: number;
  readonly sweepS: number;
  readonly askS: number;
  readonly looks: number;
  readonly peakMiB: number;
  readonly processorS: number;
}

export async function nationalRows({ size, rounds, seed }: Inputs): Promise<Row[]> {
  const days = size.days < 7 ? 2 : 30;
  const { threads, scenarioRounds } = size.run;
  const measured = await interleaved(
    [...new Set([...threads].reverse()), 1].map((count) => ({
      by: `Vedette, ${count} threads`,
      scale: 1,
      run: () => nationalRun(count, days, seed),
      warm: () => {},
      secondsOf: ({ sweepS }: Told) => sweepS,
    })),
    Math.min(rounds, scenarioRounds),
  );
  const [first] = measured;
  if (first === undefined) return [];
  const { answer } = first;
  const work = `${answer.satellites} satellites x ${short(answer.cells)} cells (H3 resolution ${RESOLUTION}) x ${days} days, every hour's ledger`;
  const notes = measured.map(({ answer: told }) => [
    `any subset of nations afterwards ${short(told.askS * 1000)} ms, ages on ${short(told.coarse)} cells`,
    `${short((told.sweepS * 1e9) / (told.satellites * told.cells * days))} ns a satellite-cell-day`,
    `${short(told.processorS)} s of processor time, peak memory ${short(Math.round(told.peakMiB))} MiB, ${short(Math.round(told.planeMiB))} of bits`,
  ]);
  return rowsOf("National coverage", work, measured, notes);
}

async function nationalRun(threads: number, days: number, seed: number): Promise<Told> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), String(threads), String(days), String(seed)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: string[] = [];
  child.stdout.on("data", (bytes) => said.push(String(bytes)));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the national sweep ended with ${code}`);
  return JSON.parse(said.join(""));
}

interface Member {
  readonly network: Network;
  readonly fleet: readonly FleetSatellite[];
}

/** Today's satellites that make images, drawn by the seed, and all the planned ones. */
async function membersOf(seed: number): Promise<[Member, Member]> {
  const [today, planned] = await Promise.all([loadScenario("line-of-contact"), loadScenario("constellation-2029")]);
  const imaging = fleetOf(today.network, today.elements, START).filter(({ elements, missionId }) => {
    const sensors = today.network.missions[missionId]?.sensors ?? [];
    return elements !== undefined && sensors.some((id) => today.network.sensors[id]?.kind !== "rf");
  });
  return [
    { network: today.network, fleet: drawn(imaging, TODAY, randomOf(seed)) },
    { network: planned.network, fleet: fleetOf(planned.network, planned.elements, START) },
  ];
}

async function measure(threads: number, days: number, seed: number): Promise<Told> {
  const members = await membersOf(seed);
  const [today, planned] = members.map(({ network, fleet }) => coverageFleetOf(network, fleet, () => NEVER_STALE));
  if (today === undefined || planned === undefined) throw new Error("a coalition of two");
  const shift = today.groups;
  const cells = cellsAround(MIDDLE, RADIUS_KM, RESOLUTION).slice(0, CELLS).sort();
  const satellites = [
    ...today.satellites,
    ...planned.satellites.map((each) => ({ ...each, group: each.group + shift })),
  ];
  const begin = performance.now();
  const plan: CoveragePlan = coveragePlanOf({
    satellites,
    grid: gridOf(cells, shared),
    coarse: gridOf(coarserCells(cells, RESOLUTION - 2), shared),
    span: { start: START, end: instant(START + days * MS_PER_DAY) },
  });
  const session = await openCoverage(plan, { threads });
  const sweepS = (performance.now() - begin) / 1000;
  const asksS: number[] = [];
  let looks = 0;
  for (const nation of QUESTIONS) {
    const without = new Set([nation]);
    const groups = Uint8Array.of(
      ...members.flatMap(({ network, fleet }, i) => [
        ...groupsWithout(network, fleet, i === 0 ? today : planned, without),
      ]),
    );
    const asked = performance.now();
    const { ages } = await session.ask(groups);
    asksS.push((performance.now() - asked) / 1000);
    if (nation === "") looks = ages[0]?.looks.reduce((sum, count) => sum + count, 0) ?? 0;
  }
  await session.close();
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return {
    satellites: satellites.length,
    cells: plan.grid.count,
    coarse: plan.coarse.count,
    planeMiB: storeBytes(plan) / 2 ** 20,
    sweepS,
    askS: asksS.slice(1).sort((a, b) => a - b)[Math.floor(QUESTIONS.length / 2) - 1] ?? Number.NaN,
    looks: (looks / plan.coarse.count) * plan.grid.count,
    peakMiB: maxRSS / 1024,
    processorS: (userCPUTime + systemCPUTime) / 1e6,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [threads = 4, days = 30, seed = 20260615] = process.argv.slice(2).map(Number);
  process.stdout.write(`${JSON.stringify(await measure(threads, days, seed))}\n`);
}
