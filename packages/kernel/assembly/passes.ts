/** Passes of one satellite over many sites: scans them, finds the edges of many together, and writes rows. */
import * as K from "../src/pass-plan";
import { findEdges } from "./pass-edges";
import { at, int, open, whole } from "./pass-geometry";
import { writePeak } from "./pass-peaks";
import { scanSite } from "./pass-scan";

/** Rows written so far; each thread's instance has its own. */
let rows: usize = 0;

/**
 * Rows of the sites from `firstSite` on, in the order of sites and of time. Call `passNodes` first. Room for events: two for each scan
 * step and two more; for rows: as many as events.
 * @returns the site to go on with once the rows have been taken; the number of sites when all are done
 */
export function findPasses(plan: usize, firstSite: i32): i32 {
  const count = int(plan, K.SITE_COUNT);
  const events = whole(plan, K.EVENTS);
  open(plan);
  rows = 0;
  let site = firstSite;
  while (site < count) {
    const from = site;
    let event = events;
    for (; site < count; site++) {
      const then = scanSite(plan, whole(plan, K.SITES) + <usize>site * (K.SITE_LENGTH << 3), site, event);
      if (then == 0) break;
      event = then;
    }
    // As many rows as events, at most: one that is up all along has one event.
    if (rows + (event - events) / K.EVENT_BYTES > whole(plan, K.ROW_CAPACITY)) {
      site = from;
      break;
    }
    findEdges(plan, events, event);
    writeRows(plan, events, event);
  }
  store<f64>(plan, <f64>rows, K.ROW_COUNT << 3);
  return site;
}

/** Edges in turn are a rise and a set. */
function writeRows(plan: usize, from: usize, to: usize): void {
  for (let event = from; event < to; ) {
    const site = load<i32>(event, 28);
    const rise = load<f64>(event);
    event += K.EVENT_BYTES;
    let set = Infinity;
    if (event < to && load<i32>(event, 28) == site) {
      set = load<f64>(event);
      event += K.EVENT_BYTES;
    }
    writeRow(plan, site, rise, set);
  }
}

/** Cut to the part. Half-open, whole milliseconds: the first instant that is up, the first that is not. */
function writeRow(plan: usize, site: i32, rise: f64, set: f64): void {
  const partStart = at(plan, K.PART_START);
  const partEnd = at(plan, K.PART_END);
  if (!(set > partStart && rise < partEnd)) return;
  const start = rise < partStart ? partStart : ceil(rise);
  const end = set > partEnd ? partEnd : max(ceil(set), start + 1.0);
  // No whole millisecond of the part.
  if (!(start < partEnd)) return;
  const row = rows++;
  store<f64>(whole(plan, K.ROW_START) + (row << 3), start);
  store<f64>(whole(plan, K.ROW_END) + (row << 3), end);
  store<i32>(whole(plan, K.ROW_SITE) + (row << 2), site);
  store<u8>(whole(plan, K.ROW_CLIPPED) + row, (rise < partStart ? 1 : 0) + (set > partEnd ? 2 : 0));
  if (at(plan, K.WITH_PEAKS) != 0) writePeak(plan, site, row, start, end - 1.0);
}
