/** When a satellite can send: contacts with ground stations, and with relays above. */

import type { Site } from "../geo/position.ts";
import { bracketedRoot } from "../numerics/search.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import type { Interval } from "../time/instant.ts";
import { subtract } from "../time/intervals.ts";
import { findPasses } from "./passes.ts";
import { sightSignal } from "./signals.ts";

/** Contacts of one satellite, in time order. Structure of arrays. */
export interface Contacts {
  /** Index into the stations and relays asked about. */
  readonly station: Uint16Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
}

export interface ContactStation {
  readonly site: Site;
  readonly maskDeg: number;
}

/** A relay is asked for by its own state table: sight is lost where the Earth and its denser air stand between. */
export type ContactPoint = { readonly index: number } & (
  | { readonly station: ContactStation }
  | { readonly relay: StateTable }
);

/** All contacts of a satellite with the given stations and relays; where the table does not know, there are none. */
export function findContacts(table: StateTable, points: readonly ContactPoint[], span: Interval): Contacts {
  const rows = points.flatMap((point) =>
    ("station" in point
      ? findPasses({ table, site: point.station.site, span, maskDeg: point.station.maskDeg }).windows
      : subtract([span], [...table.unknown, ...point.relay.unknown]).flatMap((part) =>
          relaySight(table, point.relay, part),
        )
    ).map(({ start, end }) => ({ start, end, index: point.index })),
  );
  rows.sort((a, b) => a.start - b.start || a.index - b.index);
  return {
    station: Uint16Array.from(rows, ({ index }) => index),
    startMs: Float64Array.from(rows, ({ start }) => start),
    endMs: Float64Array.from(rows, ({ end }) => end),
  };
}

/** Stretches in which the straight line to the relay clears the Earth, sampled at the satellite's nodes, edges to 10 ms. */
function relaySight(table: StateTable, relay: StateTable, part: Interval): { start: number; end: number }[] {
  const clearance = sightSignal(table, relay);
  const out: { start: number; end: number }[] = [];
  let from: number | undefined = clearance(part.start) >= 0 ? part.start : undefined;
  // The end is outside: beyond it a state may be missing.
  const last = part.end - 1;
  for (let before: number = part.start, t = before; t < last; before = t) {
    t = Math.min(t + table.stepMs, last);
    const up = clearance(t) >= 0;
    if (up === (from !== undefined)) continue;
    const edge = bracketedRoot(clearance, before, t, 10);
    if (from === undefined) from = edge;
    else {
      out.push({ start: from, end: edge });
      from = undefined;
    }
  }
  if (from !== undefined) out.push({ start: from, end: part.end });
  return out;
}
