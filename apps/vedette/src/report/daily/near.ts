/** Hot pixels and alerts beside an incident: which were weighed against chance, and what came of it. */
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident, Link } from "@vedette/core/verify/incident";
import { PROGRAM } from "../../engine/cases/detect.ts";
import { ratesFrom } from "../../engine/cases/rates.ts";
import { isCounted, isOfDay } from "./incidents.ts";
import type { DailyInput } from "./input.ts";
import type { Messages } from "./messages.ts";

/** Hot pixels by what weighing said; alerts are never weighed; whatever else was put beside it. */
export interface NearBy {
  readonly more: number;
  readonly chance: number;
  readonly unweighed: number;
  readonly alerts: number;
  readonly other: number;
}

export function nearBy(input: DailyInput): ReadonlyMap<string, NearBy> {
  const rows = input.incidents.filter((one) => isCounted(one) && isOfDay(one, input.day));
  const kindOf = sorter(input);
  return new Map(
    rows.map((incident) => {
      const count = { more: 0, chance: 0, unweighed: 0, alerts: 0, other: 0 };
      for (const link of incident.links.values()) {
        const item = input.evidence.get(link.evidence);
        const kind = item && kindOf(incident, link, item);
        if (kind !== undefined) count[kind] += 1;
      }
      return [incident.id, count];
    }),
  );
}

type Sorter = (incident: Incident, link: Link, item: Evidence) => keyof NearBy | undefined;

function sorter({ incidents, sources }: DailyInput): Sorter {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  const ratesOf = ratesFrom(sources);
  // What a person linked, the program never weighed.
  const isWeighed = ({ history }: Incident, { reason }: Link): boolean =>
    history.some(
      (entry) => entry.type === "incident.evidence-linked" && entry.actor === PROGRAM && entry.reason === reason,
    );
  return (incident, link, item) => {
    const isWitness = link.role === "witness";
    if (item.form === "alert") return isWitness ? undefined : "alerts";
    const isHot = item.form === "detection" && ratesOf(item, incident.kind)?.falsePerKm2Day !== undefined;
    if (!isHot) return isWitness ? undefined : "other";
    // It may have come with another incident that is now a part of this one.
    if (!isWeighed(byId.get(link.via ?? "") ?? incident, link)) return "unweighed";
    return isWitness ? "more" : "chance";
  };
}

/** A line for each that there is. */
export function nearWords({ more, chance, unweighed, alerts, other }: NearBy, { say, count }: Messages): string[] {
  return [
    ...(more === 0 ? [] : [say("near.more", { hot: count("hotPixels", more) })]),
    ...(chance === 0 ? [] : [say("near.chance", { hot: count("hotPixels", chance) })]),
    ...(unweighed === 0 ? [] : [say("near.unweighed", { hot: count("hotPixels", unweighed) })]),
    ...(alerts === 0 ? [] : [say("near.alerts", { alerts: count("alerts", alerts) })]),
    ...(other === 0 ? [] : [say("near.other", { items: count("items", other) })]),
  ];
}
