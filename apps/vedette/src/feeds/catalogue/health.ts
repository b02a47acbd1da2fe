/** Whether element sets are still worth propagating at an instant. */
import type { MeanElements } from "@vedette/core/orbit/elements";
import { sgp4Of, type TemeState } from "@vedette/core/orbit/sgp4";
import { type Instant, MS_PER_DAY, MS_PER_MINUTE } from "@vedette/core/time/instant";

/** WGS 72, as SGP4 itself uses. */
const MU_KM3PS2 = 398_600.8;
const EARTH_RADIUS_KM = 6378.135;

export interface Health {
  /** Days from the epoch to the instant; negative where the epoch is later. */
  readonly ageDays: number;
  readonly isStale: boolean;
  /** Decayed, or out of SGP4's range: why. */
  readonly fault?: { readonly code: "decayed" | "element-error"; readonly message: string };
}

export function healthOf(elements: MeanElements, at: Instant, staleAfterDays: number): Health {
  const sinceEpochMs = at - elements.epochUtcMs;
  const ageDays = sinceEpochMs / MS_PER_DAY;
  const health = { ageDays, isStale: ageDays > staleAfterDays };
  const state = sgp4Of(elements).stateAt(sinceEpochMs / MS_PER_MINUTE);
  if ("code" in state) {
    const message = state.code === "decayed" ? "SGP4 says decayed" : `SGP4 error ${state.sgp4Error}`;
    return { ...health, fault: { code: state.code, message } };
  }
  const perigeeKm = perigeeHeightKm(state);
  if (!(perigeeKm < 0)) return health;
  return { ...health, fault: { code: "decayed", message: `perigee ${Math.round(-perigeeKm)} km below ground` } };
}

/** Of the osculating orbit, above the equatorial radius; NaN where the orbit is not closed. */
export function perigeeHeightKm({ rKm, vKmps }: TemeState): number {
  const [x, y, z] = rKm;
  const [u, v, w] = vKmps;
  const axisKm = 1 / (2 / Math.hypot(x, y, z) - (u * u + v * v + w * w) / MU_KM3PS2);
  const momentum = Math.hypot(y * w - z * v, z * u - x * w, x * v - y * u);
  const eccentricity = Math.sqrt(Math.max(0, 1 - momentum ** 2 / (MU_KM3PS2 * axisKm)));
  return axisKm > 0 ? axisKm * (1 - eccentricity) - EARTH_RADIUS_KM : Number.NaN;
}
