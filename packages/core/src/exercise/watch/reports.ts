/** What goes out of the senses and comes in at headquarters: reports as rows, links that are cut, reports that wait for them. */
import type { EventQueue } from "../event-queue.ts";
import type { Entity, Scene } from "../scene.ts";
import { type Columns, Rows } from "../truce/rows.ts";
import type { TrueWorld, TruthKind } from "../truth/truth.ts";
import { Links, type SavedLinks } from "./links.ts";
import type { Movers } from "./movers.ts";

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
  readonly links: SavedLinks;
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

/** Priorities: what is no fire is rare and large, and goes first. */
const [URGENT, PLAIN] = [1, 2];

export class Reports {
  readonly rows: ReportRows = new Rows(REPORT_SHAPE, 1024);
  readonly members: MemberRows = new Rows(MEMBER_SHAPE, 1024);
  readonly links: Links;
  readonly #scene: Scene;
  readonly #queue: EventQueue;
  readonly #priority: Uint8Array;

  constructor(scene: Scene, { truth, jams }: TrueWorld, { queue, movers }: { queue: EventQueue; movers: Movers }) {
    this.#scene = scene;
    this.#queue = queue;
    this.#priority = Uint8Array.from(truth.kinds, ({ class: of }: TruthKind) => (of === "fire" ? PLAIN : URGENT));
    this.links = new Links(scene, jams, {
      movers,
      check: (tMs, e) => queue.push(tMs, SENDS, e, 1),
      arrive: (tMs, report) => queue.push(tMs, ARRIVES, report, 0),
    });
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

  /** A report that is made (`b` 0) is given to its link; or what waits at an entity (`b` 1) goes on. */
  send(a: number, b: number, nowMs: number): void {
    if (b === 1) this.links.goOn(a, nowMs);
    else {
      const { entity, kind } = this.rows.columns;
      this.links.give(entity[a] as number, a, nowMs, this.#priority[kind[a] as number] ?? PLAIN);
    }
  }

  arrived(report: number, nowMs: number): void {
    this.rows.columns.arrivedMs[report] = nowMs;
  }

  save(): SavedReports {
    return {
      rows: this.rows.taken(Uint32Array.from({ length: this.rows.length }, (_, i) => i)),
      members: this.members.taken(Uint32Array.from({ length: this.members.length }, (_, i) => i)),
      links: this.links.save(),
    };
  }

  load({ rows, members, links }: SavedReports): void {
    this.rows.refill(rows, rows.entity.length);
    this.members.refill(members, members.cause.length);
    this.links.load(links);
  }
}
