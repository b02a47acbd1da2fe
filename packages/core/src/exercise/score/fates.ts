/** What became of each thing that happened: when it came to each station, and through which incident. Only here evidence meets the truth. */
import type { Incident } from "../../verify/incident.ts";
import type { Exercise } from "../exercise.ts";

/** One entry for each row of the truth, ms; infinite: never. Each is no earlier than the one before it. */
export interface Fates {
  readonly seenMs: Float64Array;
  readonly receivedMs: Float64Array;
  readonly readMs: Float64Array;
  readonly corroboratedMs: Float64Array;
  readonly verifiedMs: Float64Array;
  /** Of the item that was read first: in whose hands it was, ms. */
  readonly readingMs: Float64Array;
  /** Through which it was first verified. */
  readonly through: readonly (Incident | undefined)[];
}

const NEVER = Number.POSITIVE_INFINITY;

/** Rows of the truth that an item of the mission's own is about; none for a false one, and for claims. */
export const causesOf = ({ causes }: Exercise, item: string): number[] =>
  Array.from(causes.get(item) ?? []).filter((row) => row >= 0);

/** Own witnesses of an incident: what a party claims in its own cause shows nothing. */
export const ownWitnesses = ({ links }: Incident, claims: ReadonlySet<string>): string[] =>
  [...links.values()].flatMap(({ evidence, role }) => (role === "witness" && !claims.has(evidence) ? [evidence] : []));

export const claimsIn = ({ headquarters }: Exercise): Set<string> =>
  new Set(headquarters.items.flatMap(({ id, form }) => (form === "claim" ? [id] : [])));

export function fatesOf(run: Exercise, claims: ReadonlySet<string>): Fates {
  const n = run.world.truth.tMs.length;
  const never = (): Float64Array => new Float64Array(n).fill(NEVER);
  const fates = {
    seenMs: run.senses.sights.firstSeenMs.map((at) => (Number.isNaN(at) ? NEVER : at)),
    receivedMs: never(),
    readMs: never(),
    corroboratedMs: never(),
    verifiedMs: never(),
    readingMs: new Float64Array(n),
    through: new Array<Incident | undefined>(n),
  };
  const { items, readings, desk, passages } = run.headquarters;
  const readMs = new Map<string, number>();
  for (const [i, { id, form }] of items.entries()) {
    if (form === "claim") continue;
    const reading = readings[i];
    if (reading === undefined) continue;
    readMs.set(id, reading.readMs);
    for (const row of causesOf(run, id)) {
      lower(fates.receivedMs, row, reading.arrivedMs);
      if (lower(fates.readMs, row, reading.readMs)) fates.readingMs[row] = reading.readMs - reading.takenMs;
    }
  }
  for (const incident of desk.incidents.values()) {
    const passage = passages.get(incident.id);
    if (passage === undefined) continue;
    for (const item of ownWitnesses(incident, claims)) {
      // It joins when it is read: what was verified before it is verified for it too.
      const joinedMs = readMs.get(item) ?? Number.NaN;
      for (const row of causesOf(run, item)) {
        lower(fates.corroboratedMs, row, Math.max(passage.corroboratedMs, joinedMs));
        if (lower(fates.verifiedMs, row, Math.max(passage.verifiedMs, joinedMs))) fates.through[row] = incident;
      }
    }
  }
  return fates;
}

/** @returns whether it is earlier than what was there; what is not a number never is */
function lower(column: Float64Array, row: number, ms: number): boolean {
  if (!(ms < (column[row] as number))) return false;
  column[row] = ms;
  return true;
}
