/**
 * From reports and detections to incidents. An incident happens at one place and time; its reports scatter about them
 * by errors that are learnt from the items at hand, before and while they are linked. Partitions are drawn from the
 * posterior, and the one is told whose pairs are likeliest to hold: so nothing chains across a town over a week,
 * because a chain has no one place and time that its ends could come from.
 */
import type { Interval } from "../time/instant.ts";
import { type Decoded, decode } from "./linking-decode.ts";
import { type Fit, fitSweeps, fitting, type LinkModel, type LinkOptions, settingOf } from "./linking-fit.ts";
import { incidentsOf, type LinkedIncident } from "./linking-incidents.ts";
import { type ItemTable, itemTable, type LinkItem } from "./linking-items.ts";
import { allAlone, countTogether, noneTogether, sweep } from "./linking-sample.ts";

export interface Linking {
  /** In order of their earliest reports. */
  readonly incidents: readonly LinkedIncident[];
  /** By item, in the order given: the position of its incident. */
  readonly of: Int32Array;
  /** By item: mean chance that it shares an incident with each of those it was put with; alone: that it is alone. */
  readonly confidence01: Float64Array;
  readonly model: LinkModel;
}

/** Sweeps done, of all. */
export interface LinkProgress {
  readonly done: number;
  readonly of: number;
}

/** Sweeps over all items: to forget the first guess, and to count. */
const effortOf = (count: number): { readonly burn: number; readonly draws: number } =>
  count <= 20_000 ? { burn: 15, draws: 50 } : { burn: 6, draws: 14 };

/**
 * The same items give the same incidents, whatever their order. Near-linear in their number.
 *
 * @throws RangeError where a place or a time of an item is none
 */
export function linkItems(items: readonly LinkItem[], options: LinkOptions = {}): Linking {
  const steps = linkSteps(items, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** As `linkItems`, a sweep at a time: so that the work can be watched, and ended. */
export function* linkSteps(items: readonly LinkItem[], options: LinkOptions = {}): Generator<LinkProgress, Linking> {
  items.forEach(assertItem);
  const table = itemTable(items);
  const { burn, draws } = effortOf(table.count);
  const of = fitSweeps(options) + burn + draws;
  let done = 0;
  const fits = fitting(table, options);
  let fitted = fits.next();
  for (; !fitted.done; fitted = fits.next()) yield { done: ++done, of };
  const setting = settingOf(table, fitted.value);
  const partition = allAlone(setting);
  let together = noneTogether(setting);
  for (let s = 1; s <= burn + draws; s++) {
    sweep(partition, setting, s);
    if (s > burn) together = countTogether(partition, together, setting);
    yield { done: ++done, of };
  }
  return linkingOf(table, decode(together, setting), fitted.value);
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
