/** What goes out of the senses and comes in at headquarters: reports as rows, links that are cut, reports that wait for them. */
import type { EventQueue } from "./event-queue.ts";
import { kmBetween, type Movers } from "./movers.ts";
import type { Entity, Scene } from "./scene.ts";
import { type Columns, Rows } from "./truce-rows.ts";
import { JAMS_LINK, JAMS_NAVIGATION, type Jams } from "./truth.ts";

/** Kinds of event that are the reports' own. */
export const SENDS = 3;
export const ARRIVES = 4;

const REPORT_SHAPE = {
  entity: "i32",
  /** Row of the truth, or -1: the world's own knowledge, which no report carries. */
  cause: "i32",
  /** How many things it puts together; their rows are `members` from `firstMember` on. */
  count: "i32",
  firstMember: "i32",
  /** Index into the truth's kinds: only its name goes out. */
  kind: "u16",
  latitudeDeg: "f64",
  longitudeDeg: "f64",
  radiusM: "f64",
  /** It happened somewhere in it, as the report says. */
  fromMs: "f64",
  toMs: "f64",
  lookMs: "f64",
  arrivedMs: "f64",
} as const;
export type ReportRows = Rows<typeof REPORT_SHAPE>;
export type SavedRows = Columns<typeof REPORT_SHAPE>;

/** One row for each thing that a report is about, in the order in which they were told: the world's own knowledge too. */
const MEMBER_SHAPE = { report: "i32", cause: "i32", lookMs: "f64" } as const;
export type MemberRows = Rows<typeof MEMBER_SHAPE>;

export interface SavedReports {
  readonly rows: SavedRows;
  readonly members: Columns<typeof MEMBER_SHAPE>;
  readonly freeMs: Float64Array;
}

/** What a report says, and the row of the truth that it is about (or -1). */
export interface Telling {
  readonly cause: number;
  readonly kind: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly radiusM: number;
  readonly fromMs: number;
  /** Of the look; of many the last. */
  readonly nowMs: number;
  /** When the report is made; left out: at the look. */
  readonly madeMs?: number;
  /** Of one that puts many together: all of them. Left out: `cause` alone. */
  readonly members?: readonly Member[];
}

/** One of the things that a report is about: a row of the truth or -1, and when it was looked at. */
export interface Member {
  readonly cause: number;
  readonly lookMs: number;
}

const RETRY_MS = 300_000;

export class Reports {
  readonly rows: ReportRows = new Rows(REPORT_SHAPE, 1024);
  readonly members: MemberRows = new Rows(MEMBER_SHAPE, 1024);
  readonly #scene: Scene;
  readonly #jams: Jams;
  readonly #queue: EventQueue;
  readonly #movers: Movers;
  readonly #freeMs: Float64Array;

  constructor(scene: Scene, jams: Jams, { queue, movers }: { queue: EventQueue; movers: Movers }) {
    this.#scene = scene;
    this.#jams = jams;
    this.#queue = queue;
    this.#movers = movers;
    this.#freeMs = new Float64Array(scene.entities.length).fill(Number.NEGATIVE_INFINITY);
  }

  /** It is sent once it is made. */
  tell(e: number, told: Telling): void {
    const row = this.rows.add();
    const { columns } = this.rows;
    columns.entity[row] = e;
    columns.cause[row] = told.cause;
    columns.firstMember[row] = this.members.length;
    columns.count[row] = told.members?.length ?? 1;
    if (told.members === undefined) this.#addMember(row, told.cause, told.nowMs);
    else for (const { cause, lookMs } of told.members) this.#addMember(row, cause, lookMs);
    columns.kind[row] = told.kind;
    columns.latitudeDeg[row] = told.latitudeDeg;
    columns.longitudeDeg[row] = told.longitudeDeg;
    columns.radiusM[row] = told.radiusM;
    columns.fromMs[row] = Math.floor(told.fromMs);
    columns.toMs[row] = Math.floor(told.nowMs) + 1000;
    columns.lookMs[row] = told.nowMs;
    columns.arrivedMs[row] = Number.NaN;
    const { law } = this.#scene.entities[e] as Entity;
    this.#queue.push((told.madeMs ?? told.nowMs) + law.delayMs, SENDS, row, 0);
  }

  #addMember(report: number, cause: number, lookMs: number): void {
    const row = this.members.add();
    const { columns } = this.members;
    columns.report[row] = report;
    columns.cause[row] = cause;
    columns.lookMs[row] = lookMs;
  }

  /** Rows of the truth that a report is about, -1 for what was none. For the score; no report carries it. */
  causesOf(report: number): Int32Array {
    const { count, firstMember } = this.rows.columns;
    const first = firstMember[report] as number;
    return this.members.columns.cause.slice(first, first + (count[report] as number));
  }

  /** Store and forward: it waits while the link is jammed, then for those before it. */
  send(report: number, nowMs: number): void {
    const e = this.rows.columns.entity[report] as number;
    const entity = this.#scene.entities[e] as Entity;
    if (entity.jammable && (this.#jammedAt(e, entity, nowMs) & JAMS_LINK) !== 0) {
      this.#queue.push(nowMs + RETRY_MS, SENDS, report, 0);
      return;
    }
    const begins = Math.max(nowMs, this.#freeMs[e] as number);
    const arrives = begins + (1000 * entity.law.bits) / entity.linkBps;
    this.#freeMs[e] = arrives;
    this.#queue.push(Math.ceil(arrives), ARRIVES, report, 0);
  }

  arrived(report: number, nowMs: number): void {
    this.rows.columns.arrivedMs[report] = nowMs;
  }

  /** Whether a mover has positions from satellites. */
  feelJam(m: number, entity: Entity, nowMs: number): void {
    const { lostSinceMs } = this.#movers;
    if (!entity.jammable) return;
    const jammed = this.#jammedAt(this.#movers.entity[m] as number, entity, nowMs) & JAMS_NAVIGATION;
    if (jammed === 0) lostSinceMs[m] = Number.NaN;
    else if (Number.isNaN(lostSinceMs[m] as number)) lostSinceMs[m] = nowMs;
  }

  #jammedAt(e: number, entity: Entity, nowMs: number): number {
    const { fromMs, toMs, latitudeDeg, longitudeDeg, reachKm, bands } = this.#jams;
    const m = entity.mover === undefined ? -1 : this.#movers.entity.indexOf(e);
    const lat = m < 0 ? entity.latitudeDeg : (this.#movers.latitudeDeg[m] as number);
    const lon = m < 0 ? entity.longitudeDeg : (this.#movers.longitudeDeg[m] as number);
    let mask = 0;
    for (let j = 0; j < fromMs.length && (fromMs[j] as number) <= nowMs; j++) {
      if ((toMs[j] as number) <= nowMs) continue;
      const km = kmBetween(lat, lon, latitudeDeg[j] as number, longitudeDeg[j] as number);
      if (km <= (reachKm[j] as number)) mask |= bands[j] as number;
    }
    return mask;
  }

  save(): SavedReports {
    return {
      rows: this.rows.taken(Uint32Array.from({ length: this.rows.length }, (_, i) => i)),
      members: this.members.taken(Uint32Array.from({ length: this.members.length }, (_, i) => i)),
      freeMs: this.#freeMs.slice(),
    };
  }

  load({ rows, members, freeMs }: SavedReports): void {
    this.rows.refill(rows, rows.entity.length);
    this.members.refill(members, members.cause.length);
    this.#freeMs.set(freeMs);
  }
}
