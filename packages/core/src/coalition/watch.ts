/** What a network is assessed over, and the cases that differ. */
import type { Acceptance } from "../access/acceptance.ts";
import type { FleetSatellite } from "../network/fleet.ts";
import type { Network } from "../network/network.ts";
import type { GroundPoint, LookSatellite, Taken } from "../plan/looks.ts";
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

/** For those who want to look closer at one case; large, stays in the thread. */
export interface AssessmentDetail {
  readonly satellites: readonly LookSatellite[];
  readonly ground: readonly GroundPoint[];
  readonly acceptance: Acceptance;
  readonly plan: Taken;
  readonly byCell: TakenByCell;
}

/** Looks taken, by cell: those of cell c are `rows[first[c]]` up to `rows[first[c + 1]]`, in order of time. Rows index `Taken`. */
export interface TakenByCell {
  readonly first: Uint32Array;
  readonly rows: Uint32Array;
}
