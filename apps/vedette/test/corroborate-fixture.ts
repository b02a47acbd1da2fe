/** A small folder of feeds in the layout that `vedette corroborate` reads. Every row is made up. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Dice } from "@vedette/core/numerics/dice";
import { dayNumber, isoDayOf } from "@vedette/core/verify/claim-day";

export const DAY: number = dayNumber(2022, 6, 15);
/** In the made-up oblast, 60 km from anything told of. */
export const PLACE = { latitude: 49.2, longitude: 31.8 };
export const NEWS_HEADER =
  "event_id_1pd,date,n_reports,event_ids_matching,sources_matching,source_urls,geonameid,asciiname,ADM1_NAME,ADM2_NAME,longitude,latitude,a_ukr,a_rus,representative_text";

export interface NewsLine {
  readonly id: number;
  readonly day: number;
  readonly km: number;
  readonly source?: string;
  readonly url?: string;
  readonly text?: string;
}

export function newsLine({
  id,
  day,
  km,
  source = `m${id}`,
  url = `https://m${id}.example/${id}`,
  text,
}: NewsLine): string {
  const latitude = (PLACE.latitude + km / 111.2).toFixed(6);
  const told =
    text ?? `Report ${id * 7919} of ${"abcdefghij".slice(id % 7)} seen by a driver near kilometre ${id * 31}`;
  return [
    id,
    isoDayOf(day).replaceAll("-", ""),
    1,
    "",
    source,
    url,
    1,
    "Town",
    "",
    "",
    PLACE.longitude,
    latitude,
    0,
    0,
    `"${told.replaceAll('"', '""')}"`,
  ].join(",");
}

export const usualNews = (): NewsLine[] =>
  [-30, -15, -8, 7, 15, 30].map((l, i) => ({ id: i + 1, day: DAY + l, km: 60 }));

export interface Feeds {
  readonly firms?: true;
  readonly alerts?: true;
  readonly places?: true;
  readonly news?: readonly NewsLine[];
}

export function writeFeeds(folder: string, { firms, alerts, places, news }: Feeds): void {
  const write = (feed: string, file: string, lines: readonly string[]): void => {
    mkdirSync(join(folder, feed), { recursive: true });
    writeFileSync(join(folder, feed, file), `${lines.join("\n")}\n`);
  };
  if (firms) for (const year of [2019, 2020, 2021, 2022]) write("firms", `fires_${year}.csv`, fires(year));
  if (firms) write("firms", "timed.csv", TIMED);
  if (alerts)
    write("alerts", "alerts.csv", ["oblast,raion,hromada,level,started_at,finished_at,source", ...alertLines()]);
  if (places) {
    mkdirSync(join(folder, "places"), { recursive: true });
    writeFileSync(join(folder, "places", "oblasts.geojson"), JSON.stringify(OBLAST));
  }
  if (news) write("news", "news.csv", [NEWS_HEADER, ...news.map(newsLine)]);
}

/** A little everywhere, four furnaces that burn each day, and in 2022 a fire at the place on the day. */
function fires(year: number): string[] {
  const dice = new Dice(1, "fires", year);
  const rows = ["LATITUDE,LONGITUDE,ACQ_DATE"];
  for (let d = 0; d < 365; d++) {
    const date = isoDayOf(dayNumber(year, 1, 1) + d);
    for (let n = 0; n < 3; n++)
      rows.push(`${dice.between(48.4, 50).toFixed(4)},${dice.between(31, 33).toFixed(4)},${date}`);
    for (const k of [0, 1, 2, 3]) rows.push(`${(49.6 + k / 50).toFixed(2)},31.8,${date}`);
  }
  if (year === 2022)
    for (const k of [0, 1, 2]) rows.push(`${PLACE.latitude + 0.02 + k / 1000},${PLACE.longitude},${isoDayOf(DAY)}`);
  return rows;
}

const TIMED = [
  "latitude,longitude,brightness,acq_date,acq_time,satellite,instrument,frp",
  `49.22,31.8,330,${isoDayOf(DAY)},0906,Terra,MODIS,42.5`,
  `49.22,31.8,330,${isoDayOf(DAY)},6,N,VIIRS,1.5`,
];

function alertLines(): string[] {
  return Array.from({ length: 80 }, (_, i) => DAY - 40 + i).flatMap((day) => {
    const date = isoDayOf(day);
    const quiet = `Cherkaska oblast,,,oblast,${date} 09:00:00+00:00,${date} 09:30:00+00:00,official`;
    const loud = `Cherkaska oblast,,,oblast,${date} 11:00:00+00:00,${date} 17:00:00+00:00,official`;
    return day === DAY ? [quiet, loud] : [quiet];
  });
}

const OBLAST = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { name: "Черкаська область" },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [31, 48.5],
            [33, 48.5],
            [33, 50],
            [31, 50],
            [31, 48.5],
          ],
        ],
      },
    },
  ],
};
