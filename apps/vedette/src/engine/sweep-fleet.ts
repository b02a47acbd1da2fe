/** The sky of a fleet: satellites go to threads in small chunks, parts come back and are merged. */
import { mergeSky, type Sky } from "@vedette/core/access/sky";
import type { SkyTask } from "@vedette/core/access/sky-part";
import { groundIds } from "@vedette/core/coalition/assess";
import type { UnknownStretch } from "@vedette/core/coalition/detail";
import type { FleetSatellite } from "@vedette/core/network/fleet";
import type { Network } from "@vedette/core/network/network";
import { widestReach } from "@vedette/core/plan/sensors";
import type { EnginePool } from "./pool.ts";
import { type Setting, VARIED_BY } from "./setting.ts";

export interface SweptFleet {
  readonly sky: Sky;
  readonly unknown: readonly UnknownStretch[];
  /** Per satellite of the fleet; undefined where there are no elements. */
  readonly tracks: readonly (Float32Array | undefined)[];
}

export interface SweepOrder {
  readonly setting: Setting;
  readonly network: Network;
  readonly fleet: readonly FleetSatellite[];
  /** Contacts of the base only: for a sky that serves one row. */
  readonly baseOnly: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onDone?: ((satellites: number) => void) | undefined;
}

/** Small enough that threads end together, large enough that messages cost nothing. */
const CHUNK = 4;

export async function sweepFleet(pool: EnginePool, order: SweepOrder): Promise<SweptFleet> {
  const { setting, network, fleet, baseOnly, signal } = order;
  const tasks = skyTasks(setting, network, fleet);
  const chunks = Array.from({ length: Math.ceil(tasks.length / CHUNK) }, (_, i) =>
    tasks.slice(CHUNK * i, CHUNK * (i + 1)),
  );
  const parts = (
    await Promise.all(
      chunks.map(async (chunk) => {
        const answer = await pool.run("sweepChunk", { tasks: chunk, baseOnly }, signal);
        order.onDone?.(chunk.length);
        return answer;
      }),
    )
  ).flat();
  const tracks = new Array<Float32Array | undefined>(fleet.length).fill(undefined);
  for (const { satellite, track } of parts) tracks[satellite] = track;
  return {
    sky: mergeSky(parts, fleet.length, setting.data.cells.length, (bytes) => new SharedArrayBuffer(bytes)),
    unknown: parts.flatMap(({ satellite, unknown }) => unknown.map((stretch) => ({ satellite, ...stretch }))),
    tracks,
  };
}

/** One task per satellite with elements; its reach is as wide as its assumed figures can be varied. */
function skyTasks({ staleAfterMs, rebaseMs }: Setting, network: Network, fleet: readonly FleetSatellite[]): SkyTask[] {
  const ground = new Map(groundIds(network).map((id, i) => [id, i]));
  return fleet.flatMap(({ elements, missionId, planned }, satellite) => {
    const mission = network.missions[missionId];
    if (elements === undefined || mission === undefined) return [];
    const reaches = mission.sensors.flatMap((id) => {
      const sensor = network.sensors[id];
      return sensor === undefined ? [] : [widestReach(sensor, VARIED_BY)];
    });
    const ids = [...mission.stations, ...(mission.relays ?? [])];
    return {
      satellite,
      elements,
      table: planned ? { staleAfterMs: Number.POSITIVE_INFINITY } : { staleAfterMs, rebaseMs },
      reaches,
      ground: ids.flatMap((id) => ground.get(id) ?? []),
    };
  });
}
