/** An assessment in the words of the result: records by kind instead of arrays by channel. */
import { GAP_EDGES_H, type GapFigures } from "@vedette/core/access/gaps";
import type { Accessible, TakenAssessment } from "@vedette/core/coalition/assess";
import { type Distribution, distributionOf } from "@vedette/core/numerics/distribution";
import type { Channel, Headline, Variant } from "@vedette/wire/result";

/** The order of channels in core. */
const CHANNEL_NAMES = ["imaging", "optical", "radar", "thermal", "rf"] as const;

export type Figures = Omit<Variant, "id" | "label" | "nation">;

export type AccessibleHeadline = Pick<
  Headline,
  "accessible01" | "accessibleLongestGapH" | "accessibleRevisitH" | "accessibleLatencyH" | "unknownHours01"
> & {
  /** Cell-looks. */
  readonly count: number;
};
export type TakenHeadline = Omit<Headline, keyof AccessibleHeadline>;

export function byKind<T>(of: (channel: number) => T): Record<Channel, T> {
  return Object.fromEntries(CHANNEL_NAMES.map((name, c) => [name, of(c)])) as Record<Channel, T>;
}

export function figuresOf(accessible: Accessible, taken: TakenAssessment): Figures {
  const { count, ...could } = accessibleHeadline(accessible);
  return {
    satellites: taken.satellites,
    stations: taken.stations,
    orphaned: taken.orphaned,
    headline: { ...could, ...takenHeadline(taken, count) },
    cells: byKind((c) => ({
      accessibleLongestGapH: channel(accessible.gaps, c).longestH,
      accessible01: channel(accessible.gaps, c).share01,
      takenLongestGapH: channel(taken.gaps, c).longestH,
      taken01: channel(taken.gaps, c).share01,
      pictureAgeH: taken.pictureAgeH[c] as Float32Array,
    })),
    gaps: byKind((c) => ({
      edgesH: GAP_EDGES_H,
      accessible: [...channel(accessible.gaps, c).histogram],
      taken: [...channel(taken.gaps, c).histogram],
    })),
  };
}

export function accessibleHeadline({ gaps, latencyH, unknownHours01, count }: Accessible): AccessibleHeadline {
  return {
    accessible01: byKind((c) => meanOf(channel(gaps, c).share01)),
    accessibleLongestGapH: byKind((c) => gapOf(channel(gaps, c))),
    accessibleRevisitH: byKind((c) => distributionOf(channel(gaps, c).revisitH) ?? null),
    accessibleLatencyH: byKind((c) => latencyH[c] ?? null),
    unknownHours01: byKind((c) => unknownHours01[c] ?? 0),
    count,
  };
}

export function takenHeadline(taken: TakenAssessment, accessible: number): TakenHeadline {
  const { gaps, pictureAgeH, latencyH, count, delivered, waiting, requestsMet01 } = taken;
  return {
    taken01: byKind((c) => meanOf(channel(gaps, c).share01)),
    takenLongestGapH: byKind((c) => gapOf(channel(gaps, c))),
    takenRevisitH: byKind((c) => distributionOf(channel(gaps, c).revisitH) ?? null),
    pictured01: byKind((c) => knownShare(pictureAgeH[c] as Float32Array)),
    pictureAgeH: byKind((c) => distributionOf(pictureAgeH[c] as Float32Array) ?? null),
    latencyH: byKind((c) => latencyH[c] ?? null),
    cellLooks: { accessible, taken: count, delivered, waiting },
    requestsMet01: requestsMet01 ?? null,
  };
}

function channel(channels: readonly GapFigures[], c: number): GapFigures {
  return channels[c] as GapFigures;
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function knownShare(values: Float32Array): number {
  return values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0) / values.length;
}

function gapOf({ longestH }: GapFigures): Distribution {
  const gaps = distributionOf(longestH);
  if (gaps === undefined) throw new RangeError("a network is assessed over at least one cell");
  return gaps;
}
