/** Memory on board and the way down: first in, first out, one antenna for one satellite at a time. */
import type { FleetContacts } from "../access/sky.ts";
import type { GroundPoint, Look, LookSatellite } from "./looks.ts";

interface Stored {
  readonly look: Look;
  leftGbit: number;
}

export class Downlink {
  readonly #contacts: FleetContacts;
  readonly #satellites: readonly LookSatellite[];
  readonly #ground: readonly GroundPoint[];
  /** Contacts of all satellites by their beginning. */
  readonly #order: Uint32Array;
  readonly #owner: Uint32Array;
  #next = 0;
  readonly #stored: Stored[][];
  readonly #storedGbit: Float64Array;
  /** When each antenna is free again. */
  readonly #freeMs: number[][];

  constructor(contacts: FleetContacts, satellites: readonly LookSatellite[], ground: readonly GroundPoint[]) {
    this.#contacts = contacts;
    this.#satellites = satellites;
    this.#ground = ground;
    this.#owner = new Uint32Array(contacts.station.length);
    for (let s = 0; s < satellites.length; s++) this.#owner.fill(s, contacts.first[s], contacts.first[s + 1]);
    this.#order = orderByStart(contacts, this.#owner, satellites, ground);
    this.#stored = satellites.map(() => []);
    this.#storedGbit = new Float64Array(satellites.length);
    // Half an antenna (an assumed one, varied down) is still one.
    this.#freeMs = ground.map(({ antennas }) =>
      new Array<number>(Math.max(1, Math.round(antennas))).fill(Number.NEGATIVE_INFINITY),
    );
  }

  storedGbit(satellite: number): number {
    return this.#storedGbit[satellite] as number;
  }

  store(look: Look): void {
    (this.#stored[look.satellite] as Stored[]).push({ look, leftGbit: look.gbit });
    this.#storedGbit[look.satellite] = (this.#storedGbit[look.satellite] as number) + look.gbit;
  }

  /** Serves every contact that begins before `utcMs`. */
  advanceTo(utcMs: number): void {
    for (; this.#next < this.#order.length; this.#next++) {
      const c = this.#order[this.#next] as number;
      if ((this.#contacts.startMs[c] as number) >= utcMs) return;
      this.#serve(c, this.#contacts.startMs[c] as number);
    }
  }

  /** A look that ends during a contact goes down in it. */
  sendNow(satellite: number, utcMs: number): void {
    const { first, startMs, endMs, station } = this.#contacts;
    for (let c = first[satellite] as number; c < (first[satellite + 1] as number); c++) {
      if ((startMs[c] as number) >= utcMs) return;
      if ((endMs[c] as number) > utcMs && this.#ground[station[c] as number]?.usable === true) this.#serve(c, utcMs);
    }
  }

  #serve(c: number, fromMs: number): void {
    const satellite = this.#owner[c] as number;
    const stored = this.#stored[satellite] as Stored[];
    if (stored.length === 0) return;
    const point = this.#contacts.station[c] as number;
    const free = this.#freeMs[point] as number[];
    const antenna = free.indexOf(Math.min(...free));
    const { downlinkMbps, processingMs } = this.#satellites[satellite] as LookSatellite;
    const gbitPerMs = Math.min(downlinkMbps, this.#ground[point]?.rateMbps ?? 0) / 1e6;
    const endMs = this.#contacts.endMs[c] as number;
    let at = Math.max(fromMs, free[antenna] as number);
    if (at >= endMs) return;
    while (stored.length > 0 && at < endMs) {
      const head = stored[0] as Stored;
      const start = Math.max(at, head.look.endMs);
      const sent = Math.min(head.leftGbit, Math.max(0, endMs - start) * gbitPerMs);
      at = start + sent / gbitPerMs;
      head.leftGbit -= sent;
      this.#storedGbit[satellite] = (this.#storedGbit[satellite] as number) - sent;
      if (head.leftGbit > 1e-9) break;
      head.look.deliveredMs = at + processingMs;
      head.look.ground = point;
      stored.shift();
    }
    free[antenna] = Math.min(at, endMs);
  }
}

/** Contacts of active satellites with usable stations, by beginning, then satellite. */
function orderByStart(
  { startMs, station }: FleetContacts,
  owner: Uint32Array,
  satellites: readonly LookSatellite[],
  ground: readonly GroundPoint[],
): Uint32Array {
  const rows: number[] = [];
  for (let c = 0; c < startMs.length; c++) {
    if (satellites[owner[c] as number]?.active === true && ground[station[c] as number]?.usable === true) rows.push(c);
  }
  return Uint32Array.from(rows).sort((a, b) => (startMs[a] as number) - (startMs[b] as number) || a - b);
}
