/**
 * Movers: drones, aircraft, boats and patrols that leave a base, watch on a pattern, come back before their endurance ends, are
 * made ready and leave again. All is worked out before the run, as a track; what cannot be done is refused with the reason.
 */
import { densify, polarOf } from "../geo/geodesic.ts";
import type { Place } from "../geo/position.ts";
import { isInside, isMet } from "./region.ts";
import { NODE_KM, Rota, wayOf } from "./rota.ts";
import type { Motion, MotionRefusal, Sorties } from "./sorties.ts";

/**
 * Sorties one after the other from the start until no more begin. The flow of the whole sortie is known when it begins: one that
 * could not be brought to its end is put off by an hour. Refused for the flow only if none can be made at all.
 */
export function planSorties(order: Sorties): Motion {
  const { vehicle, base, corridor = [], round } = order;
  if (!(vehicle.speedMps > 0)) return { code: "no-speed", speedMps: vehicle.speedMps };
  if (!(vehicle.enduranceS > 0)) return { code: "no-endurance", enduranceS: vehicle.enduranceS };
  const [entry] = round;
  if (entry === undefined || round.length < 2) return { code: "no-pattern", places: round.length };
  const toEntry = [base, ...corridor, entry];
  const isClosed = polarOf(round.at(-1) as Place, entry).km < 0.001;
  const ring = isClosed ? round : [...round, entry];
  const wrong = metBy(toEntry, order) ?? metBy(ring, order);
  return wrong ?? new Rota(order, wayOf(toEntry), wayOf(ring)).plan();
}

/** What a path meets: its own places first, then the ways between them. */
function metBy(path: readonly Place[], { land = [], closed = [] }: Sorties): MotionRefusal | undefined {
  const zones = [
    ...land.map((zone) => ({ zone, what: "land" as const })),
    ...closed.map((zone) => ({ zone, what: "closed-zone" as const })),
  ];
  for (const { zone, what } of zones) {
    const place = path.find((each) => isInside(zone, each));
    if (place !== undefined) return { code: `inside-${what}`, zone: zone.id, place };
  }
  const places = zones.length === 0 ? [] : densify(path, NODE_KM);
  for (const { zone, what } of zones) {
    const i = places.findIndex((to, k) => k > 0 && isMet(zone, places[k - 1] as Place, to));
    if (i > 0) return { code: `crosses-${what}`, zone: zone.id, from: places[i - 1] as Place, to: places[i] as Place };
  }
  return undefined;
}
