/** Satellites of the plan as those who sense: one entity for each sensor of each, after all others, and the sky that they pass in. */

import { channelsOf, type SatelliteSensor, satelliteLaw } from "@vedette/core/exercise/satellites/watch";
import type { Entity, Scene } from "@vedette/core/exercise/scene";
import type { NationCode } from "@vedette/core/record/marking";
import { AS_DECLARED, modelOf, type SensorModel } from "@vedette/core/sense/model";
import type { Sensor } from "@vedette/core/sense/sensor-table";
import { MS_PER_DAY, MS_PER_MINUTE } from "@vedette/core/time/instant";
import type { Plan } from "../load.ts";
import type { NamedSensor, SatellitePlan } from "../satellites.ts";

/** A mark is as old as the last picture, a day at most: an analyst tells it from older ones. */
const MARK_MS = MS_PER_DAY;
/** What is hot is hot at the look. */
const HOT_MS = MS_PER_MINUTE;

/** What reports a thing once, and is one source to verification: a mission; of heat, the product that all satellites feed. */
export function productOf({ kind, mission, sensor }: NamedSensor, sensors: Plan["sensors"]): string {
  return `satellites/${kind === "thermal" ? (sensors[sensor]?.declaredBy ?? sensor) : mission}`;
}

export function satelliteEntities({ satellites, sensors }: Plan): Entity[] {
  if (satellites === undefined) return [];
  const models = new Map<string, SensorModel>();
  return satellites.sensors.map((own, k) => {
    const model = models.get(own.sensor) ?? modelOf(own.sensor, sensors[own.sensor] as Sensor, AS_DECLARED);
    models.set(own.sensor, model);
    return entityOf(own, k, { satellites, model, source: productOf(own, sensors) });
  });
}

interface Setting {
  readonly satellites: SatellitePlan;
  readonly model: SensorModel;
  readonly source: string;
}

function entityOf({ kind, nation }: NamedSensor, k: number, { satellites, model, source }: Setting): Entity {
  const { id, resolutionM } = satellites.sky.sensors[k] as SatellitePlan["sky"]["sensors"][number];
  const { latitudeDeg, longitudeDeg } = satellites.places;
  return {
    id: `satellites/${id}`,
    group: `satellites-${kind}`,
    nation: nation as NationCode,
    source,
    // A hot pixel stands beside an incident and opens none; it does not say what burns.
    ...(kind === "thermal" ? { form: "detection", says: "unknown" } : { form: "report" }),
    law: satelliteLaw(model, resolutionM),
    latitudeDeg: latitudeDeg[0] as number,
    longitudeDeg: longitudeDeg[0] as number,
    heightM: 0,
    everyS: 0,
    phaseS: 0,
    satellite: k,
    // From the centre that processed it, by wire.
    linkBps: 1e9,
    jammable: false,
  };
}

/** For the scene, beside the entities. */
export function satelliteWatchOf({ satellites, sensors, sources }: Plan): Pick<Scene, "satellites"> {
  if (satellites === undefined) return {};
  const { sky, places, requests, leadS, share01 } = satellites;
  const products = [...new Set(satellites.sensors.map((own) => productOf(own, sensors)))];
  const watched = satellites.sensors.map((own, k): SatelliteSensor => {
    const table = sensors[own.sensor] as Sensor;
    const falseAlarms = sources.get(table.declaredBy ?? "")?.falseAlarms;
    return {
      inOrder01: table.inOrder01.value,
      // What needs no time to settle looks where it always looks: nobody tasks it.
      ours01: sky.sensors[k]?.look.settleS === 0 ? 1 : share01,
      channels: channelsOf(table),
      falsePerKm2Day:
        own.kind === "thermal" && falseAlarms !== undefined && "per1000Km2Day" in falseAlarms
          ? falseAlarms.per1000Km2Day.value / 1000
          : 0,
      product: products.indexOf(productOf(own, sensors)),
      beforeMs: own.kind === "thermal" ? HOT_MS : MARK_MS,
    };
  });
  return { satellites: { sky, places, requests, sensors: watched, leadMs: 1000 * leadS } };
}
