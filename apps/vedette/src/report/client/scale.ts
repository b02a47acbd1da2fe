/** Classes of a map: nice edges from the data, seven colours from calm to conspicuous. */
import type { FigureId, Model, View } from "./model.ts";

export interface Classes {
  /** Inner edges, rising: n edges make n + 1 classes. */
  readonly edges: readonly number[];
  /** Is a high value the bad one? */
  readonly highIsBad: boolean;
}

const HOUR_LADDER = [
  0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 21, 24, 30, 36, 48, 60, 72, 96,
  120, 144, 168, 240, 336, 504, 720,
] as const;
const SHARE_LADDER = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
const MAX_EDGES = 6;

/** One set of classes for every nation taken out: colours can be compared when the network changes. */
export function classesOf(model: Model, { figure, kind, basis }: View): Classes {
  const views = model.head.variants.map((_, variant): View => ({ figure, kind, variant, basis }));
  const seen = figure === "clear" ? views.slice(0, 1) : views;
  const each = seen.map((view) =>
    model
      .valuesOf(view)
      .filter((value) => !Number.isNaN(value))
      .sort(),
  );
  const known = each.filter((values) => values.length > 0);
  const pooled = Float32Array.from(known.flatMap((values) => [...values])).sort();
  // The worst loss must not be one flat colour: the middle half of every network's cells stays inside the classes.
  const low = Math.min(quantile(pooled, 0.02), ...known.map((values) => quantile(values, 0.25)));
  const high = Math.max(quantile(pooled, 0.98), ...known.map((values) => quantile(values, 0.75)));
  const ladder = isHours(figure) ? HOUR_LADDER : SHARE_LADDER;
  return {
    edges: thinned(
      ladder.filter((rung) => rung > low && rung < high),
      isHours(figure),
    ),
    highIsBad: isHours(figure),
  };
}

/** Of sorted values; 0 where there are none. */
function quantile(sorted: Float32Array, q: number): number {
  return sorted[Math.round(q * (sorted.length - 1))] ?? 0;
}

export const isHours = (figure: FigureId): boolean => figure === "gap" || figure === "age";

/** At most six, evenly picked; shares on round steps. */
function thinned(rungs: readonly number[], hours: boolean): number[] {
  if (rungs.length <= MAX_EDGES) return [...rungs];
  if (!hours) {
    for (const step of [2, 5, 10, 20, 25]) {
      const round = rungs.filter((rung) => Math.round(rung * 100) % step === 0);
      if (round.length <= MAX_EDGES) return round;
    }
  }
  return Array.from(
    { length: MAX_EDGES },
    (_, i) => rungs[Math.round((i * (rungs.length - 1)) / (MAX_EDGES - 1))] ?? 0,
  );
}

/** Class of a value, 0 for the lowest; -1 for unknown. */
export function classOf({ edges }: Classes, value: number): number {
  return Number.isNaN(value) ? -1 : edges.filter((edge) => value >= edge).length;
}

/**
 * Colours from calm to conspicuous, after ColorBrewer's YlGnBu (light ground) and its reverse (dark ground): one hue path of
 * monotonous lightness, safe for the colour-blind. The bad end is always the one that stands out from the ground.
 */
const RAMPS = {
  light: ["#f7fbc5", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"],
  dark: ["#1d2f6f", "#22549b", "#1f7fae", "#3aa7b8", "#7fcdbb", "#c7e9b4", "#ffffd0"],
} as const;

/** A colour for every class, lowest first. */
export function coloursOf({ edges, highIsBad }: Classes, theme: keyof typeof RAMPS): string[] {
  const ramp = RAMPS[theme];
  const n = edges.length + 1;
  const picked = Array.from(
    { length: n },
    (_, i) => ramp[Math.round((i * (ramp.length - 1)) / Math.max(1, n - 1))] ?? ramp[0],
  );
  return highIsBad ? picked : picked.reverse();
}

/** Words for every class, lowest first: `under 2 h`, `2 to 4 h`, `8 h or more`. */
export function classTexts({ edges }: Classes, figure: FigureId): string[] {
  const scale = isHours(figure) ? 1 : 100;
  const unit = isHours(figure) ? "h" : "%";
  const text = (edge: number | undefined) => String(Number(((edge ?? 0) * scale).toFixed(2)));
  if (edges.length === 0) return ["all cells alike"];
  return Array.from({ length: edges.length + 1 }, (_, i) => {
    if (i === 0) return `under ${text(edges[0])} ${unit}`;
    return i === edges.length
      ? `${text(edges[i - 1])} ${unit} or more`
      : `${text(edges[i - 1])}–${text(edges[i])} ${unit}`;
  });
}
