/** Passes of many satellites over many sites: each side finds them its own way, and both must find the same. */
import { type FleetPasses, findFleetPasses } from "@vedette/core/access/fleet-passes";
import { findPasses } from "@vedette/core/access/passes";
import type { Site } from "@vedette/core/geo/position";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { ephemerisOf, tabulate } from "@vedette/core/orbit/table";
import { fleetRows } from "./fleet-windows.ts";
import { type Inputs, MASK_DEG, TABLE } from "./inputs.ts";
import { type Contestant, interleaved, type Measured } from "./measure.ts";
import {
  documentedPeer,
  elevationDeg,
  PEER_STEP_MS,
  type Peer,
  sharedWindows,
  steppedWindows,
  tunedPeer,
  type Window,
} from "./peer.ts";
import { findEventsBySkyfield, type Skyfield } from "./peer-skyfield.ts";
import { randomOf } from "./random.ts";
import { type Row, rowsOf, short } from "./table.ts";
import { VoidBench, within } from "./void.ts";

/** Both bisect or polish on SGP4 itself to a millisecond. */
const SAME_EDGE_MS = 5;
/** The table's 6.5 m, at a grazing edge. */
const TABLE_EDGE_MS = 1_000;
/** `find_events` of 1.45 leaves some edges seconds away, where its own elevation is up to a degree off the mask. */
const SKYFIELD_EDGE_MS = 15_000;

/** By pair: satellite index times the number of sites, plus site index. */
interface Answer {
  readonly windows: ReadonlyMap<number, readonly Window[]>;
  readonly seconds?: number;
}

export async function windowRows(inputs: Inputs, skyfield: Skyfield | undefined): Promise<Row[]> {
  const { satellites, sites, size, rounds } = inputs;
  const contestants = [
    fleet(inputs),
    ours(inputs, "Vedette pair by pair, edges polished on SGP4", true),
    ours(inputs, "Vedette pair by pair, edges of the table", false),
    steppedPeer(inputs, "satellite.js as documented, each pair at 10 s", documentedPeer),
    steppedPeer(inputs, "satellite.js tuned, each pair at 10 s", tunedPeer),
    sharedPeer(inputs),
    ...(skyfield === undefined ? [] : [skyfieldPeer(inputs, skyfield)]),
  ];
  const measured = await interleaved(contestants, rounds);
  const work = `${satellites.length} satellites x ${sites.length} sites x ${size.days} days, mask ${MASK_DEG} deg`;
  const [first, ...others] = measured as [Measured<Answer>, ...Measured<Answer>[]];
  const pairDays = satellites.length * sites.length * size.days;
  const count = [...first.answer.windows.values()].reduce((sum, { length }) => sum + length, 0);
  const own = `${short(count)} windows, ${short((first.medianS / pairDays) * 1e6)} us per satellite, site and day`;
  const rows = rowsOf("Windows", work, measured, [
    [own],
    ...others.map((other) => [agreement(inputs, first.answer, other)]),
  ]);
  return [...rows, ...(await fleetRows(inputs))];
}

/** All in one call; the windows are put by pairs when they are compared, not while the clock runs. */
function fleet({ satellites, sites, span }: Inputs): Contestant<Answer> {
  const query = { satellites, sites: sites.map((site) => ({ site, maskDeg: MASK_DEG })), span, options: TABLE };
  const run = () => {
    const passes = findFleetPasses(query);
    if (passes.unknown.some(({ length }) => length > 0)) throw new VoidBench("unknown in the span");
    return {
      get windows() {
        return windowsByPair(passes, sites.length);
      },
    };
  };
  return { by: "Vedette, one call, edges on SGP4 to a millisecond", scale: 1, run };
}

function windowsByPair({ count, satellite, site, startMs, endMs }: FleetPasses, sites: number): Map<number, Window[]> {
  const windows = new Map<number, Window[]>();
  for (let i = 0; i < count; i++) {
    const pair = (satellite[i] as number) * sites + (site[i] as number);
    const own = windows.get(pair) ?? [];
    own.push({ start: startMs[i] as number, end: endMs[i] as number });
    windows.set(pair, own);
  }
  return windows;
}

function ours({ satellites, sites, span }: Inputs, by: string, isExact: boolean): Contestant<Answer> {
  const run = () => {
    const windows = new Map<number, readonly Window[]>();
    satellites.forEach((elements, s) => {
      const table = tabulate(elements, span, TABLE);
      const refine = isExact ? { exact: ephemerisOf(elements, TABLE) } : {};
      sites.forEach((site, k) => {
        const found = findPasses({ table, site, span, maskDeg: MASK_DEG, ...refine });
        if (found.unknown.length > 0) throw new VoidBench(`${elements.name}: unknown in the span`);
        windows.set(s * sites.length + k, found.windows);
      });
    });
    return { windows };
  };
  return { by, scale: 1, run };
}

function steppedPeer(inputs: Inputs, by: string, peerOf: (elements: MeanElements) => Peer): Contestant<Answer> {
  const { span } = inputs;
  const pairs = sampledPairs(inputs, inputs.size.peer.pairs);
  const run = (some: typeof pairs) => ({
    windows: new Map(
      some.map(({ pair, elements, site }) => [pair, steppedWindows(peerOf(elements), site, span, MASK_DEG)]),
    ),
  });
  return {
    by,
    ...scaleOf(pairs.length, inputs.satellites.length * inputs.sites.length, "pairs"),
    run: () => run(pairs),
    warm: () => run(pairs.slice(0, 2)),
  };
}

function sharedPeer({ satellites, sites, span, size }: Inputs): Contestant<Answer> {
  const sampled = satellites.slice(0, size.peer.shared);
  const run = (some: readonly MeanElements[]) => ({
    windows: new Map(
      some.flatMap((elements, s) =>
        sharedWindows(tunedPeer(elements), sites, span, MASK_DEG).map(
          (windows, k) => [s * sites.length + k, windows] as const,
        ),
      ),
    ),
  });
  return {
    by: "satellite.js tuned, at 10 s, sites sharing positions",
    ...scaleOf(sampled.length, satellites.length, "satellites"),
    run: () => run(sampled),
    warm: () => run(sampled.slice(0, 1)),
  };
}

function skyfieldPeer(inputs: Inputs, skyfield: Skyfield): Contestant<Answer> {
  const pairs = sampledPairs(inputs, inputs.size.skyfield.pairs);
  return {
    by: "Skyfield, find_events",
    ...scaleOf(pairs.length, inputs.satellites.length * inputs.sites.length, "pairs"),
    run: () => {
      const { seconds, rows } = findEventsBySkyfield(skyfield, pairs, inputs.span, MASK_DEG);
      const windows = new Map(
        pairs.map(({ pair }, i) => [pair, windowsOf(rows[i] as readonly (readonly [number, number])[], inputs)]),
      );
      return { windows, seconds };
    },
    secondsOf: ({ seconds }) => seconds ?? Number.NaN,
  };
}

/** Risings (0) and settings (2) as windows, cut to the span where one has no partner. */
function windowsOf(events: readonly (readonly [number, number])[], { span }: Inputs): Window[] {
  const edges = events.map(([at]) => at);
  if (events[0]?.[1] === 2) edges.unshift(span.start);
  if (events.at(-1)?.[1] === 0) edges.push(span.end);
  return Array.from({ length: edges.length / 2 }, (_, i) => ({
    start: edges[2 * i] as number,
    end: edges[2 * i + 1] as number,
  }));
}

interface Pair {
  readonly pair: number;
  readonly elements: MeanElements;
  readonly site: Site;
}

/** Satellites in turn, each over a site drawn; all pairs where that many are asked for. */
function sampledPairs({ satellites, sites, seed }: Inputs, count: number): Pair[] {
  const all = satellites.flatMap((elements, s) =>
    sites.map((site, k) => ({ pair: s * sites.length + k, elements, site })),
  );
  if (count >= all.length) return all;
  const random = randomOf(seed + 1);
  return Array.from({ length: count }, (_, i) => {
    const s = i % satellites.length;
    return all[s * sites.length + Math.floor(random() * sites.length)] as Pair;
  });
}

function scaleOf(sampled: number, all: number, what: string): { scale: number; sample?: string } {
  return sampled === all ? { scale: 1 } : { scale: all / sampled, sample: `${sampled} of ${all} ${what}` };
}

/** Ends the bench unless both found the same windows: none invented, and none missing but what a step of 10 s hides. */
function agreement(inputs: Inputs, ours: Answer, { by, answer }: Measured<Answer>): string {
  let [same, hidden, worstMs] = [0, 0, 0];
  const { windows: ourWindows } = ours;
  for (const [pair, theirs] of answer.windows) {
    const own = ourWindows.get(pair) ?? [];
    const matched = new Set<Window>();
    for (const { start, end } of theirs) {
      const partners = own.filter((each) => each.start < end && start < each.end);
      const [partner] = partners;
      if (partner === undefined || partners.length > 1) {
        throw new VoidBench(`${by}: pair ${pair}, ${start} to ${end} is ${partners.length} windows of ours`);
      }
      matched.add(partner);
      same++;
      worstMs = Math.max(worstMs, Math.abs(partner.start - start), Math.abs(partner.end - end));
    }
    for (const missing of own.filter((each) => !matched.has(each))) {
      if (!isHidden(inputs, pair, missing)) {
        throw new VoidBench(`${by}: pair ${pair} has no window from ${missing.start} to ${missing.end}`);
      }
      hidden++;
    }
  }
  const limitMs = by.startsWith("Skyfield")
    ? SKYFIELD_EDGE_MS
    : by.endsWith("edges of the table")
      ? TABLE_EDGE_MS
      : SAME_EDGE_MS;
  within(`windows, ${by}`, worstMs, limitMs, "ms");
  const unseen = hidden === 0 ? "" : `, ${hidden} shorter than its step not seen`;
  return `the same ${short(same)} windows${unseen}, edges within ${short(worstMs)} ms of ours`;
}

/** Shorter than the peer's step, and there all the same: the peer's own position at its middle is above the mask. */
function isHidden({ satellites, sites }: Inputs, pair: number, { start, end }: Window): boolean {
  const site = sites[pair % sites.length];
  const elements = satellites[Math.floor(pair / sites.length)];
  if (site === undefined || elements === undefined || end - start >= PEER_STEP_MS) return false;
  return elevationDeg(tunedPeer(elements), site, (start + end) / 2) >= MASK_DEG;
}
