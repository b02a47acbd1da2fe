/** Taking a nation out: its satellites, stations, relays and processing go, and with them what others cannot do alone. */
import type { FleetSatellite } from "../network/fleet.ts";
import type { Network } from "../network/network.ts";

/** What is left of a fleet. Flags stand in the fleet's order. */
export interface Strength {
  /** Satellites that can still make a picture. */
  readonly active: readonly boolean[];
  /** Owners remain, but the only way down, or the processing, is gone. */
  readonly orphaned: readonly boolean[];
  /** Stations and relays that remain, by id. */
  readonly stations: ReadonlySet<string>;
  readonly relays: ReadonlySet<string>;
}

/**
 * Strength of the fleet without the given nations. A satellite is active if its owner remains, its processing centre
 * remains, and at least one station or relay that it may use remains: a satellite with no way down has no picture.
 */
export function strengthOf(network: Network, fleet: readonly FleetSatellite[], without: ReadonlySet<string>): Strength {
  const remaining = (table: Readonly<Record<string, { readonly nation: string }>>) =>
    new Set(Object.entries(table).flatMap(([id, { nation }]) => (without.has(nation) ? [] : [id])));
  const stations = remaining(network.stations);
  const relays = remaining(network.relays ?? {});
  const processing = remaining(network.processing);
  const able = fleet.map(({ missionId }) => {
    const mission = network.missions[missionId];
    if (mission === undefined) return false;
    const down = mission.stations.some((id) => stations.has(id)) || (mission.relays ?? []).some((id) => relays.has(id));
    return down && processing.has(mission.processing);
  });
  const owned = fleet.map(({ nation }) => !without.has(nation));
  return {
    active: fleet.map((_, i) => owned[i] === true && able[i] === true),
    orphaned: fleet.map((_, i) => owned[i] === true && able[i] === false),
    stations,
    relays,
  };
}

/** Nations that own anything a look depends on, in the order of the file. */
export function nationsWithAssets(network: Network, fleet: readonly FleetSatellite[]): string[] {
  const owners = new Set([
    ...fleet.map(({ nation }) => nation),
    ...[network.stations, network.relays ?? {}, network.processing].flatMap((table) =>
      Object.values(table).map(({ nation }) => nation),
    ),
  ]);
  return Object.keys(network.nations).filter((nation) => owners.has(nation));
}
