/** Sensors as plain numbers, ready for inner loops, and the requests that each can answer. */
import type { Reach } from "../access/sweep.ts";
import { type Network, SENSOR_KINDS, type Sensor, type SensorKind } from "../network/network.ts";

/** What somebody wants seen. */
export interface LookRequest {
  readonly id: string;
  readonly zone: string;
  readonly nation: string;
  readonly kinds: readonly SensorKind[];
  readonly resolutionM: number;
  readonly revisitH: number;
  readonly latencyH: number;
  /** 1 is highest, 5 lowest. */
  readonly priority: number;
}

/** Requests are bits of a 32-bit word. */
export const MAX_REQUESTS = 31;

export interface LookSensor {
  /** Index into `SENSOR_KINDS`. */
  readonly kind: number;
  readonly reach: Reach;
  /** -90 where the sensor works at night. */
  readonly minSunElevationDeg: number;
  readonly swathKm: number;
  readonly dutyS: number;
  readonly settleS: number;
  readonly rateMbps: number;
  /** Bit r: kind and resolution answer request r. */
  readonly answers: number;
}

/** The sensors of a mission; figures beyond what geometry allows (a scaled band above 89 degrees) are cut. */
export function lookSensorsOf(network: Network, missionId: string, requests: readonly LookRequest[]): LookSensor[] {
  return (network.missions[missionId]?.sensors ?? []).flatMap((id) => {
    const sensor = network.sensors[id];
    return sensor === undefined ? [] : [lookSensorOf(sensor, requests)];
  });
}

function lookSensorOf(sensor: Sensor, requests: readonly LookRequest[]): LookSensor {
  const { kind, band, side } = sensor;
  return {
    kind: SENSOR_KINDS.indexOf(kind),
    reach: { angle: band.angle, minDeg: band.minDeg.value, maxDeg: Math.min(89, band.maxDeg.value), side },
    minSunElevationDeg: sensor.minSunElevationDeg?.value ?? -90,
    swathKm: sensor.swathKm.value,
    dutyS: sensor.dutyS.value,
    settleS: sensor.settleS.value,
    rateMbps: sensor.rateMbps.value,
    answers: requests.reduce(
      (bits, r, i) => (r.kinds.includes(kind) && sensor.resolutionM.value <= r.resolutionM ? bits | (1 << i) : bits),
      0,
    ),
  };
}

/** The reach of a sensor when each assumed figure of its band may be varied by the share `by01` either way; 0: as it is. */
export function widestReach(sensor: Sensor, by01: number): Reach {
  const { angle, minDeg, maxDeg } = sensor.band;
  return {
    angle,
    minDeg: minDeg.assumed === undefined ? minDeg.value : minDeg.value * (1 - by01),
    maxDeg: Math.min(89, maxDeg.assumed === undefined ? maxDeg.value : maxDeg.value * (1 + by01)),
    side: sensor.side,
  };
}
