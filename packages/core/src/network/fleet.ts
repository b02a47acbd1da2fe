/** The network as a flat list of satellites, each with all that its looks depend on. */
import type { MeanElements } from "../orbit/elements.ts";
import { raanOfLocalTime, sunSynchronousInclinationDeg, walkerElements } from "../orbit/walker.ts";
import type { Instant } from "../time/instant.ts";
import type { Mission, Network, Satellite, Walker } from "./network.ts";

export interface FleetSatellite {
  readonly id: string;
  readonly name: string;
  readonly catalogueNumber: number;
  readonly missionId: string;
  readonly nation: string;
  readonly operator: string;
  /** Undefined: no element set is public, or none was imported. */
  readonly elements: MeanElements | undefined;
  /** Generated from the scenario's own numbers: does not go stale. */
  readonly planned: boolean;
}

/** Planned satellites are numbered from here: no catalogue uses nine digits that begin with 9. */
const PLANNED_NUMBERS_FROM = 900_000_000;

/** All satellites, in the order of the file: the same index for every variant of the same network. */
export function fleetOf(
  network: Network,
  catalogue: ReadonlyMap<number, MeanElements>,
  start: Instant,
): FleetSatellite[] {
  let nextNumber = PLANNED_NUMBERS_FROM;
  return Object.entries(network.missions).flatMap(([missionId, mission]) => {
    const real = Object.entries(mission.satellites ?? {}).map(([id, satellite]) =>
      realSatellite(id, satellite, missionId, mission, catalogue),
    );
    if (mission.walker === undefined) return real;
    const planned = plannedSatellites(missionId, mission, mission.walker, nextNumber, start);
    nextNumber += planned.length;
    return [...real, ...planned];
  });
}

function realSatellite(
  id: string,
  satellite: Satellite,
  missionId: string,
  mission: Mission,
  catalogue: ReadonlyMap<number, MeanElements>,
): FleetSatellite {
  const { name, catalogueNumber, nation = mission.nation, operator = mission.operator } = satellite;
  const elements = catalogue.get(catalogueNumber);
  return { id, name, catalogueNumber, missionId, nation, operator, elements, planned: false };
}

function plannedSatellites(
  missionId: string,
  mission: Mission,
  walker: Walker,
  firstNumber: number,
  start: Instant,
): FleetSatellite[] {
  const altitudeKm = walker.altitudeKm.value;
  const sunSynchronous = walker.sunSynchronous !== undefined;
  return walkerElements({
    name: mission.name,
    firstNumber,
    epochUtcMs: start,
    satellites: walker.satellites,
    planes: walker.planes,
    phasing: walker.phasing,
    altitudeKm,
    inclinationDeg: sunSynchronous
      ? sunSynchronousInclinationDeg(altitudeKm)
      : (walker.inclinationDeg?.value ?? Number.NaN),
    raanDeg: walker.sunSynchronous
      ? raanOfLocalTime(walker.sunSynchronous.ltanH.value, start)
      : (walker.raanDeg?.value ?? 0),
    spreadDeg: walker.raanSpreadDeg?.value ?? (walker.pattern === "star" ? 180 : 360),
    argumentOfLatitudeDeg: walker.argumentOfLatitudeDeg?.value ?? 0,
  }).map((elements, i) => ({
    id: `${missionId}-${i + 1}`,
    name: elements.name,
    catalogueNumber: elements.catalogueNumber,
    missionId,
    nation: mission.nation,
    operator: mission.operator,
    elements,
    planned: true,
  }));
}
