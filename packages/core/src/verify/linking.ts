/**
 * From reports and detections to incidents. An incident happens at one place and time; its reports scatter about them
 * by errors that are learnt from the items at hand, before and while they are linked. Partitions are drawn from the
 * posterior, and the one is told whose pairs are likeliest to hold: so nothing chains across a town over a week,
 * because a chain has no one place and time that its ends could come from.
 */
import type { Interval } from "../time/instant.ts";
import { type Decoded, decode } from "./linking-decode.ts";
import { type Fit, fitOf, type LinkModel, settingOf } from "./linking-fit.ts";
import { incidentsOf, type LinkedIncident } from "./linking-incidents.ts";
import { type ItemTable, itemTable, type LinkItem } from "./linking-items.ts";
import { countTogether, firstPartition, noneTogether, sweep } from "./linking-sample.ts";
import type { Setting } from "./linking-state.ts";

export interface Linking {
  /** In order of their earliest reports. */
  readonly incidents: readonly LinkedIncident[];
  /** By item, in the order given: the position of its incident. */
  readonly of: Int32Array;
  /** By item: mean chance that it shares an incident with each of those it was put with; alone: that it is alone. */
  readonly confidence01: Float64Array;
  readonly model: LinkModel;
}

export interface LinkOptions {
  /** Learnt before, on more; otherwise learnt from these items. */
  readonly model?: LinkModel;
  /** Told as sweeps are done, of all; may throw, to end the work. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** Sweeps over all items: to forget the first guess, and to count. Of many items, each says less than all together. */
const effortOf = (count: number): { readonly burn: number; readonly draws: number } =>
  count <= 20_000 ? { burn: 15, draws: 50 } : { burn: 6, draws: 14 };

/**
 * The same items give the same incidents, whatever their order. Near-linear in their number.
 *
 * @throws RangeError where a place or a time of an item is none
 */
export function linkItems(items: readonly LinkItem[], { model, onProgress }: LinkOptions = {}): Linking {
  items.forEach(assertItem);
  const table = itemTable(items);
  const { burn, draws } = effortOf(table.count);
  const fit = fitOf(table, model, (done, of) => onProgress?.(done, of + burn + draws));
  const setting = settingOf(table, fit);
  const decoded = drawn(setting, { burn, draws }, (done) => onProgress?.(fit.sweeps + done, fit.sweeps + burn + draws));
  return linkingOf(table, decoded, fit);
}

function drawn(setting: Setting, { burn, draws }: ReturnType<typeof effortOf>, said: (done: number) => void): Decoded {
  const partition = firstPartition(setting);
  let together = noneTogether(setting);
  for (let s = 1; s <= burn + draws; s++) {
    sweep(partition, setting, s);
    if (s > burn) together = countTogether(partition, together, setting);
    said(s);
  }
  return decode(together, setting);
}

function linkingOf(table: ItemTable, { of, confidence01 }: Decoded, fit: Fit): Linking {
  const { incidents, incidentOf } = incidentsOf(table, of, fit.model);
  const [given, confidence] = [new Int32Array(table.count), new Float64Array(table.count)];
  for (let row = 0; row < table.count; row++) {
    given[table.at[row] as number] = incidentOf[row] as number;
    confidence[table.at[row] as number] = confidence01[row] as number;
  }
  return { incidents, of: given, confidence01: confidence, model: fit.model };
}

function assertItem({ id, where: { latitudeDeg, longitudeDeg }, when }: LinkItem): void {
  if (!(Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180))
    throw new RangeError(`item ${id}: not a place: ${latitudeDeg}, ${longitudeDeg}`);
  if (!isInterval(when)) throw new RangeError(`item ${id}: not an interval: ${when.start} .. ${when.end}`);
}

const isInterval = ({ start, end }: Interval): boolean => start < end && Number.isFinite(end - start);
