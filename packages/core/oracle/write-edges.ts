/**
 * Writes the edges of every window that our code finds in the case of windows.skyfield.json, for check-edges.skyfield.py.
 * Run by hand: node packages/core/oracle/write-edges.ts EDGES.json
 * Layout: [satellite][site] = [[ms since the span's start, ...] of SGP4's own edges, the same of the table's].
 */
import { readFileSync, writeFileSync } from "node:fs";
import { findPasses } from "../src/access/passes.ts";
import type { Site } from "../src/geo/position.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { ephemerisOf, STALE_AFTER_MS, tabulate } from "../src/orbit/table.ts";
import { parseTle } from "../src/orbit/tle.ts";
import { parseInstant } from "../src/time/instant.ts";

interface Oracle {
  readonly span: { readonly start: string; readonly end: string };
  readonly sites: readonly (Site & { readonly maskDeg: number })[];
  readonly satellites: readonly { readonly line1: string; readonly line2: string }[];
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("usage: write-edges.ts EDGES.json");
const oracle: Oracle = JSON.parse(readFileSync(new URL("windows.skyfield.json", import.meta.url), "utf8"));
const span = { start: parseInstant(oracle.span.start), end: parseInstant(oracle.span.end) };
const edges = oracle.satellites.map((lines) => {
  const elements = parseTle(lines);
  if (isRefusal(elements)) throw new Error(elements.message);
  const options = { staleAfterMs: STALE_AFTER_MS };
  const table = tabulate(elements, span, options);
  const exact = ephemerisOf(elements, options);
  return oracle.sites.map((site) =>
    [{ exact }, {}].map((refine) =>
      findPasses({ table, site, span, maskDeg: site.maskDeg, ...refine })
        .windows.flatMap(({ start, end }) => [start, end])
        .filter((at) => at !== span.start && at !== span.end)
        .map((at) => at - span.start),
    ),
  );
});
writeFileSync(path, JSON.stringify(edges));
