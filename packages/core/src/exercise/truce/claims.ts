/**
 * What the parties claim of each other: some of what happened, some of it twice, some of it late, and some that did not happen. `event` and
 * `copyOf` are the world's own knowledge: no report and no observer is told.
 */
import { Dice } from "../../numerics/dice.ts";
import { poisson } from "../../numerics/variates.ts";
import { MS_PER_HOUR } from "../../time/instant.ts";
import { type Fire, segmentsOf } from "./fire.ts";
import type { Area, LargerColumns, LargerKind } from "./larger.ts";
import { forEachArrival, hourlyLevel, steadyLevel } from "./level.ts";
import { type Columns, Rows } from "./rows.ts";
import { FIRE_KINDS, type FireSpec, type Regime, type Span } from "./spec.ts";

/** How one party claims. */
export interface ClaimsSpec {
  /** Chance that an event fired by the other side is claimed. */
  readonly truthful01: number;
  /** Mean number of copies beside each claim, true or false. */
  readonly copies: number;
  readonly promptMeanMinutes: number;
  readonly late01: number;
  readonly lateMeanHours: number;
  /** Claims of what did not happen, at the earlier level; so much of it goes with the level, the rest comes whatever happens. */
  readonly falsePerKmDay: number;
  readonly falseWithLevel01: number;
  /** The same of larger breaches, of all areas together. */
  readonly falseLargerPerDay: number;
  /** Standard deviation of the claimed place, along and across. */
  readonly errorKm: number;
  /** Chance that a true claim names another kind. */
  readonly otherKind01: number;
}

/** A claim of fire: its kilometres are of the line of the truce. */
export const NO_AREA = 65535;

const SHAPE = {
  /** Claimed time, and when the claim comes in. */
  tMs: "f64",
  submittedMs: "f64",
  sKm: "f64",
  yKm: "f64",
  /** Index into FIRE_KINDS; from their number on into the kinds of larger breaches. */
  kind: "u8",
  /** Of a larger breach: index into the areas, whose line the kilometres are of. NO_AREA of fire. */
  area: "u16",
  /** Who claims, of the other: 0 or 1. */
  party: "u8",
  /** Row of the fire, or of the larger breaches, that it is about; -1: of nothing. */
  event: "i32",
  /** Number of the claim that it repeats, in `id`; -1: it is the first. */
  copyOf: "i32",
  id: "u32",
} as const;
export type ClaimColumns = Columns<typeof SHAPE>;

export interface ClaimsRun {
  readonly seed: number;
  readonly regime: Regime;
  /** Of the claimed times. */
  readonly span: Span;
}

/** What happens, and where claims can say that something did. */
export interface ClaimedWorld {
  readonly fire: Fire;
  readonly ground: Pick<FireSpec, "lineKm" | "background" | "rhythm" | "depthKm">;
  readonly larger?: {
    readonly breaches: LargerColumns;
    readonly kinds: readonly LargerKind[];
    readonly areas: readonly Area[];
  };
}

/** One party's part. */
interface Part extends ClaimedWorld {
  readonly party: number;
  readonly run: ClaimsRun;
}

/** In the order in which they come in. Each event, each stretch of the line and each area has throws of its own for each party. */
export function simulateClaims(
  specs: readonly [ClaimsSpec, ClaimsSpec],
  world: ClaimedWorld,
  run: ClaimsRun,
): ClaimColumns {
  const rows = new Rows(SHAPE, 4096);
  for (const [party, spec] of specs.entries()) {
    const part = { ...world, party, run };
    addTrue(rows, spec, part);
    addFalse(rows, spec, part);
    addLarger(rows, spec, part);
  }
  return rows.taken(rows.orderBy(rows.columns.submittedMs));
}

interface Claimed {
  readonly tMs: number;
  readonly sKm: number;
  readonly yKm: number;
  readonly kind: number;
  readonly area: number;
  readonly party: number;
  readonly event: number;
}

/** Engagements of more members than this share a few throws with the next one's. */
const MEMBERS_APART = 4096;

function addTrue(rows: Rows<typeof SHAPE>, spec: ClaimsSpec, { fire, party, run }: Part): void {
  const { events, sources } = fire;
  const luck = sources.map((id) => new Dice(run.seed, id, `claimed by ${party}`));
  const telling = sources.map((id) => new Dice(run.seed, id, `told by ${party}`));
  const dice = new Dice();
  for (let i = 0; i < events.tMs.length; i++) {
    const tMs = events.tMs[i] as number;
    if (events.side[i] === party || tMs < run.span.fromMs || tMs >= run.span.toMs) continue;
    const source = events.source[i] as number;
    const [engagement, member] = [events.engagement[i] as number, events.member[i] as number];
    if ((luck[source] as Dice).uniformAt(engagement, member) >= spec.truthful01) continue;
    const kind = events.kind[i] as number;
    (telling[source] as Dice).branch((engagement * MEMBERS_APART + member) % (2 ** 32 - 1), dice);
    addClaim(rows, spec, dice, {
      tMs,
      sKm: events.sKm[i] as number,
      yKm: events.yKm[i] as number,
      kind,
      area: NO_AREA,
      party,
      event: i,
    });
  }
}

function addFalse(rows: Rows<typeof SHAPE>, spec: ClaimsSpec, { ground, party, run }: Part): void {
  const parts = [
    ["with level", hourlyLevel(run.regime, ground.rhythm, run.span), spec.falseWithLevel01],
    ["always", steadyLevel(run.span), 1 - spec.falseWithLevel01],
  ] as const;
  for (const { id, fromKm, toKm } of segmentsOf(ground)) {
    for (const [name, level, share] of parts) {
      const dice = new Dice(run.seed, id, `made up by ${party} ${name}`);
      const perDay = spec.falsePerKmDay * (toKm - fromKm) * share;
      forEachArrival(level, perDay, new Dice(run.seed, id, `false begins ${party} ${name}`), (tMs) => {
        addClaim(rows, spec, dice, {
          tMs,
          sKm: dice.between(fromKm, toKm),
          yKm: ground.depthKm * dice.normal(),
          kind: dice.below(FIRE_KINDS.length),
          area: NO_AREA,
          party,
          event: -1,
        });
      });
    }
  }
}

/** Claims of larger breaches, and of such as did not happen: of a kind and in an area that are drawn, each as likely. */
function addLarger(rows: Rows<typeof SHAPE>, spec: ClaimsSpec, { larger, party, run }: Part): void {
  if (larger === undefined || larger.kinds.length === 0) return;
  const { breaches, kinds, areas } = larger;
  const dice = new Dice();
  for (let i = 0; i < breaches.tMs.length; i++) {
    const [tMs, kind] = [breaches.tMs[i] as number, breaches.kind[i] as number];
    if (breaches.side[i] === party || tMs < run.span.fromMs || tMs >= run.span.toMs) continue;
    const area = breaches.area[i] as number;
    dice.rename(run.seed, `${kinds[kind]?.id}/${areas[area]?.id}`, `claimed by ${party}`, breaches.number[i] as number);
    if (!dice.chance(spec.truthful01)) continue;
    const [sKm, yKm] = [breaches.sKm[i] as number, breaches.yKm[i] as number];
    addClaim(rows, spec, dice, { tMs, sKm, yKm, kind: FIRE_KINDS.length + kind, area, party, event: i });
  }
  dice.rename(run.seed, `party/${party}`, "larger made up");
  const begins = new Dice(run.seed, `party/${party}`, "larger false begins");
  forEachArrival(steadyLevel(run.span), spec.falseLargerPerDay, begins, (tMs) => {
    const kind = dice.below(kinds.length);
    const names = (kinds[kind] as LargerKind).areas;
    const id = names[dice.below(names.length)];
    const area = areas.findIndex((one) => one.id === id);
    const { atKm, halfKm, offsetKm } = areas[area] as Area;
    const sKm = atKm + halfKm * dice.between(-1, 1);
    addClaim(rows, spec, dice, { tMs, sKm, yKm: offsetKm, kind: FIRE_KINDS.length + kind, area, party, event: -1 });
  });
}

/** The claim and its copies. A copy tells the same again, later, with a place and time of its own. */
function addClaim(rows: Rows<typeof SHAPE>, spec: ClaimsSpec, dice: Dice, claimed: Claimed): void {
  const first = rows.length;
  const told = 1 + poisson(dice, spec.copies);
  for (let copy = 0; copy < told; copy++) {
    const row = rows.add();
    const { columns } = rows;
    columns.tMs[row] = claimed.tMs;
    columns.submittedMs[row] = Math.floor(claimed.tMs + delayMs(spec, dice));
    columns.sKm[row] = claimed.sKm + spec.errorKm * dice.normal();
    columns.yKm[row] = claimed.yKm + spec.errorKm * dice.normal();
    // A larger breach is never taken for daily fire.
    const other = dice.chance(spec.otherKind01) && claimed.kind < FIRE_KINDS.length;
    columns.kind[row] = other ? dice.below(FIRE_KINDS.length) : claimed.kind;
    columns.area[row] = claimed.area;
    columns.party[row] = claimed.party;
    columns.event[row] = claimed.event;
    columns.copyOf[row] = copy === 0 ? -1 : first;
    columns.id[row] = row;
  }
}

function delayMs(spec: ClaimsSpec, dice: Dice): number {
  const meanMs = dice.chance(spec.late01) ? spec.lateMeanHours * MS_PER_HOUR : spec.promptMeanMinutes * 60_000;
  return meanMs * dice.exponential();
}
