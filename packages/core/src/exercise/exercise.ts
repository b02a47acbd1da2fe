/**
 * One run of an exercise: what happens, who sees it, what headquarters makes of it. Discrete events, and fixed steps for what moves. The
 * same scene and seed give the same log, byte for byte; a snapshot goes on as the run that it was taken from.
 */
import { instant } from "../time/instant.ts";
import { EventQueue, type SavedQueue } from "./event-queue.ts";
import { Headquarters, type SavedHeadquarters } from "./headquarters/headquarters.ts";
import { claimEvidence, evidenceOf } from "./headquarters/report-evidence.ts";
import { PASSES, Satellites, type SavedSatellites } from "./satellites/satellites.ts";
import { type Entity, findFaults, type Scene } from "./scene.ts";
import type { TrueWorld, TruthKind } from "./truth/truth.ts";
import { CLOSES } from "./watch/fusing.ts";
import { Movers, type SavedMovers } from "./watch/movers.ts";
import { ARRIVES, SENDS } from "./watch/reports.ts";
import { ENDS, ERRS, LOOKS, type SavedSenses, Senses } from "./watch/senses.ts";

export interface Snapshot {
  readonly nowMs: number;
  readonly born: number;
  readonly claimed: number;
  readonly queue: SavedQueue;
  readonly movers: SavedMovers;
  readonly senses: SavedSenses;
  readonly satellites?: SavedSatellites;
  readonly headquarters: SavedHeadquarters;
  readonly causes: ReadonlyMap<string, ArrayLike<number>>;
  readonly world: TrueWorld;
}

export interface RunOptions {
  /** Whether the events of the log are kept, or only hashed. */
  readonly keepsLog?: boolean;
}

/** A place as a party states it; and its time. */
const CLAIMED_RADIUS_M = 2000;
const CLAIMED_WITHIN_MS = 1_800_000;

export class Exercise {
  readonly scene: Scene;
  readonly seed: number;
  readonly headquarters: Headquarters;
  readonly movers: Movers;
  readonly senses: Senses;
  readonly satellites: Satellites | undefined;
  /** Told after each step of what moves: for a recorder. A fork has none. */
  onStep: ((nowMs: number) => void) | undefined;
  nowMs: number;
  /** What each item of evidence is about: rows of the truth, -1 for what was none. For the score; headquarters has no way to it. */
  readonly causes: Map<string, ArrayLike<number>> = new Map();
  readonly #world: TrueWorld;
  readonly #queue = new EventQueue();
  #born = 0;
  #claimed = 0;
  #options: RunOptions;

  /** @throws RangeError with every fault of a scene that cannot begin */
  constructor(scene: Scene, seed: number, options: RunOptions = {}, world: TrueWorld = scene.world(seed)) {
    const faults = findFaults(scene);
    if (faults.length > 0) throw new RangeError(faults.join("; "));
    this.scene = scene;
    this.seed = seed;
    this.nowMs = scene.startMs;
    this.#options = options;
    this.#world = world;
    this.movers = new Movers(scene.entities, scene.flows?.(seed));
    this.senses = new Senses(scene, seed, world, { queue: this.#queue, movers: this.movers });
    this.headquarters = new Headquarters(scene.staff, scene.rules, {
      seed,
      keepsLog: options.keepsLog ?? false,
      schedule: (tMs, kind, a, b) => this.#queue.push(tMs, kind, a, b),
    });
    this.satellites =
      scene.satellites &&
      new Satellites(scene, scene.satellites, {
        seed,
        world,
        queue: this.#queue,
        senses: this.senses,
        questions: (sinceMs) => this.headquarters.openQuestions(sinceMs),
      });
    this.senses.begin();
    this.satellites?.begin();
    this.headquarters.begin(scene.startMs);
  }

  get endMs(): number {
    return this.scene.startMs + this.scene.days * 86_400_000;
  }
  get isOver(): boolean {
    return this.nowMs >= this.endMs;
  }
  /** For the score, and for nobody who plays. */
  get world(): TrueWorld {
    return this.#world;
  }

  /** Goes on until then, or to the end: all that happens before it, and steps of what moves. */
  advance(untilMs: number): void {
    const { stepMs, startMs } = this.scene;
    const end = Math.min(untilMs, this.endMs);
    if (this.movers.count > 0) {
      for (let next = this.#nextStep(startMs, stepMs); next <= end; next += stepMs) {
        this.#happen(next);
        this.nowMs = next;
        this.movers.step(next, stepMs);
        this.senses.lookRound(next);
        this.#tellOperators();
        this.onStep?.(next);
      }
    }
    this.#happen(end);
    this.nowMs = Math.max(this.nowMs, end);
  }

  /** Who flies or sails without positions from satellites is told so, and so is the log. */
  #tellOperators(): void {
    for (const { entity, tMs, lost } of this.senses.reports.links.takeNotices()) {
      const { id, nation } = this.scene.entities[entity] as Entity;
      const at = { start: instant(tMs), end: instant(tMs) };
      const type = lost ? "navigation.lost" : "navigation.restored";
      this.headquarters.log.append(tMs, { type, at, actor: id, body: { sensor: id, nation } });
    }
  }

  #nextStep(startMs: number, stepMs: number): number {
    return startMs + stepMs * (Math.floor((this.nowMs - startMs) / stepMs) + 1);
  }

  /** All events before a time, in their order; of one time what begins goes first. */
  #happen(untilMs: number): void {
    const { truth, claims } = this.#world;
    const queue = this.#queue;
    for (;;) {
      const born = this.#born < truth.tMs.length ? (truth.tMs[this.#born] as number) : Number.POSITIVE_INFINITY;
      const claimed =
        this.#claimed < claims.tMs.length ? (claims.submittedMs[this.#claimed] as number) : Number.POSITIVE_INFINITY;
      const queued = queue.nextMs;
      if (Math.min(born, claimed, queued) >= untilMs) return;
      if (born <= claimed && born <= queued) this.senses.born(this.#born++);
      else if (claimed <= queued) this.#claim(this.#claimed++, claimed);
      else {
        const { kind, a, b } = queue;
        queue.pop();
        this.#event(kind, { a, b, tMs: queued });
      }
    }
  }

  #event(kind: number, { a, b, tMs }: { a: number; b: number; tMs: number }): void {
    if (kind === LOOKS) this.senses.look(a, b, tMs);
    else if (kind === ENDS) this.senses.ended(a);
    else if (kind === SENDS) this.senses.reports.send(a, b, tMs);
    else if (kind === ARRIVES) this.#arrive(a, tMs);
    else if (kind === CLOSES) this.senses.fuses.close(a, tMs);
    else if (kind === ERRS) this.senses.err(a, b, tMs);
    else if (kind === PASSES) this.satellites?.onEvent(a, b, tMs);
    else this.headquarters.onEvent(kind, a, tMs);
  }

  #arrive(report: number, tMs: number): void {
    this.senses.reports.arrived(report, tMs);
    const { columns } = this.senses.reports.rows;
    const entity = this.scene.entities[columns.entity[report] as number] as Entity;
    const item = evidenceOf(
      {
        kind: entity.says ?? this.#taxonomyOf(columns.kind[report] as number),
        latitudeDeg: columns.latitudeDeg[report] as number,
        longitudeDeg: columns.longitudeDeg[report] as number,
        radiusM: columns.radiusM[report] as number,
        fromMs: columns.fromMs[report] as number,
        toMs: columns.toMs[report] as number,
        count: columns.count[report] as number,
      },
      entity,
    );
    this.causes.set(item.id, this.senses.reports.causesOf(report));
    this.headquarters.receive(item, tMs);
  }

  #claim(row: number, tMs: number): void {
    const { claims } = this.#world;
    const at = claims.tMs[row] as number;
    const told = {
      kind: this.#taxonomyOf(claims.kind[row] as number),
      latitudeDeg: claims.latitudeDeg[row] as number,
      longitudeDeg: claims.longitudeDeg[row] as number,
      radiusM: CLAIMED_RADIUS_M,
      fromMs: at - CLAIMED_WITHIN_MS,
      toMs: at + CLAIMED_WITHIN_MS,
    };
    const item = claimEvidence(told, claims.party[row] === 0 ? "party-a" : "party-b", row);
    this.causes.set(item.id, [claims.about[row] as number]);
    this.headquarters.receive(item, tMs);
  }

  #taxonomyOf(kind: number): string {
    return (this.#world.truth.kinds[kind] as TruthKind).taxonomy;
  }

  snapshot(): Snapshot {
    return {
      nowMs: this.nowMs,
      born: this.#born,
      claimed: this.#claimed,
      queue: this.#queue.save(),
      movers: this.movers.save(),
      senses: this.senses.save(),
      ...(this.satellites && { satellites: this.satellites.save() }),
      headquarters: this.headquarters.save(),
      causes: new Map(this.causes),
      world: this.#world,
    };
  }

  /** Back to where the snapshot was taken, of this run or of one of the same scene and seed. */
  restore(saved: Snapshot): void {
    this.nowMs = saved.nowMs;
    this.#born = saved.born;
    this.#claimed = saved.claimed;
    this.#queue.load(saved.queue);
    this.movers.load(saved.movers);
    this.senses.load(saved.senses);
    if (saved.satellites !== undefined) this.satellites?.load(saved.satellites);
    this.headquarters.load(saved.headquarters);
    this.causes.clear();
    for (const [id, cause] of saved.causes) this.causes.set(id, cause);
  }

  /**
   * A run that goes on from here by itself. With another seed all that has not begun yet is drawn anew: who looks ahead through it learns
   * what may come, not what will.
   */
  fork(seed: number = this.seed): Exercise {
    const world = seed === this.seed ? this.#world : spliced(this.#world, this.scene.world(seed), this.nowMs);
    const other = new Exercise(this.scene, seed, { ...this.#options, keepsLog: false }, world);
    other.restore(this.snapshot());
    if (seed !== this.seed) other.#claimed = 0;
    return other;
  }
}

/** What has begun, of one world; what has not, of another. */
function spliced(old: TrueWorld, fresh: TrueWorld, nowMs: number): TrueWorld {
  const kept = firstFrom(old.truth.tMs, nowMs);
  const from = firstFrom(fresh.truth.tMs, nowMs);
  const join = <T extends Float64Array | Float32Array | Uint32Array | Uint16Array>(a: T, b: T): T => {
    const out = new (a.constructor as new (n: number) => T)(kept + b.length - from);
    out.set(a.subarray(0, kept));
    out.set(b.subarray(from), kept);
    return out;
  };
  const [a, b] = [old.truth, fresh.truth];
  const { claims } = fresh;
  const rows = Uint32Array.from(claims.tMs.keys()).filter((row) => (claims.tMs[row] as number) >= nowMs);
  const pick = <T extends Float64Array | Int32Array | Uint16Array | Uint8Array>(column: T): T => {
    const out = new (column.constructor as new (n: number) => T)(rows.length);
    rows.forEach((row, i) => {
      out[i] = column[row] as number;
    });
    return out;
  };
  return {
    truth: {
      ...a,
      tMs: join(a.tMs, b.tMs),
      endMs: join(a.endMs, b.endMs),
      latitudeDeg: join(a.latitudeDeg, b.latitudeDeg),
      longitudeDeg: join(a.longitudeDeg, b.longitudeDeg),
      kind: join(a.kind, b.kind),
      strength: join(a.strength, b.strength),
      key: join(a.key, b.key),
      area: join(a.area, b.area),
    },
    claims: {
      submittedMs: pick(claims.submittedMs),
      tMs: pick(claims.tMs),
      latitudeDeg: pick(claims.latitudeDeg),
      longitudeDeg: pick(claims.longitudeDeg),
      kind: pick(claims.kind),
      party: pick(claims.party),
      about: pick(claims.about).map((row) => (row < from ? -1 : row - from + kept)),
    },
    jams: old.jams,
  };
}

function firstFrom(tMs: Float64Array, nowMs: number): number {
  let [low, high] = [0, tMs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tMs[middle] as number) < nowMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
