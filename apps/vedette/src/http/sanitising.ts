/**
 * A sanitised version of an incident: place and time coarsened, sources withheld, made of nothing but what its maker may hand on.
 * A place is the middle of a square of a fixed grid, so that asking again with the same width tells no more; with other widths it may.
 */
import type { Located } from "@vedette/core/geo/located";
import { type Marking, mayRead, mayRelease, type NationCode } from "@vedette/core/record/marking";
import { type Interval, instant, MS_PER_HOUR } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import { estimateOf } from "@vedette/core/verify/incident-estimate";
import { spansFrom } from "../engine/cases/rates.ts";
import type { EvidenceView, IncidentView } from "../workspace/queries.ts";
import { ApiProblem } from "./api-problem.ts";
import type { Kit } from "./kit.ts";

export interface Sanitising {
  readonly by: NationCode;
  readonly to: readonly NationCode[];
  readonly coarsenKm: number;
  readonly coarsenHours: number;
  /** Sources that are not named. */
  readonly withhold: readonly string[];
}

export interface Sanitised {
  readonly kind: string;
  readonly where: Located;
  readonly when: Interval;
  /** That all recipients hold already, of sources that may be named. */
  readonly evidence: readonly string[];
}

/** @throws ApiProblem 422 where a nation's word is needed, or nothing may be handed on */
export function sanitised(
  kit: Kit,
  { incident, marking }: IncidentView,
  linked: readonly EvidenceView[],
  how: Sanitising,
): Sanitised {
  assertCaveats(marking, how);
  const witnesses = linked.filter(({ item: { id } }) => incident.links.get(id)?.role === "witness");
  const usable = witnesses.filter((one) => mayHandOn(one.marking, how));
  if (usable.length === 0)
    throw new ApiProblem("cannot-be-done", "it rests on nothing that is yours to hand on: ask the owners");
  const isAll = usable.length === witnessesOf(incident.links);
  const items: Evidence[] = usable.map(({ item }) => item);
  // Made of other nations' evidence too, the figures would carry what is theirs.
  const estimate = isAll ? incident : estimateOf(items, kit.taxonomy, spansFrom(kit.sources));
  const named = usable.filter(
    (one) => !how.withhold.includes(one.item.origin.source) && how.to.every((nation) => mayRead(one.marking, nation)),
  );
  return {
    kind: estimate.kind,
    where: coarsePlace(estimate.where, how.coarsenKm),
    when: coarseTime(estimate.when, how.coarsenHours),
    evidence: named.map(({ item }) => item.id),
  };
}

const witnessesOf = (links: IncidentView["incident"]["links"]): number =>
  [...links.values()].filter(({ role }) => role === "witness").length;

/** The owner's to widen; others hand on what the recipients may read already, and that is not under its originator's control. */
function assertCaveats(marking: Marking, { by, to }: Sanitising): void {
  if (marking.owner === by || to.every((nation) => mayRelease(marking, by, nation))) return;
  throw new ApiProblem("cannot-be-done", `it is ${marking.owner}'s: no onward release without their word`);
}

const mayHandOn = (marking: Marking, { by, to }: Sanitising): boolean =>
  marking.owner === by || to.every((nation) => mayRelease(marking, by, nation));

/** Of a degree of latitude, by the mean radius of the Earth (6371.0088 km). */
const KM_PER_DEG = 111.195;

/** The middle of the square that holds it; its radius grows by half the diagonal, and is rounded up to the grid. */
export function coarsePlace({ latitudeDeg, longitudeDeg, radiusKm, basis, name }: Located, km: number): Located {
  if (km === 0) return { latitudeDeg, longitudeDeg, radiusKm, basis, ...(name !== undefined && { name }) };
  const rowDeg = km / KM_PER_DEG;
  const latitude = clamped((Math.floor(latitudeDeg / rowDeg) + 0.5) * rowDeg, 90);
  const columnDeg = rowDeg / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
  const longitude = clamped((Math.floor(longitudeDeg / columnDeg) + 0.5) * columnDeg, 180);
  return {
    latitudeDeg: rounded(latitude),
    longitudeDeg: rounded(longitude),
    radiusKm: Math.ceil((radiusKm + km * Math.SQRT1_2) / km) * km,
    basis: "stated",
  };
}

const clamped = (deg: number, most: number): number => Math.max(-most, Math.min(most, deg));
const rounded = (deg: number): number => Number(deg.toFixed(5));

/** Out to whole spans since 1970. */
export function coarseTime({ start, end }: Interval, hours: number): Interval {
  if (hours === 0) return { start, end };
  const ms = hours * MS_PER_HOUR;
  return { start: instant(Math.floor(start / ms) * ms), end: instant(Math.ceil(end / ms) * ms) };
}
