/** A coalition's satellites in groups that stand and fall together, whichever nations are taken out. */
import type { CoverageSatellite } from "../access/coverage.ts";
import type { FleetSatellite } from "../network/fleet.ts";
import type { Mission, Network } from "../network/network.ts";
import type { TableOptions } from "../orbit/table.ts";
import { lookSensorsOf } from "../plan/sensors.ts";
import { strengthOf } from "./without.ts";

export interface CoverageFleet {
  readonly satellites: readonly CoverageSatellite[];
  /** Satellites that nobody has elements of. */
  readonly absent: readonly Pick<CoverageSatellite, "group" | "sensors">[];
  /** Per satellite of the fleet. */
  readonly groupOf: readonly number[];
  readonly groups: number;
}

/** `tableOf`: how a satellite's elements are believed. */
export function coverageFleetOf(
  network: Network,
  fleet: readonly FleetSatellite[],
  tableOf: (satellite: FleetSatellite) => TableOptions,
): CoverageFleet {
  const names = new Map<string, number>();
  const groupOf = fleet.map((satellite) => {
    const name = dependenceOf(network, satellite);
    const group = names.get(name) ?? names.size;
    names.set(name, group);
    return group;
  });
  const each = fleet.map((satellite, s) => ({
    elements: satellite.elements,
    table: tableOf(satellite),
    group: groupOf[s] as number,
    sensors: lookSensorsOf(network, satellite.missionId, []).map(({ kind, reach, minSunElevationDeg }) => ({
      kind,
      reach,
      minSunElevationDeg,
    })),
  }));
  return {
    satellites: each.flatMap(({ elements, ...rest }) => (elements === undefined ? [] : [{ elements, ...rest }])),
    absent: each.flatMap(({ elements, group, sensors }) => (elements === undefined ? [{ group, sensors }] : [])),
    groupOf,
    groups: names.size,
  };
}

/** All nations that decide whether a satellite has a picture: as `strengthOf` weighs them. */
function dependenceOf(network: Network, { nation, missionId }: FleetSatellite): string {
  const mission: Mission | undefined = network.missions[missionId];
  const ground = [
    ...(mission?.stations ?? []).map((id) => network.stations[id]?.nation),
    ...(mission?.relays ?? []).map((id) => network.relays?.[id]?.nation),
  ];
  const down = [...new Set(ground.filter((owner) => owner !== undefined))].sort();
  return [nation, network.processing[mission?.processing ?? ""]?.nation ?? "nobody", ...down].join(" ");
}

/** Which groups still make pictures without some nations: 1. */
export function groupsWithout(
  network: Network,
  fleet: readonly FleetSatellite[],
  { groupOf, groups }: CoverageFleet,
  without: ReadonlySet<string>,
): Uint8Array {
  const { active } = strengthOf(network, fleet, without);
  const left = new Uint8Array(groups);
  groupOf.forEach((group, s) => {
    if (active[s] === true) left[group] = 1;
  });
  return left;
}
