/** Groups of the file, one by one: who senses, where, by which law. */

import type { Entity } from "@vedette/core/exercise/scene";
import type { LineFrame } from "@vedette/core/exercise/truce/line";
import { modelLaw, plainLaw } from "@vedette/core/exercise/watch/eyes";
import { AS_DECLARED, modelOf } from "@vedette/core/sense/model";
import type { Sensor } from "@vedette/core/sense/sensor-table";
import type { Exercise } from "@vedette/wire/exercise";
import type { Plan } from "../load.ts";
import { kmsOf } from "./areas.ts";
import { linkOf } from "./links.ts";
import { fleetOf, mediumOf, moverOf, type Stations } from "./movers.ts";
import type { passagesOf } from "./passages.ts";

type Group = Exercise["groups"][string];

interface Setting {
  readonly plan: Plan;
  readonly frame: LineFrame | undefined;
  readonly stations: Stations;
  readonly passages: ReturnType<typeof passagesOf>;
}

export function entitiesOf(id: string, group: Group, { plan, frame, stations, passages }: Setting): Entity[] {
  const { everyS = 0, mover, heightM = 10 } = group;
  const places =
    group.places ??
    (group.along === undefined || frame === undefined
      ? []
      : kmsOf(group.along, frame.lengthKm).map((km) => frame.placeAt(km, group.along?.offsetKm ?? 0)));
  const law = lawOf(group, plan.sensors);
  const by = mover === undefined ? undefined : mediumOf(mover, heightM);
  const fleet =
    mover === undefined || by === undefined
      ? undefined
      : fleetOf(mover, { law, heightM, passage: passages(id, by) }, stations);
  const where = plan.ground.where[id];
  return places.map(({ latitudeDeg, longitudeDeg }, i) => ({
    id: `${id}/${i + 1}`,
    group: id,
    nation: group.nation,
    source: id,
    form: group.form ?? "report",
    law,
    latitudeDeg,
    longitudeDeg,
    heightM,
    everyS,
    phaseS: group.phaseS ?? (everyS * i) / places.length,
    linkBps: 1000 * (group.linkKbps ?? 1000),
    jammable: group.jammable ?? mover !== undefined,
    ...linked(linkOf(group.link, { latitudeDeg, longitudeDeg }, by)),
    ...(fleet !== undefined && { mover: moverOf(fleet, { latitudeDeg, longitudeDeg }) }),
    ...(group.mistakes !== undefined && { mistakes: group.mistakes }),
    ...(where !== undefined && { where }),
  }));
}

const linked = (link: Entity["link"]): Pick<Entity, "link"> => (link === undefined ? {} : { link });

function lawOf({ sensor, plain, worse }: Group, sensors: Readonly<Record<string, Sensor>>): Entity["law"] {
  if (plain !== undefined) {
    const { channels, ...rest } = plain;
    const some = { locationM: 50, delayS: 0, falseAlarmsPerDay: 0, bits: 10_000, ...rest };
    return plainLaw({ ...some, ...(channels !== undefined && { channels }) });
  }
  const table = sensors[sensor ?? ""];
  if (table === undefined) throw new RangeError(`no sensor ${sensor}`);
  return modelLaw(modelOf(sensor ?? "", table, { ...AS_DECLARED, ...worse }));
}
