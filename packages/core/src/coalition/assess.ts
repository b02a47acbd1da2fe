/** One network over one span: every figure of a row of the report, from a sweep that is done once for all rows. */
import { type Acceptance, acceptanceOf, CHANNELS, inChannel } from "../access/acceptance.ts";
import { type GapFigures, GapTable } from "../access/gaps.ts";
import type { Allocate, Sky } from "../access/sky.ts";
import type { FleetSatellite } from "../network/fleet.ts";
import type { Network } from "../network/network.ts";
import type { Distribution } from "../numerics/distribution.ts";
import { planGreedy } from "../plan/greedy.ts";
import { type GroundPoint, type LookSatellite, type Taken, takenByCell } from "../plan/looks.ts";
import { type LookRequest, lookSensorsOf } from "../plan/sensors.ts";
import { type Interval, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from "../time/instant.ts";
import { accessibleLatencies, takenLatencies } from "./latency.ts";
import { type RequestFigures, type TakenFigures, takenFigures } from "./taken.ts";
import type { Case, UnknownStretch, Watch } from "./watch.ts";
import { type Strength, strengthOf } from "./without.ts";

/** What could be looked at. Channels: any imaging kind, then `SENSOR_KINDS`. */
export interface Accessible {
  readonly gaps: readonly GapFigures[];
  readonly latencyH: readonly (Distribution | undefined)[];
  /** Share of the span's hours in which the position of an active satellite of the channel is unknown. */
  readonly unknownHours01: readonly number[];
  /** Cell-looks. */
  readonly count: number;
}

/** What was looked at under the greedy rule. */
export interface TakenAssessment extends TakenFigures {
  readonly satellites: number;
  readonly stations: number;
  readonly orphaned: number;
  readonly latencyH: readonly (Distribution | undefined)[];
  /** Cell-looks: taken = delivered + waiting. */
  readonly count: number;
  readonly delivered: number;
  readonly waiting: number;
  /** Share of (request, cell) pairs that got revisit and latency; undefined where nothing is asked. */
  readonly requestsMet01: number | undefined;
  readonly plan: Taken;
}

/** A case made ready: which satellites are left, with which sensors, and which ground points. */
export interface ReadyCase {
  readonly strength: Strength;
  readonly satellites: readonly LookSatellite[];
  readonly ground: readonly GroundPoint[];
  readonly contacts: number;
}

/** Stations, then relays: the order that contacts index. */
export function groundIds(network: Network): string[] {
  return [...Object.keys(network.stations), ...Object.keys(network.relays ?? {})];
}

export function readyCase(watch: Watch, { network, without, contacts }: Case): ReadyCase {
  const strength = strengthOf(network, watch.fleet, new Set(without));
  return {
    strength,
    satellites: watch.fleet.map((satellite, s) =>
      lookSatelliteOf(network, satellite, strength.active[s] === true, watch.requests),
    ),
    ground: groundOf(network, strength),
    contacts,
  };
}

/** The acceptance of a network's sensors, whoever is taken out: of all satellites, so that cases of nations share it. */
export function acceptanceFor(watch: Watch, sky: Sky, network: Network, allocate: Allocate): Acceptance {
  const sensors = watch.fleet.map(({ missionId }) => lookSensorsOf(network, missionId, watch.requests));
  return acceptanceOf(sky, sensors, watch.cellRequests, allocate);
}

export function assessAccessible(
  sky: Sky,
  acceptance: Acceptance,
  ready: ReadyCase,
  unknown: readonly UnknownStretch[],
): Accessible {
  const { satellites, ground, contacts } = ready;
  const table = new GapTable(sky.cells, sky.span);
  const active = Uint8Array.from(satellites, (satellite) => (satellite.active ? 15 : 0));
  const { cellFirst, cellAt, cellKinds, cellSatellite } = acceptance;
  for (let cell = 0; cell < sky.cells; cell++) {
    for (let k = cellFirst[cell] as number; k < (cellFirst[cell + 1] as number); k++) {
      const bits = (cellKinds[k] as number) & (active[cellSatellite[k] as number] as number);
      if (bits === 0) continue;
      table.add(bits, sky.span.start + (cellAt[k] as number) * sky.unitMs);
    }
    table.endCell(cell);
  }
  return {
    gaps: table.channels,
    latencyH: accessibleLatencies(acceptance, contactsOf(sky, contacts), satellites, ground),
    unknownHours01: unknownHours(sky.span, satellites, unknown),
    count: acceptance.looks.reduce((sum, looks, s) => sum + (satellites[s]?.active === true ? looks : 0), 0),
  };
}

function unknownHours(
  span: Interval,
  satellites: readonly LookSatellite[],
  unknown: readonly UnknownStretch[],
): number[] {
  const hours = Math.ceil((span.end - span.start) / MS_PER_HOUR);
  const flags = Array.from({ length: CHANNELS }, () => new Uint8Array(hours));
  for (const { satellite, fromMs, toMs } of unknown) {
    const { active = false, sensors = [] } = satellites[satellite] ?? {};
    if (!active) continue;
    const from = Math.floor((fromMs - span.start) / MS_PER_HOUR);
    const to = Math.ceil((toMs - span.start) / MS_PER_HOUR);
    const bits = sensors.reduce((sum, { kind }) => sum | (1 << kind), 0);
    flags.forEach((flag, c) => {
      if (inChannel(bits, c)) flag.fill(1, from, to);
    });
  }
  return flags.map((flag) => flag.reduce((sum, one) => sum + one, 0) / hours);
}

export function assessTaken(watch: Watch, sky: Sky, acceptance: Acceptance, ready: ReadyCase): TakenAssessment {
  const { satellites, ground, strength } = ready;
  const { requests, cellRequests, cellKm, span } = watch;
  const contacts = contactsOf(sky, ready.contacts);
  const plan = planGreedy({ sky, acceptance, contacts, satellites, ground, requests, cellRequests, cellKm });
  const figures = takenFigures(watch, sky, plan.looks, takenByCell(plan, sky.cells));
  const delivered = plan.looks.reduce((sum, look) => sum + (look.deliveredMs <= span.end ? look.cells : 0), 0);
  return {
    ...figures,
    satellites: strength.active.filter(Boolean).length,
    stations: strength.stations.size + strength.relays.size,
    orphaned: strength.orphaned.filter(Boolean).length,
    latencyH: takenLatencies(plan.looks, span.end),
    count: plan.cell.length,
    delivered,
    waiting: plan.cell.length - delivered,
    requestsMet01: metShare(figures.requests),
    plan,
  };
}

/** Only the latency: where contacts or processing differ, and opportunities do not. */
export function accessibleLatencyOf(
  sky: Sky,
  acceptance: Acceptance,
  { satellites, ground, contacts }: ReadyCase,
): Accessible["latencyH"] {
  return accessibleLatencies(acceptance, contactsOf(sky, contacts), satellites, ground);
}

function contactsOf(sky: Sky, variant: number) {
  const contacts = sky.contacts[variant];
  if (contacts === undefined) throw new RangeError(`the sky has no variant ${variant} of contacts`);
  return contacts;
}

function metShare(requests: readonly RequestFigures[]): number | undefined {
  const cells = requests.reduce((sum, row) => sum + row.cells, 0);
  return cells === 0 ? undefined : requests.reduce((sum, row) => sum + row.met, 0) / cells;
}

function lookSatelliteOf(
  network: Network,
  satellite: FleetSatellite,
  active: boolean,
  requests: readonly LookRequest[],
): LookSatellite {
  const mission = network.missions[satellite.missionId];
  return {
    active,
    sensors: lookSensorsOf(network, satellite.missionId, requests),
    memoryGbit: mission?.memoryGbit.value ?? 0,
    downlinkMbps: mission?.downlinkMbps.value ?? 0,
    processingMs: (network.processing[mission?.processing ?? ""]?.latencyMin.value ?? 0) * MS_PER_MINUTE,
    periodMs: MS_PER_DAY / (satellite.elements?.meanMotionRevPerDay ?? 15),
  };
}

function groundOf(network: Network, strength: Strength): GroundPoint[] {
  return [
    ...Object.entries(network.stations).map(([id, { antennas }]) => ({
      id,
      usable: strength.stations.has(id),
      antennas: antennas.value,
      rateMbps: Number.POSITIVE_INFINITY,
    })),
    ...Object.entries(network.relays ?? {}).map(([id, { terminals, rateMbps }]) => ({
      id,
      usable: strength.relays.has(id),
      antennas: terminals.value,
      rateMbps: rateMbps.value,
    })),
  ];
}
