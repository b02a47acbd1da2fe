/** What a network is assessed over, and the cases that differ. */
import type { FleetSatellite } from "../network/fleet.ts";
import type { Network } from "../network/network.ts";
import type { LookRequest } from "../plan/sensors.ts";
import type { Interval } from "../time/instant.ts";

/** What stays the same for every row: places, times and wishes. */
export interface Watch {
  readonly fleet: readonly FleetSatellite[];
  readonly span: Interval;
  readonly requests: readonly LookRequest[];
  /** Per cell, bit r: the cell lies in the zone of request r. */
  readonly cellRequests: Uint32Array;
  /** Along-track length that one cell stands for. */
  readonly cellKm: number;
}

/** What differs: figures varied, nations taken out. */
export interface Case {
  readonly network: Network;
  readonly without: readonly string[];
  /** Which of the sky's variants of contacts belongs to the network's stations. */
  readonly contacts: number;
}

/** A stretch in which one satellite's position is unknown. */
export interface UnknownStretch {
  readonly satellite: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly code: string;
}
