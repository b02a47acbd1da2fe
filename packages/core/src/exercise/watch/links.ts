/**
 * The links of those who sense: whether they are up, what waits until they are, and whether movers have positions from satellites. A wire carries
 * reports one after the other; a radio's outbox sends the urgent first and goes on with half a report where it stopped.
 */
import { LINK_STATES, type LinkEnd, type LinkState, linkState } from "../../link/contact.ts";
import { type Band, bandBit, type JammedAreas, Jamming } from "../../link/jamming.ts";
import { Outbox, type SavedOutbox } from "../../link/outbox.ts";
import type { Entity, Link, Scene } from "../scene.ts";
import { AT_BASE, type Movers } from "./movers.ts";

/** A link's state holds for so long; then it is found anew. */
const HOLDS_MS = 60_000;
const SATNAV = bandBit("satnav");
/** Of one that says no more than that jamming reaches it. */
const BY_SATELLITE: Link = { kind: "satcom", band: "control" };

export interface SavedLinks {
  readonly freeMs: Float64Array;
  readonly checks: Uint8Array;
  readonly found: Float64Array;
  readonly boxes: readonly (SavedOutbox | undefined)[];
}

/** A mover's positions from satellites are lost, or back. Its operator is told, and knows nothing of why. */
export interface Notice {
  readonly entity: number;
  readonly tMs: number;
  readonly lost: boolean;
}

interface Parts {
  readonly movers: Movers;
  /** To be called back at a time for an entity. */
  readonly check: (tMs: number, entity: number) => void;
  readonly arrive: (tMs: number, report: number) => void;
}

export class Links {
  /** How often each state of LINK_STATES was found when something was to be sent. */
  readonly found: Float64Array = new Float64Array(LINK_STATES.length);
  /** Since they were last taken. */
  #notices: Notice[] = [];
  readonly #scene: Scene;
  readonly #jamming: Jamming;
  readonly #parts: Parts;
  /** Until when what is being sent keeps the link busy. */
  readonly #freeMs: Float64Array;
  /** 1: it is called back already. */
  readonly #checks: Uint8Array;
  readonly #boxes: (Outbox | undefined)[];
  readonly #moverOf: Int32Array;

  constructor(scene: Scene, jams: JammedAreas, parts: Parts) {
    const n = scene.entities.length;
    this.#scene = scene;
    this.#jamming = new Jamming(jams);
    this.#parts = parts;
    this.#freeMs = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    this.#checks = new Uint8Array(n);
    this.#boxes = scene.entities.map((entity) => (radioOf(entity) === undefined ? undefined : new Outbox()));
    this.#moverOf = new Int32Array(n).fill(-1);
    parts.movers.entity.forEach((e, m) => {
      this.#moverOf[e] = m;
    });
  }

  /** @param priority 1 goes before 2 */
  give(e: number, report: number, nowMs: number, priority: number): void {
    const { law, linkBps } = this.#scene.entities[e] as Entity;
    const box = this.#boxes[e];
    if (box === undefined) {
      const arrives = Math.max(nowMs, this.#freeMs[e] as number) + (1000 * law.bits) / linkBps;
      this.#freeMs[e] = arrives;
      this.#parts.arrive(Math.ceil(arrives), report);
      return;
    }
    box.push(report, law.bits, nowMs, priority);
    if (this.#checks[e] === 1) return;
    if (nowMs < (this.#freeMs[e] as number)) this.#checkAt(e, this.#freeMs[e] as number);
    else this.goOn(e, nowMs);
  }

  /** Sends what waits, as far as the link is up. */
  goOn(e: number, nowMs: number): void {
    const box = this.#boxes[e] as Outbox;
    this.#checks[e] = 0;
    if (box.waiting === 0) return;
    const { linkBps } = this.#scene.entities[e] as Entity;
    const state = this.stateOf(e, nowMs);
    this.found[LINK_STATES.indexOf(state)] = (this.found[LINK_STATES.indexOf(state)] as number) + 1;
    // Over ground that nobody knows a link is taken as up, and counted.
    const isUp = state === "up" || state === "unknown";
    const untilMs = nowMs + (isUp ? Math.min(HOLDS_MS, 1000 * box.firstS(linkBps)) : HOLDS_MS);
    if (isUp) {
      box.drain(nowMs, untilMs, linkBps, (report, _queuedMs, ms) => this.#parts.arrive(Math.ceil(ms), report));
      this.#freeMs[e] = untilMs;
    }
    if (box.waiting > 0) this.#checkAt(e, untilMs);
  }

  #checkAt(e: number, tMs: number): void {
    this.#checks[e] = 1;
    this.#parts.check(tMs, e);
  }

  /** Whether what an entity sends comes through. A mover at its base hands over what it brings. */
  stateOf(e: number, nowMs: number): LinkState {
    const entity = this.#scene.entities[e] as Entity;
    const { movers } = this.#parts;
    const m = this.#moverOf[e] as number;
    const link = radioOf(entity);
    if (link === undefined || (m >= 0 && movers.phase[m] === AT_BASE)) return "up";
    const latitudeDeg = m < 0 ? entity.latitudeDeg : (movers.latitudeDeg[m] as number);
    const longitudeDeg = m < 0 ? entity.longitudeDeg : (movers.longitudeDeg[m] as number);
    if (this.#isJammed(entity, link.band, latitudeDeg, longitudeDeg, nowMs)) return "jammed";
    if (link.kind === "satcom") return "up";
    const from = { latitudeDeg, longitudeDeg, aboveGroundM: entity.heightM };
    let best: LinkState = "out-of-range";
    for (const to of link.ends) {
      const state = this.#over(entity, link, from, to, nowMs);
      if (state === "up") return state;
      if (best === "out-of-range" || state === "unknown") best = state;
    }
    return best;
  }

  #over(
    entity: Entity,
    { band, rangeKm }: Extract<Link, { kind: "line-of-sight" }>,
    from: LinkEnd,
    to: LinkEnd,
    nowMs: number,
  ): LinkState {
    if (this.#isJammed(entity, band, to.latitudeDeg, to.longitudeDeg, nowMs)) return "jammed";
    return linkState(from, to, { band, rangeKm, bySatellite: false }, { terrain: this.#scene.terrain });
  }

  #isJammed({ jammable }: Entity, band: Band, latitudeDeg: number, longitudeDeg: number, nowMs: number): boolean {
    return jammable && (this.#jamming.bandsAt(latitudeDeg, longitudeDeg, nowMs) & bandBit(band)) !== 0;
  }

  /** Whether a mover has positions from satellites. */
  feelJam(m: number, nowMs: number): void {
    const { movers } = this.#parts;
    const entity = movers.entity[m] as number;
    if (!(this.#scene.entities[entity] as Entity).jammable) return;
    const { lostSinceMs, latitudeDeg, longitudeDeg } = movers;
    const lost = (this.#jamming.bandsAt(latitudeDeg[m] as number, longitudeDeg[m] as number, nowMs) & SATNAV) !== 0;
    if (lost !== Number.isNaN(lostSinceMs[m] as number)) return;
    lostSinceMs[m] = lost ? nowMs : Number.NaN;
    if (movers.phase[m] !== AT_BASE) this.#notices.push({ entity, tMs: nowMs, lost });
  }

  /** What operators are told since they were last asked. */
  takeNotices(): readonly Notice[] {
    if (this.#notices.length === 0) return NONE;
    const taken = this.#notices;
    this.#notices = [];
    return taken;
  }

  save(): SavedLinks {
    return {
      freeMs: this.#freeMs.slice(),
      checks: this.#checks.slice(),
      found: this.found.slice(),
      boxes: this.#boxes.map((box) => box?.save()),
    };
  }

  load({ freeMs, checks, found, boxes }: SavedLinks): void {
    this.#freeMs.set(freeMs);
    this.#checks.set(checks);
    this.found.set(found);
    boxes.forEach((saved, e) => {
      if (saved !== undefined) this.#boxes[e]?.load(saved);
    });
    this.#notices = [];
  }
}

const NONE: readonly Notice[] = [];

function radioOf({ link, jammable }: Entity): Link | undefined {
  return link ?? (jammable ? BY_SATELLITE : undefined);
}
