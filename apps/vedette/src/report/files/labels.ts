/** Words that every output shares: names of kinds and nations, the marking. */
import type { Channel, Result, Summary } from "@vedette/wire/result";

export const KINDS = ["imaging", "optical", "radar", "thermal", "rf"] as const satisfies readonly Channel[];

/** The order of `LedgerRuns.kind`. */
export const LEDGER_KINDS = ["optical", "radar", "thermal", "rf"] as const;

export const KIND_NAMES: Readonly<Record<Channel, string>> = {
  imaging: "Any imaging sensor",
  optical: "Optical",
  radar: "Radar",
  thermal: "Thermal",
  rf: "Radio-frequency",
};

/** Kinds that the network has at all: a network without thermal sensors shows no thermal column. */
export function presentKinds(result: Result): Channel[] {
  const flown = new Set(result.passes.flatMap((pass) => pass.kinds));
  const known = new Set(Object.keys(result.ledger));
  return KINDS.filter((kind) => kind === "imaging" || flown.has(kind) || known.has(kind));
}

/** Marking and label on one line, for places that hold one. */
export function markingLine(summary: Summary): string {
  return summary.label === null ? summary.marking : `${summary.marking} · ${summary.label}`;
}

export function nationNames(summary: Summary): ReadonlyMap<string, string> {
  return new Map(Object.entries(summary.nations));
}

/** What the names of assumed figures mean; a name that is not here stands for itself. */
const FIGURE_WORDS: Readonly<Record<string, string>> = {
  minDeg: "pointing, least angle",
  maxDeg: "pointing, largest angle",
  swathKm: "swath",
  resolutionM: "resolution",
  minSunElevationDeg: "lowest sun",
  dutyS: "imaging time per orbit",
  settleS: "settling between strips",
  rateMbps: "imaging data rate",
  memoryGbit: "memory on board",
  downlinkMbps: "downlink rate",
  maskDeg: "station mask",
  antennas: "antennas per station",
  heightM: "station height",
  latencyMin: "processing time",
  terminals: "relay terminals",
  altitudeKm: "orbit altitude",
  inclinationDeg: "inclination",
  ltanH: "local time of node",
  raanDeg: "ascending node",
  raanSpreadDeg: "spread of planes",
  argumentOfLatitudeDeg: "place in the plane",
};

export function figureWords(figure: string): string {
  return FIGURE_WORDS[figure.split(".").at(-1) ?? figure] ?? figure;
}

/** ISO 8601, UTC; milliseconds only where there are any. */
export function utcOf(utcMs: number): string {
  return new Date(utcMs).toISOString().replace(".000Z", "Z");
}
