/** An assessment in the words of the result: records by kind instead of arrays by channel. */
import { GAP_EDGES_H, type GapChannel } from "@vedette/core/access/gaps";
import { type Assessment, overCells } from "@vedette/core/coalition/assess";
import type { Distribution } from "@vedette/core/numerics/distribution";
import type { Headline, KindOrAny, Variant } from "@vedette/wire/result";

/** The order of channels in core. */
const CHANNEL_NAMES = ["any", "optical", "radar", "thermal", "rf"] as const;

export type Figures = Omit<Variant, "id" | "label" | "nation">;

function byKind<T>(of: (channel: number) => T): Record<KindOrAny, T> {
  return Object.fromEntries(CHANNEL_NAMES.map((name, c) => [name, of(c)])) as Record<KindOrAny, T>;
}

export function figuresOf(assessment: Assessment): Figures {
  const { accessible, taken, pictureAgeH, satellites, stations, orphaned } = assessment;
  return {
    satellites,
    stations,
    orphaned,
    headline: headlineOf(assessment),
    cells: byKind((c) => ({
      accessibleLongestGapH: channel(accessible, c).longestH,
      accessible01: channel(accessible, c).share01,
      takenLongestGapH: channel(taken, c).longestH,
      taken01: channel(taken, c).share01,
      pictureAgeH: pictureAgeH[c] as Float32Array,
    })),
    gaps: byKind((c) => ({
      edgesH: GAP_EDGES_H,
      accessible: [...channel(accessible, c).histogram],
      taken: [...channel(taken, c).histogram],
    })),
  };
}

export function headlineOf(assessment: Assessment): Headline {
  const { accessible, taken, pictureAgeH, accessibleLatencyH, latencyH, cellLooks, requestsMet01 } = assessment;
  return {
    accessible01: byKind((c) => meanOf(channel(accessible, c).share01)),
    accessibleLongestGapH: byKind((c) => gapOf(channel(accessible, c))),
    taken01: byKind((c) => meanOf(channel(taken, c).share01)),
    takenLongestGapH: byKind((c) => gapOf(channel(taken, c))),
    pictureAgeH: byKind((c) => overCells(pictureAgeH[c] as Float32Array) ?? null),
    latencyH: byKind((c) => latencyH[c] ?? null),
    accessibleLatencyH: byKind((c) => accessibleLatencyH[c] ?? null),
    cellLooks,
    requestsMet01: requestsMet01 ?? null,
  };
}

function channel(channels: readonly GapChannel[], c: number): GapChannel {
  return channels[c] as GapChannel;
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function gapOf({ longestH }: GapChannel): Distribution {
  const gaps = overCells(longestH);
  if (gaps === undefined) throw new RangeError("a network is assessed over at least one cell");
  return gaps;
}
