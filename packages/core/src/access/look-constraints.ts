/** What a look needs: constraints on the angles, the light and the links. */
import type { Side } from "../network/network.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import type { ContactStation } from "./contacts.ts";
import { assertHorizonMask, type HorizonMask } from "./horizon.ts";

/** Both ends are inside. */
export interface Band {
  readonly min: number;
  readonly max: number;
}

/** Each that is given must hold; degrees. */
export interface LookConstraints {
  /** At the target, above its horizon. -1 to 90; default 0. */
  readonly minElevationDeg?: number;
  /** At the target, by azimuth: the elevation must reach this too. */
  readonly horizonMask?: HorizonMask;
  /** From target to platform. */
  readonly rangeKm?: Band;
  /** At the target, from its vertical. 0 to 90. */
  readonly incidenceDeg?: Band;
  /** At the platform, from geodetic nadir. 0 to 180. */
  readonly offNadirDeg?: Band;
  /** Of the flight direction over the ground on which the target lies; straight ahead, below and behind are both. */
  readonly side?: Side;
  /** Of the Sun's centre at the target, geometric. */
  readonly minSunElevationDeg?: number;
  /** The same, for sensors of the night. */
  readonly maxSunElevationDeg?: number;
  /** True: the platform sees the whole disc of the Sun. False: it does not, from the penumbra's outer edge inwards. */
  readonly platformSunlit?: boolean;
  /** At least one of these satellites is in sight of the platform: the line clears the Earth by 80 km, as in `findContacts`. */
  readonly lineOfSight?: readonly StateTable[];
  /** At least one of these stations has the platform above its mask. */
  readonly stationContact?: readonly ContactStation[];
}

/** @throws RangeError on a constraint that no geometry can be asked about: the number is in the message. */
export function assertConstraints(constraints: LookConstraints): void {
  const { minElevationDeg = 0, horizonMask, lineOfSight, stationContact } = constraints;
  const { minSunElevationDeg: min = -90, maxSunElevationDeg: max = 90 } = constraints;
  assertBand("minElevationDeg", { min: minElevationDeg, max: minElevationDeg }, -1, 90);
  if (horizonMask !== undefined) assertHorizonMask(horizonMask);
  assertBand("rangeKm", constraints.rangeKm, 0, Number.POSITIVE_INFINITY);
  assertBand("incidenceDeg", constraints.incidenceDeg, 0, 90);
  assertBand("offNadirDeg", constraints.offNadirDeg, 0, 180);
  assertBand("sun elevation", { min, max }, -90, 90);
  if (lineOfSight?.length === 0) throw new RangeError("lineOfSight has 0 satellites: no look could meet it");
  if (stationContact?.length === 0) throw new RangeError("stationContact has 0 stations: no look could meet it");
  for (const { maskDeg } of stationContact ?? []) assertBand("maskDeg", { min: maskDeg, max: maskDeg }, -1, 90);
}

function assertBand(name: string, band: Band | undefined, least: number, most: number): void {
  if (band === undefined) return;
  const { min, max } = band;
  if (!(min >= least && max <= most)) throw new RangeError(`${name} must be ${least} to ${most}: ${min} to ${max}`);
  if (min > max) throw new RangeError(`${name} has its least above its most: ${min} to ${max}`);
}
