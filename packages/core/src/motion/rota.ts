/** The sorties of one mover, one after the other, from a way that is known to be free. */
import { densify, polarOf } from "../geo/geodesic.ts";
import type { Place } from "../geo/position.ts";
import { type Flow, groundSpeedMps, STILL } from "./flow.ts";
import type { Motion, MotionRefusal, Sorties } from "./sorties.ts";
import { type Phase, TrackWriter } from "./track.ts";

/** Nodes of a track are at most so far apart. */
export const NODE_KM = 5;
/** A mover that the wind keeps at its base looks again after an hour. */
const WAIT_MS = 3_600_000;
/** Below a tenth of its own speed over the ground a mover makes no way that anybody would plan with. */
const LEAST_WAY = 0.1;

/** A way of nodes with their courses and lengths, so that geodesics are solved once for all sorties. */
export interface Way {
  readonly places: readonly Place[];
  readonly km: Float64Array;
  readonly courseDeg: Float64Array;
}

export function wayOf(path: readonly Place[]): Way {
  const places = densify(path, NODE_KM);
  const km = new Float64Array(Math.max(0, places.length - 1));
  const courseDeg = new Float64Array(km.length);
  for (let i = 0; i < km.length; i++) {
    const polar = polarOf(places[i] as Place, places[i + 1] as Place);
    km[i] = polar.km;
    courseDeg[i] = polar.azimuthDeg;
  }
  return { places, km, courseDeg };
}

/** The sorties of one mover, written into its track. */
export class Rota {
  readonly #order: Sorties;
  readonly #out: Way;
  readonly #ring: Way;
  readonly #flow: Flow;
  readonly #drift = new Float64Array(2);
  readonly #writer = new TrackWriter();
  /** Longitude of the last node, running on. */
  #lon: number;
  #stationS = 0;
  #km = 0;
  #refusal: MotionRefusal | undefined;

  constructor(order: Sorties, out: Way, ring: Way) {
    this.#order = order;
    this.#out = out;
    this.#ring = ring;
    this.#flow = order.flow ?? STILL;
    this.#lon = order.base.longitudeDeg;
  }

  plan(): Motion {
    const { vehicle, startMs, untilMs, base } = this.#order;
    let now = startMs;
    let [sorties, groundedMs] = [0, 0];
    while (now < untilMs) {
      this.#node(now, base, "base");
      const landed = this.#sortie(now);
      if (this.#refusal === undefined) {
        sorties++;
        this.#node(landed, base, "base");
        now = landed + vehicle.turnaroundS * 1000;
      } else if (this.#refusal.code === "flow-too-strong") {
        groundedMs += WAIT_MS;
        now += WAIT_MS;
      } else return this.#refusal;
    }
    if (sorties === 0 && this.#refusal !== undefined) return this.#refusal;
    this.#node(now, base, "base");
    const track = this.#writer.done();
    return { code: "planned", track, sorties, groundedS: groundedMs / 1000, stationS: this.#stationS, km: this.#km };
  }

  /** Writes one sortie, or nothing but why it cannot be. @returns when it is back */
  #sortie(startMs: number): number {
    const { vehicle } = this.#order;
    const budgetMs = vehicle.enduranceS * (1 - vehicle.reserve01) * 1000;
    const [nodes, km] = [this.#writer.length, this.#km];
    this.#refusal = undefined;
    const arrived = this.#follow(this.#out, startMs, "out", false);
    const neededMs = arrived - startMs + this.#homeMs(arrived);
    if (this.#refusal === undefined && neededMs > budgetMs) {
      this.#refusal = { code: "out-of-reach", neededS: neededMs / 1000, enduranceS: budgetMs / 1000 };
    }
    const entered = this.#refusal === undefined ? this.#watch(arrived, startMs + budgetMs) : arrived;
    const landed = this.#refusal === undefined ? this.#follow(this.#out, entered, "back", true) : arrived;
    if (this.#refusal === undefined) {
      this.#stationS += (entered - arrived) / 1000;
    } else {
      this.#writer.cut(nodes);
      this.#km = km;
    }
    return landed;
  }

  /**
   * Goes round until what is left is just enough for the way back to the entry and home. Whole rounds where it can; in the
   * last one it turns back on its own track. @returns when it stands at the entry again
   */
  #watch(fromMs: number, mustBeHomeMs: number): number {
    const { places, km } = this.#ring;
    let now = fromMs;
    for (;;) {
      const round = this.#travelMs(this.#ring, now, 0, km.length, false);
      if (Number.isNaN(round) || now + round + this.#homeMs(now + round) > mustBeHomeMs || round <= 0) break;
      now = this.#follow(this.#ring, now, "station", false);
    }
    // The furthest node from which it still comes home, by halves.
    let [reach, beyond] = [0, places.length];
    while (beyond - reach > 1) {
      const middle = (reach + beyond) >> 1;
      const there = now + this.#travelMs(this.#ring, now, 0, middle, false);
      const back = there + this.#travelMs(this.#ring, there, 0, middle, true);
      if (back + this.#homeMs(back) <= mustBeHomeMs) reach = middle;
      else beyond = middle;
    }
    now = this.#follow(this.#ring, now, "station", false, reach);
    return this.#follow(this.#ring, now, "station", true, reach);
  }

  /** The way home from the entry, ms. */
  #homeMs(fromMs: number): number {
    return this.#travelMs(this.#out, fromMs, 0, this.#out.km.length, true);
  }

  /** Time over the pieces `from` to `to` of a way, either direction, ms; NaN where the flow is too strong. */
  #travelMs(way: Way, startMs: number, from: number, to: number, reverse: boolean): number {
    let now = startMs;
    for (let k = from; k < to; k++) now += this.#pieceMs(way, reverse ? to - 1 - (k - from) : k, now, reverse);
    return now - startMs;
  }

  #pieceMs(way: Way, piece: number, nowMs: number, reverse: boolean): number {
    const { speedMps } = this.#order.vehicle;
    const place = way.places[reverse ? piece + 1 : piece] as Place;
    this.#flow(place.latitudeDeg, place.longitudeDeg, nowMs, this.#drift);
    const course = (way.courseDeg[piece] as number) + (reverse ? 180 : 0);
    const mps = groundSpeedMps(speedMps, course, this.#drift[0] as number, this.#drift[1] as number);
    return mps > LEAST_WAY * speedMps ? ((way.km[piece] as number) * 1e6) / mps : Number.NaN;
  }

  /** Writes the nodes of a way, or of its first `pieces`, from its beginning or back to it. @returns the time of arrival */
  #follow(way: Way, startMs: number, phase: Phase, reverse: boolean, pieces: number = way.km.length): number {
    let now = startMs;
    for (let n = 0; n < pieces; n++) {
      const piece = reverse ? pieces - 1 - n : n;
      const place = way.places[reverse ? piece + 1 : piece] as Place;
      this.#node(now, place, phase);
      const ms = this.#pieceMs(way, piece, now, reverse);
      if (Number.isNaN(ms)) {
        this.#refusal ??= { code: "flow-too-strong", place, tMs: now, speedMps: this.#order.vehicle.speedMps };
        return now;
      }
      this.#km += way.km[piece] as number;
      now += ms;
    }
    return now;
  }

  #node(tMs: number, { latitudeDeg, longitudeDeg }: Place, phase: Phase): void {
    this.#lon += longitudeDeg - this.#lon - 360 * Math.round((longitudeDeg - this.#lon) / 360);
    this.#writer.push(tMs, latitudeDeg, this.#lon, phase === "base" ? 0 : this.#order.vehicle.heightM, phase);
  }
}
