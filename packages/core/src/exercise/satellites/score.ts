/** What satellites could have looked at, what they took, and what of it came down in time. */

/** Why a look that was there was not taken: nobody asked or somebody had just looked, pointing elsewhere, duty, memory, a pass that was others', or it was out of order. */
export const LOOK_LIMITS = ["unwanted", "pointing", "duty", "memory", "others", "out-of-order"] as const;
export type LookLimit = (typeof LOOK_LIMITS)[number];

/** In the order in which they are shown. */
export const LOOK_COUNTS = [
  "accessible",
  "taken",
  "delivered",
  "unwanted",
  "pointing",
  "duty",
  "memory",
  "others",
  "out-of-order",
] as const;

/** Looks at places: a strip over ten of them is ten. accessible = taken + all limits; taken = delivered + what still waits on board. */
export type SatelliteCounts = Readonly<Record<(typeof LOOK_COUNTS)[number], number>>;

export const countsOf = (of: (at: number) => number): SatelliteCounts =>
  Object.fromEntries(LOOK_COUNTS.map((name, at) => [name, of(at)])) as SatelliteCounts;

export const NO_SATELLITES: SatelliteCounts = countsOf(() => 0);

export const addedSatellites = (a: SatelliteCounts, b: SatelliteCounts): SatelliteCounts =>
  countsOf((at) => {
    const name = LOOK_COUNTS[at] as (typeof LOOK_COUNTS)[number];
    return a[name] + b[name];
  });
