/**
 * Where a signal is at or above a level, where it is not, and where nobody knows: the one scanning shape.
 *
 * Method: sample; between two samples of different sign, a bracketed root; where a sample is the highest (or lowest) of
 * three and the level lies just beyond it, the true extremum is searched for, so that a stretch shorter than the step is
 * found. What is needed of the samples: between three neighbours the signal has one extremum at most.
 */
import { bracketedRoot } from "../numerics/search.ts";
import { type Instant, type Interval, instant } from "./instant.ts";
import { intersect, subtract, union } from "./intervals.ts";

/** A quantity over time, UTC ms, not only whole ones. NaN: unknown. */
export type Signal = (utcMs: number) => number;

/** `yes` and `unknown` do not overlap; the rest of what was asked about is no. Each in time order. */
export interface Verdict<U extends Interval = Interval> {
  readonly yes: readonly Interval[];
  readonly unknown: readonly U[];
}

/** A signal read over one part of time, for any number of levels. */
export interface Samples {
  readonly signal: Signal;
  readonly part: Interval;
  /** From the first instant of the part to the last inside. */
  readonly timesMs: readonly number[];
  readonly values: Float64Array;
}

const ROOT_MS = 0.01;

/** `times`: ascending, those outside the part are left out; the ends, and a neighbour of each for the slope, are added. */
export function sampled(signal: Signal, part: Interval, times: Iterable<number>): Samples {
  const { start, end } = part;
  if (!(start < end)) throw new RangeError(`a part ends after it starts: ${start} .. ${end}`);
  const last = end - 1;
  const timesMs: number[] = [start];
  if (last - start > 2) {
    timesMs.push(start + 1);
    for (const t of times) if (t > (timesMs.at(-1) as number) && t < last - 1) timesMs.push(t);
    timesMs.push(last - 1);
  }
  if (last > start) timesMs.push(last);
  return { signal, part, timesMs, values: Float64Array.from(timesMs, signal) };
}

/** Where the signal is `level` or more; edges to a millisecond. A gap in knowledge shorter than the step can go unseen. */
export function findAtLeast(samples: Samples, level: number): Verdict {
  return verdictOf(
    samples,
    (utcMs) => samples.signal(utcMs) - level,
    Float64Array.from(samples.values, (v) => v - level),
  );
}

/** Where the signal is `level` or less. */
export function findAtMost(samples: Samples, level: number): Verdict {
  return verdictOf(
    samples,
    (utcMs) => level - samples.signal(utcMs),
    Float64Array.from(samples.values, (v) => level - v),
  );
}

type State = "yes" | "no" | "unknown";
interface Change {
  readonly atMs: number;
  readonly to: State;
}

const stateOf = (value: number): State => (Number.isNaN(value) ? "unknown" : value >= 0 ? "yes" : "no");

/** `f` is at or above zero: yes. `v` are its values at the samples. */
function verdictOf({ part, timesMs: t }: Samples, f: Signal, v: Float64Array): Verdict {
  const changes: Change[] = [{ atMs: part.start, to: stateOf(v[0] as number) }];
  for (let i = 1; i < t.length; i++) {
    const [from, to] = [t[i - 1] as number, t[i] as number];
    if (stateOf(v[i - 1] as number) !== stateOf(v[i] as number)) changes.push(...changesBetween(f, from, to));
    else if (i + 1 < t.length) changes.push(...tangentAt(f, t, v, i));
  }
  const runs: Record<State, Interval[]> = { yes: [], no: [], unknown: [] };
  changes.forEach(({ atMs, to }, i) => {
    const end = instant(Math.min(changes[i + 1]?.atMs ?? part.end, part.end));
    const start = instant(atMs);
    if (start < end) runs[to].push({ start, end });
  });
  return { yes: union(runs.yes), unknown: union(runs.unknown) };
}

/** Between two samples of different states: a root; where one is unknown, the edge of knowledge, and a root before it. */
function changesBetween(f: Signal, from: number, to: number): Change[] {
  const [before, after] = [stateOf(f(from)), stateOf(f(to))];
  if (before !== "unknown" && after !== "unknown") return [{ atMs: edge(f, from, to), to: after }];
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (middle <= low) break;
    if (Number.isNaN(f(middle)) === (before === "unknown")) low = middle;
    else high = middle;
  }
  if (before === "unknown") {
    const met = stateOf(f(high));
    const out: Change[] = [{ atMs: high, to: met }];
    return met === after || met === "unknown" ? out : [...out, { atMs: edge(f, high, to), to: after }];
  }
  const left = stateOf(f(low));
  const lost: Change = { atMs: Math.ceil(high), to: "unknown" };
  return left === before || left === "unknown" ? [lost] : [{ atMs: edge(f, from, low), to: left }, lost];
}

/** The first whole millisecond after a crossing. */
function edge(f: Signal, from: number, to: number): number {
  const root = bracketedRoot(f, from, to, ROOT_MS);
  // A hole in knowledge between the samples leaves no root to find.
  return Math.ceil(Number.isNaN(root) ? (from + to) / 2 : root);
}

/** Two changes about an extremum near sample `i` that the samples do not show. */
function tangentAt(f: Signal, t: readonly number[], v: Float64Array, i: number): Change[] {
  const [ta, tb, tc] = [t[i - 1] as number, t[i] as number, t[i + 1] as number];
  const sign = (v[i] as number) >= 0 ? -1 : 1;
  const [a, b, c] = [sign * (v[i - 1] as number), sign * (v[i] as number), sign * (v[i + 1] as number)];
  if (!(b >= a && b > c)) return [];
  // A curve that bends one way stays below the chords carried on: most extrema need no closer look.
  const most = b + Math.max(((b - a) / (tb - ta)) * (tc - tb), ((b - c) / (tc - tb)) * (tb - ta));
  if (most < 0) return [];
  const [within, beyond]: [State, State] = sign < 0 ? ["yes", "no"] : ["no", "yes"];
  const top = firstWith(
    (utcMs) => sign * f(utcMs),
    ta,
    tc,
    (utcMs) => stateOf(f(utcMs)) === beyond,
  );
  if (top === undefined) return [];
  return [
    { atMs: edge(f, ta, top), to: beyond },
    { atMs: edge(f, top, tc), to: within },
  ];
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Golden-section search (Kiefer 1953) for the maximum of `g`, until an abscissa passes: that one, or nothing. */
function firstWith(g: Signal, a: number, b: number, passes: (utcMs: number) => boolean): number | undefined {
  let [low, high] = [a, b];
  let [x, y] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [gx, gy] = [g(x), g(y)];
  while (high - low > 0.1) {
    if (passes(x)) return x;
    if (passes(y)) return y;
    if (gx >= gy) {
      [high, y, gy] = [y, x, gx];
      x = high - GOLDEN * (high - low);
      gx = g(x);
    } else {
      [low, x, gx] = [x, y, gy];
      y = low + GOLDEN * (high - low);
      gy = g(y);
    }
  }
  return undefined;
}

/** Kleene's and: no wherever either says no; unknown only where that decides. Of two reasons not to know, `a`'s stands. */
export function allOf<U extends Interval>(a: Verdict<U>, b: Verdict<U>): Verdict<U> {
  const unknown = [...cut(a.unknown, union([...b.yes, ...b.unknown])), ...cut(b.unknown, a.yes)];
  return { yes: intersect(a.yes, b.yes), unknown: inOrder(unknown) };
}

/** Kleene's or: yes wherever either says yes. */
export function anyOf<U extends Interval>(a: Verdict<U>, b: Verdict<U>): Verdict<U> {
  const unknown = [...without(a.unknown, b.yes), ...without(b.unknown, [...a.yes, ...a.unknown])];
  return { yes: union([...a.yes, ...b.yes]), unknown: inOrder(unknown) };
}

/** The parts of marked stretches that lie inside `within`, each with its mark. */
export function cut<U extends Interval>(marked: readonly U[], within: readonly Interval[]): U[] {
  return marked.flatMap((u) => intersect([u], within).map((part) => ({ ...u, ...part })));
}

function without<U extends Interval>(marked: readonly U[], holes: readonly Interval[]): U[] {
  return marked.flatMap((u) => subtract([u], holes).map((part) => ({ ...u, ...part })));
}

function inOrder<U extends { readonly start: Instant }>(stretches: U[]): U[] {
  return stretches.sort((a, b) => a.start - b.start);
}
