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
  const background = backgroundOf(incident, items);
  return items.flatMap((evidence): Near[] => {
    const rates = about.ratesOf(evidence, kind);
    if (rates === undefined) return [];
    if (saysNothing(evidence, when)) return [];
    // Errors of different hands: 95 % of them together lie within the root of the sum of squares.
    const reachKm = Math.hypot(Math.max(rates.withinKm, about.extent.km), where.radiusKm, evidence.where.radiusKm);
    if (Math.abs(evidence.where.latitudeDeg - where.latitudeDeg) * KM_PER_DEG > reachKm) return [];
    const from = when.start - MS_PER_HOUR;
    const until = when.end + Math.max(rates.withinMs, about.extent.ms);
    if (evidence.when.end <= from || evidence.when.start >= until) return [];
    const km = distanceKm(evidence.where, where);
    if (km > reachKm) return [];
    const days = (until - from) / MS_PER_DAY;
    return [
      {
        evidence,
        km,
        afterMs: evidence.when.start - when.start,
        ...ratioOf(rates, evidence, { reachKm, days, background }),
      },
    ];
  });
}

/** An alert for an oblast beside an event known to the day: every oblast has one every day. */
const saysNothing = ({ form, where }: Evidence, when: Incident["when"]): boolean =>
  form === "alert" && where.radiusKm > 60 && when.end - when.start > 3 * MS_PER_HOUR;

/** Round about, at the same time: what burns there burns without this incident. */
const ROUND_KM = 60;
/** Nearer than this it may be the incident itself. */
const OWN_KM = 12;

/** Detections of a source per km2 and day about the incident, itself left out. */
type Background = (source: string) => number;

function backgroundOf({ where, when }: Pick<Incident, "where" | "when">, items: readonly Evidence[]): Background {
  const [from, until] = [when.start - MS_PER_DAY / 2, when.end + MS_PER_DAY / 2];
  const counts = new Map<string, number>();
  for (const { form, origin, where: place, when: time } of items) {
    if (form !== "detection" || time.end <= from || time.start >= until) continue;
    if (Math.abs(place.latitudeDeg - where.latitudeDeg) * KM_PER_DEG > ROUND_KM) continue;
    const km = distanceKm(place, where);
    if (km > OWN_KM && km <= ROUND_KM) counts.set(origin.source, (counts.get(origin.source) ?? 0) + 1);
  }
  const km2Days = (Math.PI * (ROUND_KM ** 2 - OWN_KM ** 2) * (until - from)) / MS_PER_DAY;
  return (source) => (counts.get(source) ?? 0) / km2Days;
}

interface Searched {
  readonly reachKm: number;
  readonly days: number;
  readonly background: Background;
}

/**
 * Chance of at least one with the event, over that without: false ones come as a Poisson process, at the highest of three
 * rates: as declared, as usual at the place in other years, and as round about now.
 */
function ratioOf(
  rates: Rates,
  evidence: Evidence,
  { reachKm, days, background }: Searched,
): Pick<Near, "ratio" | "expected"> {
  if (rates.falsePerKm2Day === undefined) return {};
  const usual = evidence.measured?.[USUAL_PER_DAY];
  const perKm2Day = Math.max(rates.falsePerKm2Day, background(evidence.origin.source));
  const expected = Math.max(perKm2Day * Math.PI * reachKm ** 2, typeof usual === "number" ? usual : 0) * days;
  const none = Math.exp(-expected);
  return { ratio: (1 - (1 - rates.detects01) * none) / (1 - none), expected };
}
