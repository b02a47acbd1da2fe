/**
 * The likelihood ratio of a source from its declared rates alone: how often it detects an event of the kind, and how
 * often it reports where nothing happened. A new sensor needs a table of rates (`data/sources`), and no code.
 *
 * Detections of a true event are one Bernoulli draw; false ones a Poisson process in area and time. With q the chance to
 * be seen and m the false alarms expected in the same window, n things seen speak by q·n/m + (1 - q) to 1, none by 1 - q.
 */

export interface DeclaredRates {
  /** Chance that an event of the kind, looked at, leaves evidence of this source. */
  readonly detects01: number;
  readonly withinKm: number;
  readonly withinHours: number;
  /** False alarms in 1,000 km2 and a day. */
  readonly falsePer1000Km2Day: number;
}

export interface Seen {
  /** Pieces of evidence within reach of the claim: dependent ones are one. */
  readonly count: number;
  /** Chance that the source could look at all (pass, open sky, asset there); `undefined`: nobody knows. */
  readonly observable01: number | undefined;
  /** Time in which the event lies, hours; 24 for a day. */
  readonly spanHours: number;
}

export interface RatesAnswer {
  readonly logRatio: number;
  /** Chance that a true event would have been seen; `undefined` where nobody knows whether it could have been. */
  readonly chanceSeen01: number | undefined;
  readonly falseExpected: number;
}

/** False alarms expected within reach of the claim, over the time in which it may lie. */
export function falseAlarmsOf(rates: DeclaredRates, spanHours: number): number {
  const areaKm2 = Math.PI * rates.withinKm ** 2;
  return (rates.falsePer1000Km2Day * (areaKm2 / 1000) * (spanHours + 2 * rates.withinHours)) / 24;
}

/** None seen where nobody knows whether anything could have been seen says nothing; one seen says that it could. */
export function ratesRatio(rates: DeclaredRates, { count, observable01, spanHours }: Seen): RatesAnswer {
  assertRates(rates);
  const falseExpected = falseAlarmsOf(rates, spanHours);
  if (count === 0 && observable01 === undefined) return { logRatio: 0, chanceSeen01: undefined, falseExpected };
  const q = rates.detects01 * (count > 0 ? Math.max(observable01 ?? 1, Number.MIN_VALUE) : (observable01 ?? 0));
  const ratio = count === 0 ? 1 - q : (q * count) / falseExpected + (1 - q);
  return { logRatio: Math.log(ratio), chanceSeen01: q, falseExpected };
}

function assertRates({ detects01, withinKm, withinHours, falsePer1000Km2Day }: DeclaredRates): void {
  // A source that never errs would prove whatever it says; one that sees all would disprove. Neither exists.
  const isFine = detects01 >= 0 && detects01 < 1 && withinKm > 0 && withinHours >= 0 && falsePer1000Km2Day > 0;
  const found = { detects01, withinKm, withinHours, falsePer1000Km2Day };
  if (!isFine) throw new RangeError(`not rates: ${JSON.stringify(found)}`);
}
