/**
 * Questions to a sweep's bits, without propagating again: which cells could be looked at in which hours by some of the
 * groups, and how long they could not. A gap is counted in whole hours without a look.
 */
import { MS_PER_HOUR } from "../time/instant.ts";
import { CHANNELS, inChannel } from "./acceptance.ts";
import { type Coverage, type CoveragePlan, type CoverageSatellite, channelBytes } from "./coverage.ts";
import { placesOf, planeOf } from "./coverage-rows.ts";
import { bitWorkOf } from "./plane-bits.ts";

/** Some of the groups: 1 where a group takes part. */
export type Groups = Uint8Array;

/** One channel (any imaging kind first, then `SENSOR_KINDS`) of a subset of groups. */
export interface Observability {
  /** Share of the cells that could be looked at, by hour of the span. */
  readonly hourly01: Float64Array;
  /** Per cell: hours in which it could be looked at, and the longest gap. */
  readonly seenH: Uint16Array;
  readonly longestGapH: Uint16Array;
  /** `gaps[h]`: how many gaps are h hours long, over all cells. */
  readonly gaps: Uint32Array;
}

/** All channels. */
export function observabilityOf(coverage: Coverage, groups: Groups): Observability[] {
  const { plan } = coverage;
  const lit = uniteHours(coverage, groups, 0, plan.hours);
  const gaps = gapsOfWords(coverage, 0, plan.tree.words);
  return mergeObservability(plan, [lit], [gaps]);
}

/** Cells that could be looked at, by channel and hour: row `c` from `c * (toHour - fromHour)` on. */
export interface LitHours {
  readonly fromHour: number;
  readonly toHour: number;
  readonly cells: Uint32Array;
}

/** First half of a question, a slice of hours: unites the planes of the groups into one plane a channel. */
export function uniteHours(coverage: Coverage, groups: Groups, fromHour: number, toHour: number): LitHours {
  const { plan, place } = coverage;
  const work = bitWorkOf(coverage.kernel, coverage.bits());
  const hours = toHour - fromHour;
  const cells = new Uint32Array(CHANNELS * hours);
  const planeAt = (plane: number, hour: number) => place.planes + (plane * plan.hours + hour) * plan.rowBytes;
  const channelAt = (c: number, hour: number) => place.channels + c * channelBytes(plan) + hour * plan.rowBytes;
  const used = usedPlanes(plan, groups);
  for (let hour = fromHour; hour < toHour; hour++) {
    for (let c = 0; c < CHANNELS; c++) work.clear(channelAt(c, hour), plan.rowBytes);
    for (const { plane, kind } of used) {
      // Most groups see nothing in most hours.
      if (coverage.swept.lit[plane * plan.hours + hour] === 0) continue;
      work.unite(channelAt(kind + 1, hour), planeAt(plane, hour), plan.rowBytes);
    }
    for (let c = 1; c < CHANNELS; c++) {
      if (inChannel(1 << (c - 1), 0)) work.unite(channelAt(0, hour), channelAt(c, hour), plan.rowBytes);
    }
    for (let c = 0; c < CHANNELS; c++) {
      cells[c * hours + hour - fromHour] = work.count(channelAt(c, hour), plan.rowBytes);
    }
  }
  return { fromHour, toHour, cells };
}

function usedPlanes({ planes }: CoveragePlan, groups: Groups): { readonly plane: number; readonly kind: number }[] {
  return planes.flatMap(({ group, kind, isNight }, plane) =>
    !isNight && groups[group] === 1 ? [{ plane, kind }] : [],
  );
}

/** Gaps of a range of words of 64 places, by channel. */
export interface WordGaps {
  readonly firstWord: number;
  readonly endWord: number;
  /** By place in the tree's order, from the first word's first on. */
  readonly seenH: readonly Uint16Array[];
  readonly longestGapH: readonly Uint16Array[];
  readonly gaps: readonly Uint32Array[];
}

/** Second half, once all hours are united: the gaps of some cells. */
export function gapsOfWords(coverage: Coverage, firstWord: number, endWord: number): WordGaps {
  const { plan, place } = coverage;
  const work = bitWorkOf(coverage.kernel, coverage.bits());
  const rows = { rowBytes: plan.rowBytes, hours: plan.hours, cells: plan.grid.count, firstWord, endWord };
  const channels = Array.from({ length: CHANNELS }, (_, c) =>
    work.gaps({ ...rows, plane: place.channels + c * channelBytes(plan) }),
  );
  return {
    firstWord,
    endWord,
    seenH: channels.map(({ seen }) => seen),
    longestGapH: channels.map(({ longest }) => longest),
    gaps: channels.map(({ histogram }) => histogram),
  };
}

/** The whole answer from its parts, in whatever order they come. */
export function mergeObservability(
  plan: CoveragePlan,
  lit: readonly LitHours[],
  gaps: readonly WordGaps[],
): Observability[] {
  return Array.from({ length: CHANNELS }, (_, c) => {
    const merged = {
      hourly01: new Float64Array(plan.hours),
      seenH: new Uint16Array(plan.grid.count),
      longestGapH: new Uint16Array(plan.grid.count),
      gaps: new Uint32Array(plan.hours + 1),
    };
    for (const { fromHour, toHour, cells } of lit) {
      for (let hour = fromHour; hour < toHour; hour++) {
        merged.hourly01[hour] = (cells[c * (toHour - fromHour) + hour - fromHour] as number) / plan.grid.count;
      }
    }
    for (const part of gaps) {
      const { order } = plan.tree;
      const [seenH, longestGapH] = [part.seenH[c] as Uint16Array, part.longestGapH[c] as Uint16Array];
      for (let i = 0; i < seenH.length; i++) {
        const cell = order[64 * part.firstWord + i] as number;
        merged.seenH[cell] = seenH[i] as number;
        merged.longestGapH[cell] = longestGapH[i] as number;
      }
      (part.gaps[c] as Uint32Array).forEach((count, h) => {
        merged.gaps[h] = (merged.gaps[h] as number) + count;
      });
    }
    return merged;
  });
}

/** Hours in which a satellite of the groups with a sensor of the channel has no known position: 1. */
export function unknownHoursOf({ plan, swept }: Coverage, groups: Groups, channel: number): Uint8Array {
  const flags = new Uint8Array(plan.hours);
  const counts = ({ group, sensors }: Pick<CoverageSatellite, "group" | "sensors">) =>
    groups[group] === 1 && sensors.some(({ kind }) => inChannel(1 << kind, channel));
  if (plan.absent?.some(counts) === true) return flags.fill(1);
  for (const { satellite, fromMs, toMs } of swept.unknown) {
    if (!counts(plan.satellites[satellite] as CoverageSatellite)) continue;
    const [from, to] = [fromMs - plan.span.start, toMs - plan.span.start];
    flags.fill(1, Math.floor(from / MS_PER_HOUR), Math.ceil(to / MS_PER_HOUR));
  }
  return flags;
}

/** Index into `LEDGER_STATES` of one cell, hour and kind, for some of the groups: no pass, night, unknown or observable. */
export function ledgerStateOf(coverage: Coverage, groups: Groups, kind: number) {
  const { plan, place } = coverage;
  const placeOf = placesOf(plan);
  const unknown = unknownHoursOf(coverage, groups, kind + 1);
  const words = new Uint32Array(coverage.bits());
  const planes = (isNight: boolean) =>
    Array.from(groups, (on, group) => (on === 1 ? planeOf(plan, group, kind, isNight) : -1)).filter(
      (plane) => plane >= 0,
    );
  const [day, night] = [planes(false), planes(true)];
  const has = (some: readonly number[], at: number, hour: number) =>
    some.some((plane) => {
      const row = (place.planes + (plane * plan.hours + hour) * plan.rowBytes) >>> 2;
      return (((words[row + (at >>> 5)] as number) >>> (at & 31)) & 1) === 1;
    });
  return (cell: number, hour: number): number => {
    const at = placeOf[cell] as number;
    if (has(day, at, hour)) return 3;
    if (unknown[hour] === 1) return 2;
    return has(night, at, hour) ? 1 : 0;
  };
}
