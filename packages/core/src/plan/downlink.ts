/** Memory on board and the way down: first in, first out, one antenna for one satellite at a time. */
import type { FleetContacts } from "../access/sky.ts";
import type { GroundPoint, Look, LookSatellite } from "./looks.ts";

interface Stored {
  readonly look: Look;
  leftGbit: number;
}

export interface SavedDownlink {
  readonly next: number;
  readonly stored: readonly (readonly Stored[])[];
  readonly storedGbit: Float64Array;
  readonly freeMs: readonly (readonly number[])[];
  readonly silentMs: Float64Array;
}

export class Downlink {
  readonly #contacts: FleetContacts;
  readonly #satellites: readonly LookSatellite[];
  readonly #ground: readonly GroundPoint[];
  #next = 0;
  readonly #stored: Stored[][];
  readonly #storedGbit: Float64Array;
  /** When each antenna is free again. */
  readonly #freeMs: number[][];
  /** When each satellite's transmitter is free again: it sees several stations at once, and sends to one. */
  readonly #silentMs: Float64Array;

  readonly #onDelivered: ((look: Look) => void) | undefined;

  /** @param onDelivered told of each look once it is known when its picture is at headquarters */
  constructor(
    contacts: FleetContacts,
    satellites: readonly LookSatellite[],
    ground: readonly GroundPoint[],
    onDelivered?: (look: Look) => void,
  ) {
    this.#contacts = contacts;
    this.#onDelivered = onDelivered;
    this.#satellites = satellites;
    this.#ground = ground;
    this.#stored = satellites.map(() => []);
    this.#storedGbit = new Float64Array(satellites.length);
    this.#silentMs = new Float64Array(satellites.length).fill(Number.NEGATIVE_INFINITY);
    // Half an antenna (an assumed one, varied down) is still one.
    this.#freeMs = ground.map(({ antennas }) =>
      new Array<number>(Math.max(1, Math.round(antennas))).fill(Number.NEGATIVE_INFINITY),
    );
  }

  storedGbit(satellite: number): number {
    return this.#storedGbit[satellite] as number;
  }

  hasStored(satellite: number): boolean {
    return (this.#stored[satellite] as Stored[]).length > 0;
  }

  store(look: Look): void {
    (this.#stored[look.satellite] as Stored[]).push({ look, leftGbit: look.gbit });
    this.#storedGbit[look.satellite] = (this.#storedGbit[look.satellite] as number) + look.gbit;
  }

  /** Puts what is on board in order of imaging: looks of one pass are chosen by worth, and sent first in, first out. */
  sort(satellite: number): void {
    this.#stored[satellite]?.sort((a, b) => a.look.endMs - b.look.endMs);
  }

  /** Serves every contact that begins before `utcMs`, in order of their beginnings. */
  advanceTo(utcMs: number): void {
    const { order, startMs } = this.#contacts;
    for (; this.#next < order.length; this.#next++) {
      const c = order[this.#next] as number;
      if ((startMs[c] as number) >= utcMs) return;
      this.#serve(c, startMs[c] as number);
    }
  }

  /** A look that ends during a contact goes down in it. */
  sendNow(satellite: number, utcMs: number): void {
    const { first, startMs, endMs } = this.#contacts;
    for (let c = first[satellite] as number; c < (first[satellite + 1] as number); c++) {
      if ((startMs[c] as number) >= utcMs) return;
      if ((endMs[c] as number) > utcMs) this.#serve(c, utcMs);
    }
  }

  #serve(c: number, fromMs: number): void {
    const satellite = this.#contacts.satellite[c] as number;
    const stored = this.#stored[satellite] as Stored[];
    if (stored.length === 0) return;
    const point = this.#contacts.station[c] as number;
    const { usable, rateMbps } = this.#ground[point] as GroundPoint;
    if (!usable) return;
    const free = this.#freeMs[point] as number[];
    const antenna = free.indexOf(Math.min(...free));
    const { downlinkMbps, processingMs } = this.#satellites[satellite] as LookSatellite;
    const gbitPerMs = Math.min(downlinkMbps, rateMbps) / 1e6;
    const endMs = this.#contacts.endMs[c] as number;
    // An antenna is held from the first bit, not while a satellite is still imaging.
    let at = Math.max(fromMs, free[antenna] as number, this.#silentMs[satellite] as number, stored[0]?.look.endMs ?? 0);
    if (at >= endMs) return;
    while (stored.length > 0) {
      const head = stored[0] as Stored;
      const start = Math.max(at, head.look.endMs);
      const sent = Math.min(head.leftGbit, Math.max(0, endMs - start) * gbitPerMs);
      if (sent > 0) at = start + sent / gbitPerMs;
      head.leftGbit -= sent;
      this.#storedGbit[satellite] = (this.#storedGbit[satellite] as number) - sent;
      if (head.leftGbit > 1e-9) break;
      head.look.deliveredMs = at + processingMs;
      head.look.ground = point;
      stored.shift();
      this.#onDelivered?.(head.look);
    }
    free[antenna] = at;
    this.#silentMs[satellite] = at;
  }

  /** All that is on board and all that is busy: for snapshots. */
  save(): SavedDownlink {
    return {
      next: this.#next,
      stored: this.#stored.map(copied),
      storedGbit: this.#storedGbit.slice(),
      freeMs: this.#freeMs.map((free) => [...free]),
      silentMs: this.#silentMs.slice(),
    };
  }

  load({ next, stored, storedGbit, freeMs, silentMs }: SavedDownlink): void {
    this.#next = next;
    stored.forEach((own, s) => {
      this.#stored[s] = copied(own);
    });
    this.#storedGbit.set(storedGbit);
    freeMs.forEach((free, g) => {
      this.#freeMs[g] = [...free];
    });
    this.#silentMs.set(silentMs);
  }
}

/** Looks change once they are sent: a copy has its own. */
const copied = (stored: readonly Stored[]): Stored[] =>
  stored.map(({ look, leftGbit }) => ({ look: { ...look }, leftGbit }));
