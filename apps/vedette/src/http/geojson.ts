/** Incidents as GeoJSON (RFC 7946): points, or the middles of cells with how many lie in them. */
import type { Place } from "@vedette/core/geo/position";
import { isoOf } from "@vedette/core/time/instant";
import type { MapAnswer } from "../workspace/queries.ts";

const point = ({ longitudeDeg, latitudeDeg }: Place) => ({
  type: "Point" as const,
  coordinates: [longitudeDeg, latitudeDeg],
});

export function collectionOf(answer: MapAnswer) {
  const features = answer.isAggregate
    ? answer.cells.map(({ cell, centre, count, byState }) => ({
        type: "Feature" as const,
        id: cell,
        geometry: point(centre),
        properties: { count, byState: { ...byState } },
      }))
    : answer.points.map(({ id, incident: { where, when, kind, state } }) => ({
        type: "Feature" as const,
        id,
        geometry: point(where),
        properties: { kind, state, radiusKm: where.radiusKm, start: isoOf(when.start), end: isoOf(when.end) },
      }));
  return { type: "FeatureCollection" as const, isAggregate: answer.isAggregate, features };
}
