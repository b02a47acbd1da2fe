/**
 * A longer line than the one that the figures are from. How fire grows with the line's length is not known: it is an assumption with two
 * exponents, which an exercise states and varies.
 */
import type { FireSpec } from "./spec.ts";

export interface Scaling {
  readonly lineKm: number;
  /** Fire of the whole line goes as its length to this power: 1, as much on each kilometre; 0, as much in all. */
  readonly fireExponent: number;
  /** So does the number of hot spots. */
  readonly hotSpotExponent: number;
}

/**
 * The line is laid out again behind itself: hot spots of the second stretch are those of the first, further on. Those of the first keep their
 * names and dice. Hot spots and background keep their shares of the fire.
 */
export function scaledFire(spec: FireSpec, { lineKm, fireExponent, hotSpotExponent }: Scaling): FireSpec {
  const ratio = lineKm / spec.lineKm;
  const total = ratio ** fireExponent;
  const count = Math.max(1, Math.round(spec.hotSpots.length * ratio ** hotSpotExponent));
  const laid = layOut(spec, lineKm, count);
  const own = spec.hotSpots.reduce((sum, { perDay }) => sum + perDay, 0);
  const now = laid.reduce((sum, { perDay }) => sum + perDay, 0);
  const atSpots = now > 0 ? (own * total) / now : 1;
  return {
    ...spec,
    lineKm,
    hotSpots: laid.map((spot) => ({ ...spot, perDay: spot.perDay * atSpots })),
    background: { ...spec.background, perKmDay: (spec.background.perKmDay * total) / ratio },
    barrages: {
      ...spec.barrages,
      perHotSpotDay: (spec.barrages.perHotSpotDay * total * spec.hotSpots.length) / laid.length,
      perKmDay: (spec.barrages.perKmDay * total) / ratio,
    },
  };
}

function layOut(spec: FireSpec, lineKm: number, count: number): FireSpec["hotSpots"] {
  const tiles = Math.ceil(lineKm / spec.lineKm);
  const all = Array.from({ length: tiles }, (_, tile) =>
    spec.hotSpots.map((spot) => ({
      ...spot,
      id: tile === 0 ? spot.id : `${spot.id}~${tile + 1}`,
      atKm: spot.atKm + tile * spec.lineKm,
    })),
  ).flat();
  const onLine = all.filter(({ atKm }) => atKm <= lineKm);
  // Fewer than the line has room for: evenly chosen, the first always.
  const kept = Math.min(count, onLine.length);
  return onLine.filter(
    (_, i) => Math.floor((i * kept) / onLine.length) !== Math.floor(((i - 1) * kept) / onLine.length),
  );
}
