/** One network over one span: every figure of a row of the report, from a sweep that is done once for all rows. */
import { type Acceptance, acceptanceOf } from "../access/acceptance.ts";
import { GapChannel } from "../access/gaps.ts";
import type { Sky } from "../access/sky.ts";
import type { FleetSatellite } from "../network/fleet.ts";
import type { Network } from "../network/network.ts";
import { type Distribution, distributionOf } from "../numerics/distribution.ts";
import { planGreedy } from "../plan/greedy.ts";
import type { GroundPoint, LookSatellite, Taken } from "../plan/looks.ts";
import { type LookRequest, lookSensorsOf } from "../plan/sensors.ts";
import { type Interval, MS_PER_DAY, MS_PER_MINUTE } from "../time/instant.ts";
import { accessibleLatencies, CHANNELS, inChannel, meanAgeH, takenByCell, takenLatencies } from "./picture.ts";
import { requestsMet01 } from "./requests.ts";
import type { AssessmentDetail, Case, TakenByCell, Watch } from "./watch.ts";
import { strengthOf } from "./without.ts";

/** Arrays by channel: any kind, then `SENSOR_KINDS`. */
export interface Assessment {
  readonly satellites: number;
  readonly stations: number;
  readonly orphaned: number;
  readonly accessible: readonly GapChannel[];
  readonly taken: readonly GapChannel[];
  /** Per channel, per cell, hours; NaN where no picture came. */
  readonly pictureAgeH: readonly Float32Array[];
  readonly accessibleLatencyH: readonly (Distribution | undefined)[];
  readonly latencyH: readonly (Distribution | undefined)[];
  readonly cellLooks: {
    readonly accessible: number;
    readonly taken: number;
    readonly delivered: number;
    readonly waiting: number;
  };
  readonly requestsMet01: number | undefined;
  /** For those who want to look closer; large, stays in the thread. */
  readonly detail: AssessmentDetail;
}

/** Stations, then relays: the order that contacts index. */
export function groundIds(network: Network): string[] {
  return [...Object.keys(network.stations), ...Object.keys(network.relays ?? {})];
}

/** Figures of one case. Deterministic: the same sky and case give the same bytes. */
export function assess(watch: Watch, sky: Sky, { network, without, contacts }: Case): Assessment {
  const strength = strengthOf(network, watch.fleet, new Set(without));
  const satellites = watch.fleet.map((satellite, s) =>
    lookSatelliteOf(network, satellite, strength.active[s] === true, watch.requests),
  );
  const ground = groundOf(network, strength);
  const acceptance = acceptanceOf(
    sky,
    satellites.map(({ active, sensors }) => (active ? sensors : [])),
  );
  const fleetContacts = sky.contacts[contacts];
  if (fleetContacts === undefined) throw new RangeError(`the sky has no variant ${contacts} of contacts`);
  const { start: startMs, end: endMs } = watch.span;
  const { requests, cellRequests, cellKm } = watch;
  const plan = planGreedy({
    sky,
    contacts: fleetContacts,
    startMs,
    satellites,
    ground,
    requests,
    cellRequests,
    cellKm,
  });
  const byCell = takenByCell(sky, plan);
  const detail: AssessmentDetail = { satellites, ground, acceptance, plan, byCell };
  const delivered = plan.looks.reduce((sum, look) => sum + (look.deliveredMs <= endMs ? look.cells : 0), 0);
  const accessible = accessibleChannels(sky, acceptance, watch.span);
  return {
    satellites: strength.active.filter(Boolean).length,
    stations: strength.stations.size + strength.relays.size,
    orphaned: strength.orphaned.filter(Boolean).length,
    accessible: accessible.channels,
    ...takenChannels(sky, plan, byCell, watch.span),
    accessibleLatencyH: accessibleLatencies(sky, acceptance.kinds, fleetContacts, satellites, ground),
    latencyH: takenLatencies(plan.looks, endMs),
    cellLooks: {
      accessible: accessible.count,
      taken: plan.opportunity.length,
      delivered,
      waiting: plan.opportunity.length - delivered,
    },
    requestsMet01: requestsMet01(watch, sky, plan, byCell),
    detail,
  };
}

/** Over cells; undefined where no cell has a figure. */
export function overCells(values: Float32Array): Distribution | undefined {
  return distributionOf(values);
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

function groundOf(
  network: Network,
  strength: { stations: ReadonlySet<string>; relays: ReadonlySet<string> },
): GroundPoint[] {
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

function channelsOf(sky: Sky, span: Interval): GapChannel[] {
  return Array.from({ length: CHANNELS }, () => new GapChannel(sky.cells, span.start, span.end));
}

function accessibleChannels(
  sky: Sky,
  { kinds }: Acceptance,
  span: Interval,
): { channels: GapChannel[]; count: number } {
  const channels = channelsOf(sky, span);
  let count = 0;
  for (let cell = 0; cell < sky.cells; cell++) {
    for (let k = sky.cellFirst[cell] as number; k < (sky.cellFirst[cell + 1] as number); k++) {
      const i = sky.order[k] as number;
      const bits = (kinds[i] as number) & 15;
      if (bits === 0) continue;
      count++;
      for (let c = 0; c < CHANNELS; c++) if (inChannel(bits, c)) channels[c]?.add(sky.atMs[i] as number);
    }
    for (const channel of channels) channel.endCell(cell);
  }
  return { channels, count };
}

function takenChannels(
  sky: Sky,
  plan: Taken,
  byCell: TakenByCell,
  span: Interval,
): Pick<Assessment, "taken" | "pictureAgeH"> {
  const channels = channelsOf(sky, span);
  const pictureAgeH = Array.from({ length: CHANNELS }, () => new Float32Array(sky.cells));
  for (let cell = 0; cell < sky.cells; cell++) {
    const pictures = Array.from({ length: CHANNELS }, (): [number, number][] => []);
    for (let k = byCell.first[cell] as number; k < (byCell.first[cell + 1] as number); k++) {
      const row = byCell.rows[k] as number;
      const atMs = sky.atMs[plan.opportunity[row] as number] as number;
      const look = plan.looks[plan.look[row] as number];
      if (look === undefined) continue;
      for (let c = 0; c < CHANNELS; c++) {
        if (!inChannel(1 << look.sensor.kind, c)) continue;
        channels[c]?.add(atMs);
        if (look.deliveredMs <= span.end) pictures[c]?.push([look.deliveredMs, atMs]);
      }
    }
    for (let c = 0; c < CHANNELS; c++) {
      channels[c]?.endCell(cell);
      (pictureAgeH[c] as Float32Array)[cell] = meanAgeH(pictures[c] ?? [], span.end);
    }
  }
  return { taken: channels, pictureAgeH };
}
