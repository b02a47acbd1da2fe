/** What a truce's parties claim, and what jams, as an exercise has them: places and times. */
import { NO_AREA } from "../truce/claims.ts";
import { FIRE_KINDS } from "../truce/spec.ts";
import type { TruceWorld } from "../truce/world.ts";
import type { Grounds } from "./grounds.ts";
import type { Claims, Jams } from "./truth.ts";

interface Placed {
  readonly grounds: Grounds;
  readonly startMs: number;
}

interface Told extends Placed {
  /** By kind: 1, it is claimed. */
  readonly wanted: Uint8Array;
  /** Rows of the truth for those of fire and of larger breaches; -1: none. */
  readonly fireRow: Int32Array;
  readonly largerRow: Int32Array;
}

/** Those of what was before the exercise began are not in it. */
export function claimsFrom({ claims }: TruceWorld, { grounds, startMs, wanted, fireRow, largerRow }: Told): Claims {
  const rows = Uint32Array.from(claims.tMs.keys()).filter(
    (i) => (claims.tMs[i] as number) >= 0 && wanted[claims.kind[i] as number] === 1,
  );
  const places = Array.from(rows, (i) => {
    const area = claims.area[i] === NO_AREA ? -1 : (claims.area[i] as number);
    return grounds.placeAt(area, claims.sKm[i] as number, claims.yKm[i] as number);
  });
  return {
    submittedMs: Float64Array.from(rows, (i) => startMs + (claims.submittedMs[i] as number)),
    tMs: Float64Array.from(rows, (i) => startMs + (claims.tMs[i] as number)),
    latitudeDeg: Float64Array.from(places, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float64Array.from(places, ({ longitudeDeg }) => longitudeDeg),
    kind: Uint16Array.from(rows, (i) => claims.kind[i] as number),
    party: Uint8Array.from(rows, (i) => claims.party[i] as number),
    about: Int32Array.from(rows, (i) => {
      const event = claims.event[i] as number;
      if (event < 0) return -1;
      return (((claims.kind[i] as number) < FIRE_KINDS.length ? fireRow : largerRow)[event] as number) ?? -1;
    }),
  };
}

export function jamsFrom({ obstruction }: TruceWorld, { grounds, startMs }: Placed): Jams {
  // Rows of bands 0 are roads that are closed, not jamming.
  const rows = Uint32Array.from(obstruction.bands.keys()).filter((i) => obstruction.bands[i] !== 0);
  const places = Array.from(rows, (i) => grounds.placeAt(-1, obstruction.sKm[i] as number, 0));
  return {
    fromMs: Float64Array.from(rows, (i) => startMs + (obstruction.fromMs[i] as number)),
    toMs: Float64Array.from(rows, (i) => startMs + (obstruction.toMs[i] as number)),
    latitudeDeg: Float64Array.from(places, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float64Array.from(places, ({ longitudeDeg }) => longitudeDeg),
    reachKm: Float64Array.from(rows, (i) => obstruction.reachKm[i] as number),
    bands: Uint8Array.from(rows, (i) => obstruction.bands[i] as number),
  };
}
