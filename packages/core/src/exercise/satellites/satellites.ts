/**
 * Satellites in an exercise. Access is not a look: what each sensor takes of a pass is decided a fixed time before it, by what it is worth
 * to headquarters then, within its duty, pointing and memory. What was imaged waits on board for the next contact with a free antenna, then
 * for its processing; only then its reports go out. A sensor's dice are named by itself and its passes: no other's choice moves them.
 */
import { Downlink, type SavedDownlink } from "../../plan/downlink.ts";
import type { Look } from "../../plan/looks.ts";
import { MS_PER_DAY, MS_PER_HOUR } from "../../time/instant.ts";
import type { EventQueue } from "../event-queue.ts";
import type { Scene } from "../scene.ts";
import type { TrueWorld } from "../truth/truth.ts";
import { fused } from "../watch/fusing.ts";
import type { Telling } from "../watch/reports.ts";
import type { Senses } from "../watch/senses.ts";
import { inGroups, Pictures, type SavedPictures } from "./pictures.ts";
import { countsOf, LOOK_COUNTS, LOOK_LIMITS, type SatelliteCounts } from "./score.ts";
import type { LookingSensor, SatelliteSky } from "./sky.ts";
import type { Strip } from "./strips.ts";
import { type SavedTasking, Tasking } from "./tasking.ts";
import type { SatelliteWatch } from "./watch.ts";
import type { Questions } from "./worth.ts";

/** The kind of event that is theirs; and what happens then. */
export const PASSES = 8;
const [DECIDES, IMAGES, MEETS, REFRESHES] = [0, 1, 2, 3];

/** What headquarters wants is asked for once an hour. */
const REFRESH_MS = MS_PER_HOUR;

/** On its way; its number is the `pass` of its look in the downlink. */
interface Picture {
  readonly sensor: number;
  readonly places: number;
  readonly told: readonly Telling[];
}

export interface SavedSatellites {
  readonly tasking: SavedTasking;
  readonly pictures: SavedPictures;
  readonly downlink: SavedDownlink;
  readonly planned: ReadonlyMap<number, readonly Strip[]>;
  readonly waiting: ReadonlyMap<number, Picture>;
  readonly plannedGbit: Float64Array;
  readonly meetsMs: Float64Array;
  readonly counts: Float64Array;
  readonly next: number;
  readonly shot: number;
}

export interface SatelliteParts {
  readonly seed: number;
  readonly world: TrueWorld;
  readonly queue: EventQueue;
  readonly senses: Senses;
  readonly questions: Questions;
}

export class Satellites {
  readonly #scene: Scene;
  readonly #watch: SatelliteWatch;
  readonly #sky: SatelliteSky;
  readonly #parts: SatelliteParts;
  readonly #tasking: Tasking;
  readonly #pictures: Pictures;
  readonly #downlink: Downlink;
  readonly #entityOf: Int32Array;
  /** By satellite: ordered and not yet imaged; and the contact that it waits for (NaN: none). */
  readonly #plannedGbit: Float64Array;
  readonly #meetsMs: Float64Array;
  /** By slot; by number. */
  readonly #planned = new Map<number, readonly Strip[]>();
  readonly #waiting = new Map<number, Picture>();
  /** By LOOK_COUNTS. */
  readonly #counts: Float64Array = new Float64Array(LOOK_COUNTS.length);
  #next = 0;
  #shot = 0;

  constructor(scene: Scene, watch: SatelliteWatch, parts: SatelliteParts) {
    const { sky } = watch;
    const { seed, world, senses } = parts;
    this.#scene = scene;
    this.#watch = watch;
    this.#sky = sky;
    this.#parts = parts;
    this.#entityOf = new Int32Array(sky.sensors.length);
    for (const [e, { satellite }] of scene.entities.entries())
      if (satellite !== undefined) this.#entityOf[satellite] = e;
    const pictures = new Pictures(scene, watch, { seed, world, sights: senses.sights, entityOf: this.#entityOf });
    this.#pictures = pictures;
    const xKmOf = (row: number, lat: number, lon: number) => pictures.xKmOf(row, lat, lon);
    this.#tasking = new Tasking(watch, { seed, startMs: scene.startMs, xKmOf });
    this.#downlink = new Downlink(sky.contacts, sky.satellites, sky.ground, (look) => this.#delivered(look));
    this.#plannedGbit = new Float64Array(sky.satellites.length);
    this.#meetsMs = new Float64Array(sky.satellites.length).fill(Number.NaN);
  }

  begin(): void {
    this.#push(this.#scene.startMs, REFRESHES, 0);
    this.#planNext();
  }

  get counts(): SatelliteCounts {
    return countsOf((at) => this.#counts[at] as number);
  }

  onEvent(what: number, which: number, nowMs: number): void {
    if (what === DECIDES) this.#decide(which);
    else if (what === IMAGES) this.#image(which, nowMs);
    else if (what === MEETS) this.#meet(which, nowMs);
    else {
      this.#tasking.refresh(this.#parts.questions, nowMs);
      this.#push(nowMs + REFRESH_MS, REFRESHES, 0);
    }
  }

  #push(atMs: number, what: number, which: number): void {
    this.#parts.queue.push(atMs, PASSES, what, which);
  }

  /** Slots come by their beginning: one waits in the queue at a time. */
  #planNext(): void {
    const slot = this.#next++;
    const { startMs } = this.#sky.slots;
    if (slot >= startMs.length) return;
    this.#push(Math.max(this.#scene.startMs, (startMs[slot] as number) - this.#watch.leadMs), DECIDES, slot);
  }

  #decide(slot: number): void {
    this.#planNext();
    const { slots, sensors } = this.#sky;
    const { satellite, look } = sensors[slots.sensor[slot] as number] as LookingSensor;
    const held = this.#downlink.storedGbit(satellite) + (this.#plannedGbit[satellite] as number);
    const { taken, lost } = this.#tasking.decide(slot, held);
    const rows = (slots.firstRow[slot + 1] as number) - (slots.firstRow[slot] as number);
    this.#count("accessible", rows);
    for (const limit of LOOK_LIMITS) this.#count(limit, lost[limit] ?? 0);
    for (const strip of taken) this.#count("taken", strip.rows.length);
    if (taken.length === 0) return;
    const gbit = taken.reduce((sum, strip) => sum + gbitOf(strip, look.rateMbps), 0);
    this.#plannedGbit[satellite] = (this.#plannedGbit[satellite] as number) + gbit;
    this.#planned.set(slot, taken);
    this.#push(
      taken.reduce((latest, { endMs }) => Math.max(latest, endMs), this.#scene.startMs),
      IMAGES,
      slot,
    );
  }

  #image(slot: number, nowMs: number): void {
    const strips = this.#planned.get(slot);
    if (strips === undefined) throw new RangeError(`nothing is planned in slot ${slot}`);
    this.#planned.delete(slot);
    const k = this.#sky.slots.sensor[slot] as number;
    const { look: sensor, satellite } = this.#sky.sensors[k] as LookingSensor;
    this.#downlink.advanceTo(nowMs);
    const inTime = strips.toSorted((a, b) => a.endMs - b.endMs);
    for (const strip of inTime) {
      const { startMs, endMs, rows } = strip;
      const gbit = gbitOf(strip, sensor.rateMbps);
      this.#plannedGbit[satellite] = (this.#plannedGbit[satellite] as number) - gbit;
      const pass = this.#shot++;
      this.#waiting.set(pass, { sensor: k, places: rows.length, told: this.#pictures.take(slot, strip) });
      const look = { satellite, pass, sensor, startMs, endMs, gbit, firstRow: 0, cells: rows.length };
      this.#downlink.store({ ...look, deliveredMs: Number.NaN, ground: -1 });
    }
    this.#downlink.sort(satellite);
    for (const { endMs } of inTime) this.#downlink.sendNow(satellite, endMs);
    this.#perhapsMeet(satellite, nowMs);
  }

  /** A contact begins: what is on board goes down, as far as it lasts. */
  #meet(satellite: number, nowMs: number): void {
    this.#meetsMs[satellite] = Number.NaN;
    this.#downlink.advanceTo(nowMs + 1);
    this.#perhapsMeet(satellite, nowMs);
  }

  /** While something is on board it waits for the next contact. */
  #perhapsMeet(satellite: number, nowMs: number): void {
    if (!Number.isNaN(this.#meetsMs[satellite] as number) || !this.#downlink.hasStored(satellite)) return;
    const { first, startMs } = this.#sky.contacts;
    const end = first[satellite + 1] as number;
    let [low, high] = [first[satellite] as number, end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((startMs[middle] as number) <= nowMs) low = middle + 1;
      else high = middle;
    }
    if (low === end) return;
    this.#meetsMs[satellite] = startMs[low] as number;
    this.#push(startMs[low] as number, MEETS, satellite);
  }

  /** It is known when the picture is at headquarters: then its reports go out. */
  #delivered({ pass, deliveredMs }: Look): void {
    const picture = this.#waiting.get(pass);
    if (picture === undefined) throw new RangeError(`no picture ${pass} is on its way`);
    this.#waiting.delete(pass);
    const { startMs, days, fusing } = this.#scene;
    if (deliveredMs > startMs + days * MS_PER_DAY) return;
    this.#count("delivered", picture.places);
    const e = this.#entityOf[picture.sensor] as number;
    const { kinds } = this.#parts.world.truth;
    const fuses = (kind: number) => fusing?.classes.includes(kinds[kind]?.class ?? "") === true;
    for (const group of inGroups(picture.told, fusing?.reachKm ?? 0, fuses))
      this.#parts.senses.reports.tell(e, fused(group, Math.ceil(deliveredMs)));
  }

  #count(name: keyof SatelliteCounts, more: number): void {
    const at = LOOK_COUNTS.indexOf(name);
    this.#counts[at] = (this.#counts[at] as number) + more;
  }

  save(): SavedSatellites {
    return {
      tasking: this.#tasking.save(),
      pictures: this.#pictures.save(),
      downlink: this.#downlink.save(),
      planned: new Map(this.#planned),
      waiting: new Map(this.#waiting),
      plannedGbit: this.#plannedGbit.slice(),
      meetsMs: this.#meetsMs.slice(),
      counts: this.#counts.slice(),
      next: this.#next,
      shot: this.#shot,
    };
  }

  load(saved: SavedSatellites): void {
    this.#tasking.load(saved.tasking);
    this.#pictures.load(saved.pictures);
    this.#downlink.load(saved.downlink);
    refill(this.#planned, saved.planned);
    refill(this.#waiting, saved.waiting);
    this.#plannedGbit.set(saved.plannedGbit);
    this.#meetsMs.set(saved.meetsMs);
    this.#counts.set(saved.counts);
    this.#next = saved.next;
    this.#shot = saved.shot;
  }
}

const gbitOf = ({ startMs, endMs }: Strip, rateMbps: number): number => ((endMs - startMs) * rateMbps) / 1e6;

function refill<V>(map: Map<number, V>, from: ReadonlyMap<number, V>): void {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}
