/** The thread's shell of a sweep: receive, call core, send back. */
import {
  type PartSetting,
  type PartTask,
  type SatellitePart,
  satellitePartOf,
} from "@vedette/core/exercise/satellites/sky";
import { shared } from "../engine/memory.ts";
import { workerData } from "../engine/worker-data.ts";

export type SweepData = Pick<PartSetting, "span" | "grid" | "ground" | "relayOptions">;

const setting: PartSetting = { ...(workerData as SweepData), relayTables: new Map(), allocate: shared };

export function sweepTask(tasks: readonly PartTask[]): SatellitePart[] {
  return tasks.map((task) => satellitePartOf(task, setting));
}
