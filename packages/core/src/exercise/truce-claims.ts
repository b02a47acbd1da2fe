/**
 * What the parties claim of each other: some of what happened, some of it twice, some of it late, and some that did not happen. `event` and
 * `copyOf` are the world's own knowledge: no report and no observer is told.
 */
import { Dice } from "../numerics/dice.ts";
import { poisson } from "../numerics/variates.ts";
import { MS_PER_HOUR } from "../time/instant.ts";
import { type Fire, segmentsOf } from "./truce-fire.ts";
import { forEachArrival, hourlyLevel, steadyLevel } from "./truce-level.ts";
import { type Columns, Rows } from "./truce-rows.ts";
import { FIRE_KINDS, type FireSpec, type Regime, type Span } from "./truce-spec.ts";

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
  /** Standard deviation of the claimed place, along and across. */
  readonly errorKm: number;
  /** Chance that a true claim names another kind. */
  readonly otherKind01: number;
}

const SHAPE = {
  /** Claimed time, and when the claim comes in. */
  tMs: "f64",
  submittedMs: "f64",
  sKm: "f64",
  yKm: "f64",
  kind: "u8",
  /** Who claims, of the other: 0 or 1. */
  party: "u8",
  /** Row of the fire that it is about; -1: of nothing. */
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

type Ground = Pick<FireSpec, "lineKm" | "background" | "rhythm" | "depthKm">;

/** In the order in which they come in. Each event, and each stretch of the line, has throws of its own for each party. */
export function simulateClaims(
  specs: readonly [ClaimsSpec, ClaimsSpec],
  fire: Fire,
  ground: Ground,
  run: ClaimsRun,
): ClaimColumns {
  const rows = new Rows(SHAPE, 4096);
  for (const [party, spec] of specs.entries()) {
    addTrue(rows, spec, { fire, party, run });
    addFalse(rows, spec, { ground, party, run });
  }
  return rows.taken(rows.orderBy(rows.columns.submittedMs));
}

interface Claimed {
  readonly tMs: number;
  readonly sKm: number;
  readonly yKm: number;
  readonly kind: number;
  readonly party: number;
  readonly event: number;
}

/** Engagements of more members than this share a few throws with the next one's. */
const MEMBERS_APART = 4096;

function addTrue(
  rows: Rows<typeof SHAPE>,
  spec: ClaimsSpec,
  { fire, party, run }: { readonly fire: Fire; readonly party: number; readonly run: ClaimsRun },
): void {
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
      party,
      event: i,
    });
  }
}

function addFalse(
  rows: Rows<typeof SHAPE>,
  spec: ClaimsSpec,
  { ground, party, run }: { readonly ground: Ground; readonly party: number; readonly run: ClaimsRun },
): void {
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
          party,
          event: -1,
        });
      });
    }
  }
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
    columns.kind[row] = dice.chance(spec.otherKind01) ? dice.below(FIRE_KINDS.length) : claimed.kind;
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
