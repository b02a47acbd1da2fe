/** A truce as an exercise asks it. Its file is data: `packages/wire/src/truce.ts`; there every figure says where it comes from. */
import type { Place } from "../../geo/position.ts";
import type { ClaimsSpec } from "./claims.ts";
import type { Area, LargerKind } from "./larger.ts";
import type { MissionSpec } from "./mission.ts";
import type { ObstructionSpecs } from "./obstruction.ts";
import type { Scaling } from "./scale.ts";
import type { Signature, SignatureTable } from "./signature.ts";
import type { FireSpec, Offspring, Regime } from "./spec.ts";
import type { Measure } from "./statistics.ts";

export interface Truce {
  readonly id: string;
  readonly version: number;
  /** Of the line that the figures are from. */
  readonly fire: FireSpec;
  readonly regimes: Readonly<Record<string, Regime>>;
  readonly mission: MissionSpec;
  readonly obstruction: ObstructionSpecs;
  /** Of the two parties. */
  readonly claims: readonly [ClaimsSpec, ClaimsSpec];
  readonly areas: readonly Area[];
  readonly larger: readonly LargerKind[];
  readonly signatures: SignatureTable;
  readonly appearance: Readonly<Record<string, Appearance>>;
  /** Kinds of the taxonomy, by kind of event. */
  readonly taxonomy: Readonly<Record<string, string>>;
  readonly scaling: Scaling;
  readonly measure: Measure & { readonly overDays: number; readonly share01: number };
  readonly published: Readonly<Record<string, PublishedFigure>>;
}

/** How a kind of event looks that stands or moves where it is. */
export interface Appearance {
  /** By day, against its ground. */
  readonly contrast01: number;
  readonly riseK: number;
  readonly speedMps: number;
  readonly heightM: number;
}

/** What was published, and the stated interval in which its mean or median over many seeds must lie. */
export interface PublishedFigure {
  readonly value: number;
  readonly statistic: "mean" | "median";
  readonly low: number;
  readonly high: number;
}

/** A number as the file writes it; where it comes from stands beside it there. */
type Written<T> = T extends number
  ? { readonly value: number }
  : T extends string
    ? T
    : T extends readonly number[]
      ? { readonly values: readonly number[] }
      : { readonly [K in keyof T]: Written<T[K]> };

type ById<T> = Readonly<Record<string, Written<Omit<T, "id">>>>;

/** The file, its `about` and `sources` aside. */
export interface TruceFile {
  readonly id: string;
  readonly version: number;
  readonly fire: Written<Omit<FireSpec, "hotSpots" | "cascade">> & {
    readonly hotSpots: ById<FireSpec["hotSpots"][number]>;
    readonly cascade: Written<Omit<FireSpec["cascade"], "offspring">> & {
      readonly offspring: Readonly<Record<string, Written<FireSpec["cascade"]["offspring"][number]>>>;
    };
  };
  readonly regimes: ById<Regime>;
  readonly mission: Written<MissionSpec>;
  readonly obstruction: Written<ObstructionSpecs>;
  readonly claims: { readonly a: Written<ClaimsSpec>; readonly b: Written<ClaimsSpec> };
  readonly areas: ById<Omit<Area, "course">> &
    Readonly<Record<string, { readonly course?: { readonly places: readonly Place[] } }>>;
  readonly larger: Readonly<
    Record<
      string,
      Written<Omit<LargerKind, "id" | "areas">> & { readonly areas: readonly string[]; readonly taxonomy: string }
    >
  >;
  readonly signatures: Readonly<Record<string, readonly Written<Signature>[]>>;
  readonly appearance: ById<Appearance>;
  readonly taxonomy: Readonly<Record<string, string>>;
  readonly scaling: Written<Scaling>;
  readonly measure: Written<Truce["measure"]>;
  readonly published: Readonly<Record<string, PublishedFigure>>;
}

/** @param file checked by its schema */
export function truceOf(file: TruceFile): Truce {
  const { fire, larger, claims } = file;
  const { cascade, hotSpots, ...other } = fire;
  const { offspring, ...cascadeRest } = cascade;
  return {
    id: file.id,
    version: file.version,
    fire: {
      ...(plainOf(other) as Omit<FireSpec, "hotSpots" | "cascade">),
      hotSpots: listOf(hotSpots),
      cascade: {
        ...(plainOf(cascadeRest) as Omit<FireSpec["cascade"], "offspring">),
        offspring: endingFire(Object.values(offspring).map((way) => plainOf(way) as Offspring)),
      },
    },
    regimes: Object.fromEntries(listOf<Regime>(file.regimes).map((regime) => [regime.id, regime])),
    mission: plainOf(file.mission) as MissionSpec,
    obstruction: plainOf(file.obstruction) as ObstructionSpecs,
    claims: [plainOf(claims.a) as ClaimsSpec, plainOf(claims.b) as ClaimsSpec],
    areas: areasOf(file.areas),
    larger: Object.entries(larger).map(([id, kind]) => ({ ...(plainOf(kind) as Omit<LargerKind, "id">), id })),
    signatures: plainOf(file.signatures) as SignatureTable,
    appearance: plainOf(file.appearance) as Truce["appearance"],
    taxonomy: {
      ...file.taxonomy,
      ...Object.fromEntries(Object.entries(larger).map(([id, { taxonomy }]) => [id, taxonomy])),
    },
    scaling: plainOf(file.scaling) as Scaling,
    measure: plainOf(file.measure) as Truce["measure"],
    published: file.published,
  };
}

const areasOf = (areas: TruceFile["areas"]): Area[] =>
  Object.entries(areas).map(([id, { course, ...rest }]) => ({
    ...(plainOf(rest) as Omit<Area, "id" | "course">),
    id,
    ...(course !== undefined && { course: course.places }),
  }));

/** The most that one event may bring when figures are varied; a file that says more itself is refused where it is read. */
const MOST_BROUGHT = 0.98;

function endingFire(ways: readonly Offspring[]): Offspring[] {
  const brought = ways.reduce((sum, { mean }) => sum + mean, 0);
  const factor = brought > MOST_BROUGHT ? MOST_BROUGHT / brought : 1;
  return ways.map((way) => ({ ...way, mean: way.mean * factor }));
}

function listOf<T extends { readonly id: string }>(table: ById<T>): T[] {
  return Object.entries(table).map(([id, entry]) => ({ ...(plainOf(entry) as object), id }) as unknown as T);
}

/** Figures become their values; all else stays as it is. A share (a name that ends in 01) that was varied upwards stays a share. */
function plainOf(node: unknown, name = ""): unknown {
  if (Array.isArray(node)) return node.map((child) => plainOf(child));
  if (typeof node !== "object" || node === null) return node;
  if ("value" in node && typeof node.value === "number") {
    return name.endsWith("01") ? Math.min(1, node.value) : node.value;
  }
  if ("values" in node && Array.isArray(node.values)) return node.values;
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, plainOf(child, key)]));
}
