/** The sky of a fleet: satellites go to threads in small chunks, parts come back and are merged. */
import { mergeSkies, type Sky } from "@vedette/core/access/sky";
import type { SkyTask } from "@vedette/core/access/sky-part";
import { groundIds } from "@vedette/core/coalition/assess";
import type { UnknownStretch } from "@vedette/core/coalition/watch";
import type { FleetSatellite } from "@vedette/core/network/fleet";
import type { Network } from "@vedette/core/network/network";
import { widestReach } from "@vedette/core/plan/sensors";
import { shared } from "./memory.ts";
import type { EnginePool } from "./pool.ts";
import { type Setting, VARIED_BY } from "./setting.ts";

export interface SweptFleet {
  /** Of every cell, as wide as the sensors' bands are. Empty where only the sample was asked for. */
  readonly full: Sky;
  /** Of the sample, as wide as assumed bands can be varied. */
  readonly sample: Sky;
  readonly unknown: readonly UnknownStretch[];
  /** Per satellite of the fleet; undefined where there are no elements. */
  readonly tracks: readonly (Float32Array | undefined)[];
}

export interface SweepOrder {
  readonly setting: Setting;
  readonly network: Network;
  readonly fleet: readonly FleetSatellite[];
  /** The sample alone, and contacts of the base variant: for a sky that serves one row. */
  readonly sampleOnly: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onDone?: ((satellites: number) => void) | undefined;
}

/** Small enough that threads end together, large enough that messages cost nothing. */
const CHUNK = 4;

export async function sweepFleet(pool: EnginePool, order: SweepOrder): Promise<SweptFleet> {
  const { setting, fleet, sampleOnly, signal } = order;
  const tasks = skyTasks(order);
  const chunks = Array.from({ length: Math.ceil(tasks.length / CHUNK) }, (_, i) =>
    tasks.slice(CHUNK * i, CHUNK * (i + 1)),
  );
  const parts = (
    await Promise.all(
      chunks.map(async (chunk) => {
        const answer = await pool.run("sweepChunk", { tasks: chunk, sampleOnly }, signal);
        order.onDone?.(chunk.length);
        return answer;
      }),
    )
  ).flat();
  const tracks = new Array<Float32Array | undefined>(fleet.length).fill(undefined);
  for (const { satellite, track } of parts) tracks[satellite] = track;
  const { full, sample } = setting.data;
  const sizes = [full.cells.length, sample.cells.length];
  const skies = mergeSkies(
    parts,
    fleet.length,
    sizes,
    full.watch.span,
    sampleOnly ? 1 : setting.contactVariants.length,
    shared,
  );
  return {
    full: skies[0] as Sky,
    sample: skies[1] as Sky,
    unknown: [
      ...parts.flatMap(({ satellite, unknown }) => unknown.map((stretch) => ({ satellite, ...stretch }))),
      ...withoutElements(order),
    ],
    tracks,
  };
}

/** Satellites that nobody has elements of are unknown all the time. */
function withoutElements({ setting, fleet }: SweepOrder): UnknownStretch[] {
  const { start, end } = setting.data.full.watch.span;
  return fleet.flatMap(({ elements }, satellite) =>
    elements === undefined ? [{ satellite, fromMs: start, toMs: end, code: "no-elements" }] : [],
  );
}

/** One task per satellite with elements. */
function skyTasks({ setting, network, fleet, sampleOnly }: SweepOrder): SkyTask[] {
  const ground = new Map(groundIds(network).map((id, i) => [id, i]));
  return fleet.flatMap(({ elements, missionId, planned }, satellite) => {
    const mission = network.missions[missionId];
    if (elements === undefined || mission === undefined) return [];
    const sensors = mission.sensors.flatMap((id) => network.sensors[id] ?? []);
    const ids = [...mission.stations, ...(mission.relays ?? [])];
    return {
      satellite,
      elements,
      table: planned ? { staleAfterMs: Number.POSITIVE_INFINITY } : setting.data.table,
      reaches: [
        sampleOnly ? [] : sensors.map((sensor) => widestReach(sensor, 0)),
        sensors.map((sensor) => widestReach(sensor, VARIED_BY)),
      ],
      ground: ids.flatMap((id) => ground.get(id) ?? []),
    };
  });
}
