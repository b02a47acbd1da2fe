/**
 * Reports of incidents whose truth is known: incidents drawn from settlements, most of them in a few cities, each told of
 * by several reports with errors of place and time. Whatever such a description leaves open is an option.
 */
import type { Place } from "../../geo/position.ts";
import { Dice } from "../../numerics/dice.ts";
import { type Instant, type Interval, instant, MS_PER_DAY, MS_PER_MINUTE } from "../../time/instant.ts";
import { type TextForm, textMaker } from "./texts.ts";

export interface ToldWorld {
  readonly seed: number;
  readonly start: Instant;
  readonly perDay: number;
  readonly days: number;
  /** Share of incidents in the first `cities` of the settlements. */
  readonly cityShare: number;
  readonly cities: number;
  /** Incidents of a city stand at one point, or over its extent: evenly in a disc, or denser towards its middle. */
  readonly extent: { readonly shape: "point" | "disc" | "normal"; readonly km: number };
  /** `normal`: per axis; `radial`: a half normal distance at any bearing; `uniform`: evenly in a disc of that radius. */
  readonly error: { readonly shape: "normal" | "radial" | "uniform"; readonly km: number };
  /** Of the report after the incident: none; 0, 1 or 2 days; up to 48 hours; days with falling chances. */
  readonly delay: "none" | "days" | "hours" | "geometric";
  /** A report gives a time beside its date. */
  readonly timed: boolean;
  readonly text: TextForm;
  /** Half the reports have a text, or all reports of half the incidents, or all. */
  readonly half: "reports" | "incidents" | "all";
  readonly sources: number;
  /** A source tells of one incident once at most. */
  readonly once: boolean;
  /** `shared`: three reports in ten name the agency's page that all of the incident rest on. */
  readonly urls: "none" | "own" | "shared";
}

export interface ToldReport {
  readonly id: string;
  readonly where: Place;
  readonly when: Interval;
  readonly source: string;
  readonly url?: string;
  readonly text?: string;
  /** What a linker is to find. */
  readonly incident: number;
}

export interface ToldIncident {
  readonly where: Place;
  /** Days since the first. */
  readonly day: number;
  readonly isCity: boolean;
}

export interface Told {
  readonly reports: readonly ToldReport[];
  readonly incidents: readonly ToldIncident[];
}

export type Settlement = Place & { readonly name: string };

/** The numbers of the usual case: 40 incidents a day for 30 days, 60 % in five cities, half the reports without text. */
export const USUAL_WORLD: ToldWorld = {
  seed: 1,
  start: instant(1_646_092_800_000), // 2022-03-01
  perDay: 40,
  days: 30,
  cityShare: 0.6,
  cities: 5,
  extent: { shape: "disc", km: 7 },
  error: { shape: "normal", km: 0.3 },
  delay: "none",
  timed: false,
  text: "template",
  half: "reports",
  sources: 12,
  once: false,
  urls: "none",
};

const MOST_REPORTS = 12;
const KM_PER_DEG = 111.19;
const SHARED_URLS = 0.3;

/** @param settlements cities first; reports come in no order */
export function tell(world: ToldWorld, settlements: readonly Settlement[]): Told {
  const dice = new Dice(world.seed, "told", "incidents");
  const texts = textMaker(world.text, new Dice(world.seed, "told", "texts"));
  const reports: ToldReport[] = [];
  const incidents = Array.from({ length: world.perDay * world.days }, (_, k): ToldIncident => {
    const isCity = dice.chance(world.cityShare);
    const at = isCity ? dice.below(world.cities) : world.cities + dice.below(settlements.length - world.cities);
    const settlement = settlements[at] as Settlement;
    const day = Math.floor(k / world.perDay) + dice.uniform();
    const where = isCity ? moved(settlement, within(world.extent, dice)) : settlement;
    const incident = { where, day, isCity };
    reports.push(...reportsOf({ k, incident, story: texts.story(settlement.name), world, dice }, reports.length));
    return incident;
  });
  const shuffled = reports.map((report) => ({ report, key: dice.uniform() })).sort((a, b) => a.key - b.key);
  return { reports: shuffled.map(({ report }) => report), incidents };
}

interface Telling {
  readonly k: number;
  readonly incident: ToldIncident;
  readonly story: (source: number) => string | undefined;
  readonly world: ToldWorld;
  readonly dice: Dice;
}

function reportsOf({ k, incident, story, world, dice }: Telling, before: number): ToldReport[] {
  const count = 1 + dice.below(MOST_REPORTS);
  const speaks = dice.chance(0.5);
  const free = Array.from({ length: world.sources }, (_, i) => i);
  return Array.from({ length: count }, (_, i): ToldReport => {
    const where = moved(incident.where, within(world.error, dice));
    const toldMs = world.start + (Math.floor(incident.day) + delayed(incident.day % 1, world, dice)) * MS_PER_DAY;
    const pick = dice.below(Math.max(1, free.length));
    const source = world.once && free.length > 0 ? (free.splice(pick, 1)[0] as number) : pick;
    const hasText = world.half === "all" || (world.half === "reports" ? dice.chance(0.5) : speaks);
    const text = hasText ? story(source) : undefined;
    const url = urlOf(world, { source, k, report: before + i, dice });
    return {
      id: `r${before + i}`,
      where,
      when: writtenTime(toldMs, world.timed),
      source: `source${source}`,
      ...(url !== undefined && { url }),
      ...(text !== undefined && { text }),
      incident: k,
    };
  });
}

function urlOf(
  { urls }: ToldWorld,
  { source, k, report, dice }: { source: number; k: number; report: number; dice: Dice },
): string | undefined {
  switch (urls) {
    case "none":
      return undefined;
    case "own":
      return `https://source${source}.example/${report}`;
    case "shared":
      return dice.chance(SHARED_URLS) ? `https://agency.example/${k}` : undefined;
  }
}

/** To the minute, or the day. */
function writtenTime(ms: number, timed: boolean): Interval {
  const step = timed ? MS_PER_MINUTE : MS_PER_DAY;
  const start = Math.floor(ms / step) * step;
  return { start: instant(start), end: instant(start + step) };
}

/** Days from the beginning of the incident's day to the report. */
function delayed(hour: number, { delay }: ToldWorld, dice: Dice): number {
  switch (delay) {
    case "none":
      return hour + (1 - hour) * dice.uniform() * 0.2;
    case "days":
      return dice.below(3) + dice.uniform();
    case "hours":
      return hour + 2 * dice.uniform();
    case "geometric": {
      const days = dice.chance(0.5) ? 0 : dice.chance(0.5) ? 1 : 2;
      return days + dice.uniform();
    }
  }
}

/** East and north, km. */
function within({ shape, km }: { readonly shape: string; readonly km: number }, dice: Dice): [number, number] {
  if (shape === "point") return [0, 0];
  if (shape === "normal") return [dice.normal() * km, dice.normal() * km];
  const radius = shape === "radial" ? Math.abs(dice.normal()) * km : Math.sqrt(dice.uniform()) * km;
  const bearing = 2 * Math.PI * dice.uniform();
  return [radius * Math.sin(bearing), radius * Math.cos(bearing)];
}

function moved({ latitudeDeg, longitudeDeg }: Place, [east, north]: readonly [number, number]): Place {
  return {
    latitudeDeg: latitudeDeg + north / KM_PER_DEG,
    longitudeDeg: longitudeDeg + east / (KM_PER_DEG * Math.cos((latitudeDeg * Math.PI) / 180)),
  };
}
