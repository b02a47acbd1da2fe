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
  /** False alarms in 1,000 km2 and a day; or in a day wherever it looks, all of which may lie within reach of a claim. */
  readonly falseAlarms: { readonly per1000Km2Day: number } | { readonly perDay: number };
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
export function falseAlarmsOf({ falseAlarms, withinKm, withinHours }: DeclaredRates, spanHours: number): number {
  const days = (spanHours + 2 * withinHours) / 24;
  if ("perDay" in falseAlarms) return falseAlarms.perDay * days;
  return falseAlarms.per1000Km2Day * ((Math.PI * withinKm ** 2) / 1000) * days;
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

function assertRates({ detects01, withinKm, withinHours, falseAlarms }: DeclaredRates): void {
  // A source that never errs would prove whatever it says; one that sees all would disprove. Neither exists.
  const rate = "perDay" in falseAlarms ? falseAlarms.perDay : falseAlarms.per1000Km2Day;
  const isFine = detects01 >= 0 && detects01 < 1 && withinKm > 0 && withinHours >= 0 && rate > 0;
  const found = { detects01, withinKm, withinHours, falseAlarms };
  if (!isFine) throw new RangeError(`not rates: ${JSON.stringify(found)}`);
}
