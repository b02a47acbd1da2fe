/** Pictures of satellites: rows that the access floor found, what each sensor may take of them, and what a taken one is like. */
import type { Opportunities } from "../access/opportunities.ts";
import { accepts } from "../access/reach.ts";
import type { Sensor as OrbitSensor } from "../network/network.ts";
import type { Look } from "./look.ts";
import type { SensorModel } from "./model.ts";

/** Pixels of this side and less are taken for those of the finer model of fires. */
const FINE_M = 500;

/** Models of data/sensors/space.yaml, by their ids there. */
export interface PictureModels {
  readonly optical: SensorModel;
  readonly radar: SensorModel;
  readonly "heat-375": SensorModel;
  readonly "heat-1000": SensorModel;
}

/** The model that a network's sensor is seen by; its own resolution goes beside it. Undefined: it listens, and takes no pictures. */
export function pictureModel({ kind, resolutionM }: OrbitSensor, models: PictureModels): SensorModel | undefined {
  switch (kind) {
    case "optical":
      return models.optical;
    case "radar":
      return models.radar;
    case "thermal":
      return models[resolutionM.value <= FINE_M ? "heat-375" : "heat-1000"];
    case "rf":
      return undefined;
  }
}

/** Rows that the sensor can be pointed at, in light enough: accessible, which is not yet taken. */
export function accessibleRows(rows: Opportunities, { band, side, minSunElevationDeg }: OrbitSensor): Uint32Array {
  const reach = { angle: band.angle, minDeg: band.minDeg.value, maxDeg: band.maxDeg.value, side };
  const leastSunDeg = minSunElevationDeg?.value ?? -90;
  const found = new Uint32Array(rows.cell.length);
  let n = 0;
  for (let row = 0; row < found.length; row++) {
    if ((rows.sunElevationDeg[row] as number) < leastSunDeg) continue;
    const [off, incidence] = [rows.offNadirDeg[row] as number, rows.incidenceDeg[row] as number];
    if (accepts(reach, off, incidence, rows.xTrackKm[row] as number)) found[n++] = row;
  }
  return found.slice(0, n);
}

/** Sets geometry and light of a look from a row; the air and the target are set by those who know them. */
export function pictureInto(look: Look, rows: Opportunities, row: number): void {
  look.incidenceDeg = rows.incidenceDeg[row] as number;
  look.sunDeg = rows.sunElevationDeg[row] as number;
  look.sight = 0;
  look.seconds = 0;
}
