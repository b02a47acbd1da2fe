/**
 * The peer: satellite.js at equal steps of 10 s. It shares with core the element sets, the places and nothing else.
 * Two manners: as its documentation shows it, and tuned by somebody who has looked where its time goes.
 */
import type { Site } from "@vedette/core/geo/position";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { linesOf } from "@vedette/core/orbit/lines";
import type { Interval } from "@vedette/core/time/instant";
import { ecfToLookAngles, eciToEcf, gstime, propagate, type SatRec, sgp4, twoline2satrec } from "satellite.js";

export const PEER_STEP_MS = 10_000;
const RAD = Math.PI / 180;

/** Earth-fixed, km. */
export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** In satellite.js's units: radians and km. */
interface Observer {
  readonly latitude: number;
  readonly longitude: number;
  readonly height: number;
}

/** Where a satellite is, by satellite.js. @throws Error where it does not know. */
export type Peer = (utcMs: number) => Vector;

/** As documented: `propagate` and `gstime` of a Date. */
export function documentedPeer(elements: MeanElements): Peer {
  const record = recordOf(elements);
  return (utcMs) => {
    const date = new Date(utcMs);
    const state = propagate(record, date);
    if (state === null) throw new Error(`satellite.js has no state of ${elements.name} at ${utcMs}`);
    return eciToEcf(state.position, gstime(date));
  };
}

/** Minutes and Julian dates instead of Dates: the same numbers for two thirds of the time. */
export function tunedPeer(elements: MeanElements): Peer {
  const record = recordOf(elements);
  return (utcMs) => {
    const state = sgp4(record, (utcMs - elements.epochUtcMs) / 60_000);
    if (state === null) throw new Error(`satellite.js has no state of ${elements.name} at ${utcMs}`);
    return eciToEcf(state.position, gstime(utcMs / 86_400_000 + 2_440_587.5));
  };
}

function recordOf(elements: MeanElements): SatRec {
  const lines = linesOf(elements);
  if (lines === undefined) throw new Error(`${elements.name}: two lines cannot hold its elements`);
  return twoline2satrec(...lines);
}

const observerOf = ({ latitudeDeg, longitudeDeg, heightM }: Site): Observer => ({
  latitude: latitudeDeg * RAD,
  longitude: longitudeDeg * RAD,
  height: heightM / 1000,
});

/** The peer's own opinion at one instant. */
export const elevationDeg = (satellite: Peer, site: Site, utcMs: number): number =>
  ecfToLookAngles(observerOf(site), satellite(utcMs)).elevation / RAD;

export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Windows of one pair: the satellite propagated anew for it. */
export function steppedWindows(satellite: Peer, site: Site, { start, end }: Interval, maskDeg: number): Window[] {
  return windowsFrom((utcMs) => satellite(utcMs), satellite, observerOf(site), { start, end }, maskDeg);
}

/** Windows over each of `sites`: the satellite propagated once, positions shared. */
export function sharedWindows(satellite: Peer, sites: readonly Site[], span: Interval, maskDeg: number): Window[][] {
  const positions = steppedPositions(satellite, span);
  const known = (utcMs: number) => positions[(utcMs - span.start) / PEER_STEP_MS] as Vector;
  return sites.map((site) => windowsFrom(known, satellite, observerOf(site), span, maskDeg));
}

/** At every step of the span, its end included. */
export function steppedPositions(satellite: Peer, { start, end }: { start: number; end: number }): Vector[] {
  return Array.from({ length: Math.floor((end - start) / PEER_STEP_MS) + 1 }, (_, i) =>
    satellite(start + i * PEER_STEP_MS),
  );
}

function windowsFrom(
  known: (utcMs: number) => Vector,
  satellite: Peer,
  observer: Observer,
  { start, end }: Interval,
  maskDeg: number,
): Window[] {
  const mask = maskDeg * RAD;
  const isUp = (position: Vector) => ecfToLookAngles(observer, position).elevation >= mask;
  const edges: number[] = [];
  let up = isUp(known(start));
  if (up) edges.push(start);
  for (let utcMs = start + PEER_STEP_MS; utcMs <= end; utcMs += PEER_STEP_MS) {
    const upNow = isUp(known(utcMs));
    if (upNow !== up) edges.push(bisected((at) => isUp(satellite(at)) === upNow, utcMs - PEER_STEP_MS, utcMs));
    up = upNow;
  }
  if (up) edges.push(end);
  return Array.from({ length: edges.length / 2 }, (_, i) => ({
    start: edges[2 * i] as number,
    end: edges[2 * i + 1] as number,
  }));
}

/** Where `isAfter` turns true between two instants, to 1 ms. */
function bisected(isAfter: (utcMs: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (isAfter(middle)) high = middle;
    else low = middle;
  }
  return high;
}
