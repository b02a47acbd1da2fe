/** How reports of a group leave it. */
import type { Link } from "@vedette/core/exercise/scene";
import type { Place } from "@vedette/core/geo/position";
import type { Exercise } from "@vedette/wire/exercise";
import type { Medium } from "./passages.ts";

type Given = NonNullable<Exercise["groups"][string]["link"]>;

/** Height of the masts at the other end, m; assumed. */
const MAST_M = 30;
const BANDS = { air: "control", land: "voice", sea: "data" } as const;

/** What moves and says nothing of its link has a satellite's; what stands, a wire. @param by left out: it stands */
export function linkOf(given: Given | undefined, base: Place, by: Medium | undefined): Link | undefined {
  const band = given?.band ?? (by === undefined ? "data" : BANDS[by]);
  if (given === undefined) return by === undefined ? undefined : { kind: "satcom", band };
  if (given.kind === "satcom") return { kind: "satcom", band };
  const { rangeKm, relayHeightM: aboveGroundM = MAST_M, bases = [base] } = given;
  const ends = bases.map(({ latitudeDeg, longitudeDeg }) => ({ latitudeDeg, longitudeDeg, aboveGroundM }));
  return { kind: "line-of-sight", band, rangeKm, ends };
}
