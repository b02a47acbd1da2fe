/**
 * Detections and alerts that lie near an incident in space and time, and how far each is more than chance: as a ratio of
 * chances, with the event and without it, from the declared rates of its source and from what is usual at the place.
 */
import { distanceKm } from "../geo/geodesic.ts";
import { MS_PER_DAY, MS_PER_HOUR } from "../time/instant.ts";
import type { Evidence } from "./evidence.ts";
import type { Incident } from "./incident.ts";
import type { Extent } from "./taxonomy.ts";

/** Of one source and one kind of incident, from its table. */
export interface Rates {
  readonly detects01: number;
  readonly withinKm: number;
  readonly withinMs: number;
  /** Without any event: `undefined` where the table counts by source, not by area: it is then no witness of a place. */
  readonly falsePerKm2Day?: number;
}

export interface Near {
  readonly evidence: Evidence;
  readonly km: number;
  /** Begins so long after the incident may have begun; negative: before. */
  readonly afterMs: number;
  /** 1: says nothing. `undefined`: no rates are known. */
  readonly ratio?: number;
  /** How many such there are by chance alone in the space and time that was searched. */
  readonly expected?: number;
}

/** Anomalies a day about the place in other years, where the item says so: heat that is always there is no witness. */
export const USUAL_PER_DAY = "usualPerDay";

const KM_PER_DEG = 111.2;

/** @param ratesOf `undefined`: the source does not see incidents of the kind */
export function findNear(
  incident: Pick<Incident, "kind" | "where" | "when">,
  items: readonly Evidence[],
  about: { readonly extent: Extent; readonly ratesOf: (item: Evidence, kind: string) => Rates | undefined },
): Near[] {
  const { where, when, kind } = incident;
  return items.flatMap((evidence): Near[] => {
    const rates = about.ratesOf(evidence, kind);
    if (rates === undefined) return [];
    const reachKm = Math.max(rates.withinKm, about.extent.km) + where.radiusKm + evidence.where.radiusKm;
    if (Math.abs(evidence.where.latitudeDeg - where.latitudeDeg) * KM_PER_DEG > reachKm) return [];
    const from = when.start - MS_PER_HOUR;
    const until = when.end + Math.max(rates.withinMs, about.extent.ms);
    if (evidence.when.end <= from || evidence.when.start >= until) return [];
    const km = distanceKm(evidence.where, where);
    if (km > reachKm) return [];
    const days = (until - from) / MS_PER_DAY;
    return [{ evidence, km, afterMs: evidence.when.start - when.start, ...ratioOf(rates, evidence, reachKm, days) }];
  });
}

/** Chance of at least one with the event, over that without: false ones come as a Poisson process. */
function ratioOf(rates: Rates, evidence: Evidence, reachKm: number, days: number): Pick<Near, "ratio" | "expected"> {
  if (rates.falsePerKm2Day === undefined) return {};
  const usual = evidence.measured?.[USUAL_PER_DAY];
  const declared = rates.falsePerKm2Day * Math.PI * reachKm ** 2;
  const expected = Math.max(declared, typeof usual === "number" ? usual : 0) * days;
  const none = Math.exp(-expected);
  return { ratio: (1 - (1 - rates.detects01) * none) / (1 - none), expected };
}
