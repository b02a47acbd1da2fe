/** Who exists, who owns it, what it depends on. The same shape as the network file, so that one follows from the other. */

export type SensorKind = "optical" | "radar" | "thermal" | "rf";
export const SENSOR_KINDS: readonly SensorKind[] = ["optical", "radar", "thermal", "rf"];

/** A number with its origin: a source, or the reason why it was assumed. */
export interface Figure {
  readonly value: number;
  readonly source?: string;
  readonly assumed?: string;
}

export type Side = "left" | "right" | "both";

export interface Sensor {
  readonly name: string;
  readonly kind: SensorKind;
  /** Where the sensor can be pointed while the target is abeam. */
  readonly band: { readonly angle: "offNadir" | "incidence"; readonly minDeg: Figure; readonly maxDeg: Figure };
  readonly side: Side;
  readonly swathKm: Figure;
  readonly resolutionM: Figure;
  /** Absent: works at night. */
  readonly minSunElevationDeg?: Figure;
  readonly stoppedByCloud: boolean;
  readonly dutyS: Figure;
  readonly settleS: Figure;
  readonly rateMbps: Figure;
}

export interface Walker {
  readonly satellites: number;
  readonly planes: number;
  readonly phasing: number;
  readonly pattern: "delta" | "star";
  readonly altitudeKm: Figure;
  readonly inclinationDeg?: Figure;
  readonly sunSynchronous?: { readonly ltanH: Figure };
  readonly raanDeg?: Figure;
  readonly raanSpreadDeg?: Figure;
  readonly argumentOfLatitudeDeg?: Figure;
}

export interface Satellite {
  readonly name: string;
  readonly catalogueNumber: number;
  readonly nation?: string;
  readonly operator?: string;
  readonly source?: string;
}

export interface Mission {
  readonly name: string;
  readonly nation: string;
  readonly operator: string;
  readonly source?: string;
  readonly note?: string;
  readonly sensors: readonly string[];
  readonly memoryGbit: Figure;
  readonly downlinkMbps: Figure;
  readonly stations: readonly string[];
  readonly relays?: readonly string[];
  readonly processing: string;
  readonly launch?: { readonly nation: string; readonly source?: string; readonly assumed?: string };
  readonly satellites?: Readonly<Record<string, Satellite>>;
  readonly walker?: Walker;
}

export interface Station {
  readonly name: string;
  readonly nation: string;
  readonly territory?: string;
  readonly operator: string;
  readonly source?: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly heightM: Figure;
  readonly maskDeg: Figure;
  readonly antennas: Figure;
}

export interface Relay {
  readonly name: string;
  readonly nation: string;
  readonly operator: string;
  readonly source?: string;
  readonly catalogueNumber: number;
  readonly rateMbps: Figure;
  readonly terminals: Figure;
}

export interface ProcessingCentre {
  readonly name: string;
  readonly nation: string;
  readonly operator: string;
  readonly source?: string;
  readonly latencyMin: Figure;
}

export interface Network {
  readonly nations: Readonly<Record<string, { readonly name: string }>>;
  readonly sensors: Readonly<Record<string, Sensor>>;
  readonly missions: Readonly<Record<string, Mission>>;
  readonly stations: Readonly<Record<string, Station>>;
  readonly relays?: Readonly<Record<string, Relay>>;
  readonly processing: Readonly<Record<string, ProcessingCentre>>;
}
