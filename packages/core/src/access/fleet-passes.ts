/** Passes of many satellites over many sites in one call: by the compiled kernel where the machine has one, else pair by pair. */
import { type Kernel, kernel as ownKernel } from "@vedette/kernel/kernel";
import type { MeanElements } from "../orbit/elements.ts";
import type { Unknown } from "../orbit/ephemeris.ts";
import { ephemerisOf, tabulate } from "../orbit/table.ts";
import type { FleetPasses, FleetQuery } from "./fleet-query.ts";
import { FleetScan } from "./fleet-scan.ts";
import { PassRows } from "./pass-rows.ts";
import { findPasses } from "./passes.ts";

export type { FleetPasses, FleetQuery };

/** @throws RangeError on a mask that no site has. `kernel` is for tests: "none", as on a machine without SIMD. */
export function findFleetPasses(query: FleetQuery, kernel: Kernel | "none" = ownKernel ?? "none"): FleetPasses {
  for (const { maskDeg } of query.sites) {
    if (!(maskDeg >= -1 && maskDeg <= 90)) throw new RangeError(`maskDeg must be -1 to 90: ${maskDeg}`);
  }
  const rows = new PassRows(query.satellites.length, query.withPeaks ?? false);
  const unknown =
    kernel === "none"
      ? query.satellites.map((elements, s) => findOneByOne(query, elements, s, rows))
      : findByKernel(query, kernel, rows);
  return rows.passes(unknown);
}

function findByKernel(query: FleetQuery, kernel: Kernel, rows: PassRows): (readonly Unknown[])[] {
  const { satellites, span, options } = query;
  let scan: FleetScan | undefined;
  // Tables keep a clock in the kernel's memory: they are made while nothing else is taken there.
  const pause = () => {
    scan?.release();
    scan = undefined;
  };
  try {
    return satellites.map((elements, s) => {
      if (!isFresh(elements, query)) pause();
      const unknown = isFresh(elements, query) ? [] : tabulate(elements, span, options).unknown;
      scan ??= new FleetScan(query, kernel);
      if (scan.find(elements, s, unknown, rows)) return unknown;
      pause();
      return findOneByOne(query, elements, s, rows);
    });
  } finally {
    pause();
  }
}

/** Believed in all of the span. */
function isFresh({ epochUtcMs }: MeanElements, { span, options: { staleAfterMs, rebaseMs = 0 } }: FleetQuery): boolean {
  const epochMs = epochUtcMs + rebaseMs;
  return epochMs - staleAfterMs <= span.start && epochMs + staleAfterMs >= span.end;
}

/** The slower way; also for satellites that SGP4 has no answer for within the span. */
function findOneByOne(
  { sites, span, options }: FleetQuery,
  elements: MeanElements,
  satellite: number,
  rows: PassRows,
): readonly Unknown[] {
  const table = tabulate(elements, span, options);
  const exact = ephemerisOf(elements, options);
  sites.forEach(({ site, maskDeg }, k) => {
    for (const pass of findPasses({ table, site, span, maskDeg, exact }).windows) rows.push(satellite, k, pass);
  });
  return table.unknown;
}
