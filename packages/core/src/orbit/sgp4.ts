/** SGP4 and SDP4 (Hoots and Roehrich 1980; Vallado et al. 2006, WGS 72 constants). The only file that knows satellite.js. */
import { writeSatellite } from "@vedette/kernel/writer";
import { json2satrec, type SatRec, sgp4, twoline2satrec } from "satellite.js";
import { instant, isoOf } from "../time/instant.ts";
import type { MeanElements } from "./elements.ts";
import { linesOf } from "./lines.ts";
import { nearEarthOf } from "./near-earth.ts";

/** TEME of date; km and km/s. */
export interface TemeState {
  readonly rKm: readonly [number, number, number];
  readonly vKmps: readonly [number, number, number];
}

/** SGP4's own error number (Vallado 2006): 6 is decayed, 1 to 5 are elements out of the theory's range. */
export interface Sgp4Failure {
  readonly code: "decayed" | "element-error";
  readonly sgp4Error: number;
}

export interface Sgp4 {
  readonly elements: MeanElements;
  /** State so many minutes after the elements' epoch. Good to about a kilometre at epoch, worse by the day. */
  stateAt(minutesSinceEpoch: number): TemeState | Sgp4Failure;
}

/** Initialises the theory once; `stateAt` may then be asked in any order. */
export function sgp4Of(elements: MeanElements): Sgp4 {
  const record = recordOf(elements);
  return {
    elements,
    stateAt(minutesSinceEpoch) {
      const state = sgp4(record, minutesSinceEpoch);
      // Elements outside the theory's range can come back as NaN instead of an error.
      if (state === null || Number.isNaN(state.position.x + state.velocity.x)) {
        const sgp4Error: number = record.error;
        return { code: sgp4Error === 6 ? "decayed" : "element-error", sgp4Error };
      }
      const { position: r, velocity: v } = state;
      return { rKm: [r.x, r.y, r.z], vKmps: [v.x, v.y, v.z] };
    },
  };
}

/** Initialises the theory into a record of `SATELLITE_LENGTH` doubles, for the bulk kernels. */
export function writeRecord(elements: MeanElements, out: Float64Array): void {
  writeSatellite(nearEarthOf(elements) ?? recordOf(elements), elements.epochUtcMs, out);
}

/** By way of lines where they hold the elements exactly: satellite.js's OMM reader rounds the epoch, 35 mm in the worst deep-space case. */
function recordOf(elements: MeanElements): SatRec {
  const lines = linesOf(elements);
  if (lines !== undefined) return twoline2satrec(...lines);
  return json2satrec({
    OBJECT_NAME: elements.name,
    OBJECT_ID: elements.internationalDesignator,
    NORAD_CAT_ID: elements.catalogueNumber,
    // Sets the sidereal time and the lunar-solar terms only; propagation counts from the unrounded epoch.
    EPOCH: isoOf(instant(elements.epochUtcMs)).slice(0, -1),
    MEAN_MOTION: elements.meanMotionRevPerDay,
    ECCENTRICITY: elements.eccentricity,
    INCLINATION: elements.inclinationDeg,
    RA_OF_ASC_NODE: elements.raanDeg,
    ARG_OF_PERICENTER: elements.argPerigeeDeg,
    MEAN_ANOMALY: elements.meanAnomalyDeg,
    BSTAR: elements.bstar,
    MEAN_MOTION_DOT: elements.meanMotionDot,
    MEAN_MOTION_DDOT: elements.meanMotionDdot,
    EPHEMERIS_TYPE: 0,
    CLASSIFICATION_TYPE: "U",
    ELEMENT_SET_NO: elements.elementSetNumber,
    REV_AT_EPOCH: elements.revolutionAtEpoch,
  });
}
