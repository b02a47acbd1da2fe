/** Figures of an exercise that rest on no source: those that its network and its world use, by group, listed and scaled together. */
import { type TruceFile, truceOf } from "@vedette/core/exercise/truce/truce";
import { type AssumedFigure, assumedFigures, scaleAssumed } from "@vedette/core/network/figures";
import type { Sensor } from "@vedette/core/sense/sensor-table";
import type { Assumption } from "@vedette/wire/exercise-result";
import type { Plan } from "../load.ts";

/** Of the truce file: what serves the fit to published figures is not in an exercise's world. */
const NOT_IN_THE_WORLD = new Set(["about", "sources", "mission", "published", "measure"]);

type Sensors = Readonly<Record<string, Sensor>>;

export function assumptionsOf(plan: Plan): Assumption[] {
  const { truceFile: truce } = plan;
  const listed = (table: object, group: (figure: AssumedFigure) => string, before = ""): Assumption[] =>
    assumedFigures(table).map((figure) => ({
      group: group(figure),
      path: `${before}${figure.path}`,
      value: figure.value,
      why: figure.why,
    }));
  return [
    ...listed(usedSensors(plan), ({ name }) => `sensors: ${name}`),
    ...(plan.weather === undefined ? [] : listed(plan.weather.climate, ({ name }) => `weather: ${name}`)),
    ...(truce === undefined ? [] : listed(usedTruce(truce, plan), ({ name }) => `truce: ${name}`)),
    ...tasking(plan),
    ...staffOf(plan),
  ];
}

function usedSensors({ exercise, sensors, satellites }: Plan): Sensors {
  const names = new Set([
    ...Object.values(exercise.groups).flatMap(({ sensor }) => sensor ?? []),
    ...(satellites?.sensors ?? []).map(({ sensor }) => sensor),
  ]);
  return Object.fromEntries(Object.entries(sensors).filter(([name]) => names.has(name)));
}

function usedTruce(truce: TruceFile, { exercise }: Plan): object {
  const regime = "truce" in exercise.world ? exercise.world.truce.regime : "";
  const kept = Object.entries(truce).filter(([key]) => !NOT_IN_THE_WORLD.has(key) && key !== "regimes");
  return { ...Object.fromEntries(kept), regimes: { [regime]: truce.regimes[regime] } };
}

/** Who plans satellites' looks, how far ahead, and for how many of their passes. */
function tasking({ satellites }: Plan): Assumption[] {
  if (satellites === undefined) return [];
  const { leadS, share01 } = satellites;
  return [
    {
      group: "satellites: leadS",
      path: "satellites.leadS",
      value: leadS,
      why: "commands go up some hours before a pass",
    },
    {
      group: "satellites: share01",
      path: "satellites.share01",
      value: share01,
      why: "how many passes others leave to this watch is not known",
    },
  ];
}

/** How long people take: the exercise's own figures. */
function staffOf({ exercise }: Plan): Assumption[] {
  return STAFF.map((work) => ({
    group: `headquarters: ${work}`,
    path: `headquarters.${work}.meanS`,
    value: exercise.headquarters[work].meanS,
    why: "the exercise's own: how long people take was measured nowhere",
  }));
}

const STAFF = ["analysis", "verification", "assessment"] as const;

/** Names of all groups, in the order in which they are listed. */
export const groupsIn = (assumed: readonly Assumption[]): string[] => [...new Set(assumed.map(({ group }) => group))];

/** The same exercise with all assumed figures of one group multiplied. */
export function scaledPlan(plan: Plan, group: string, factor: number): Plan {
  const [table, name = ""] = group.split(": ");
  const title = `${plan.title}: ${group} x ${factor}`;
  if (table === "sensors") return { ...plan, title, sensors: scaleAssumed(plan.sensors, name, factor) };
  if (table === "weather" && plan.weather !== undefined)
    return { ...plan, title, weather: { ...plan.weather, climate: scaleAssumed(plan.weather.climate, name, factor) } };
  if (table === "truce" && plan.truceFile !== undefined)
    return { ...plan, title, truce: truceOf(scaleAssumed(plan.truceFile, name, factor)) };
  const { satellites } = plan;
  if (table === "satellites" && satellites !== undefined && (name === "leadS" || name === "share01")) {
    const value = satellites[name] * factor;
    return { ...plan, title, satellites: { ...satellites, [name]: name === "share01" ? Math.min(1, value) : value } };
  }
  const work = STAFF.find((one) => one === name);
  if (table !== "headquarters" || work === undefined) throw new RangeError(`no group of assumed figures ${group}`);
  const { headquarters } = plan.exercise;
  const own = { ...headquarters[work], meanS: headquarters[work].meanS * factor };
  return { ...plan, title, exercise: { ...plan.exercise, headquarters: { ...headquarters, [work]: own } } };
}
