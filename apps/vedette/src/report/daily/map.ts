/** A small map drawn once, without a script: where the day's incidents are, by state and by what they rest on. */
import type { DailyReport } from "@vedette/wire/daily-report";
import { esc } from "../page/markup.ts";
import type { Messages } from "./messages.ts";

type Path = readonly (readonly [longitude: number, latitude: number])[];

export interface MapGround {
  readonly land: readonly Path[];
  readonly boundaries: readonly Path[];
  /** Degrees: west, south, east, north. */
  readonly box: readonly [number, number, number, number];
}

const WIDTH = 760;
const RAD = Math.PI / 180;

interface Frame {
  readonly heightPx: number;
  at(longitude: number, latitude: number): readonly [number, number];
}

/** Plate carrée at the middle latitude: true to scale along it, and straight for a country. */
function frameOf([west, south, east, north]: MapGround["box"]): Frame {
  const scale = WIDTH / ((east - west) * Math.cos(((south + north) / 2) * RAD));
  const heightPx = Math.round((north - south) * scale);
  return {
    heightPx,
    at: (longitude, latitude) => [((longitude - west) / (east - west)) * WIDTH, (north - latitude) * scale],
  };
}

export function mapSvg(report: DailyReport, ground: MapGround, { say }: Messages): string {
  const frame = frameOf(ground.box);
  const path = (points: Path, close: boolean): string =>
    `M${points.map(([x, y]) => frame.at(x, y).map(short).join(" ")).join("L")}${close ? "Z" : ""}`;
  const land = ground.land.map((ring) => path(ring, true)).join("");
  const lines = ground.boundaries.map((line) => path(line, false)).join("");
  // The best founded lie on top.
  const marks = report.incidents.toReversed().map((incident, i) => {
    const { longitudeDeg, latitudeDeg } = incident.place;
    const [x, y] = frame.at(longitudeDeg, latitudeDeg);
    const words = `${report.incidents.length - i}. ${incident.title}: ${incident.place.text}; ${incident.stateTitle}`;
    return `<g class="mark ${incident.state}"><title>${esc(words)}</title>${shapeOf(incident.state, x, y)}</g>`;
  });
  return `<svg class="where" viewBox="0 0 ${WIDTH} ${frame.heightPx}" role="img" aria-label="${esc(say("mapLabel"))}">
<rect class="sea" width="${WIDTH}" height="${frame.heightPx}"/><path class="land" d="${land}"/><path class="line" d="${lines}"/>
${marks.join("")}${labels(report, frame)}</svg>`;
}

const short = (value: number): string => value.toFixed(1);

/** By shape as well as by colour: a ring, a disk, a diamond, a square. */
export function shapeOf(state: string, x: number, y: number): string {
  const [px, py] = [short(x), short(y)];
  switch (state) {
    case "reported":
      return `<circle class="ring" cx="${px}" cy="${py}" r="5"/>`;
    case "located":
      return `<circle cx="${px}" cy="${py}" r="5"/>`;
    case "corroborated":
      return `<path d="M${px} ${short(y - 8)}L${short(x + 8)} ${py}L${px} ${short(y + 8)}L${short(x - 8)} ${py}Z"/>`;
    default:
      return `<rect x="${short(x - 6.5)}" y="${short(y - 6.5)}" width="13" height="13"/>`;
  }
}

/** Names where they fit, the best founded first. */
function labels({ incidents }: DailyReport, frame: Frame): string {
  const taken: { x: number; y: number; w: number }[] = [];
  return incidents
    .map(({ place }, i) => {
      const name = `${i + 1} ${place.settlement ?? ""}`.trim();
      const [x, y] = frame.at(place.longitudeDeg, place.latitudeDeg);
      const w = 7 * name.length + 6;
      const spots = [
        { x: x + 11, y: y + 4 },
        { x: x - 11 - w, y: y + 4 },
        { x: x + 8, y: y - 9 },
        { x: x + 8, y: y + 18 },
        { x: x - w - 4, y: y - 9 },
        { x: x - w - 4, y: y + 18 },
      ];
      const isFree = (spot: { x: number; y: number }): boolean =>
        spot.x > 2 &&
        spot.x + w < WIDTH - 2 &&
        taken.every((other) => Math.abs(other.y - spot.y) > 13 || spot.x > other.x + other.w || spot.x + w < other.x);
      const spot = spots.find(isFree);
      if (spot === undefined) return "";
      taken.push({ ...spot, w });
      return `<text x="${short(spot.x)}" y="${short(spot.y)}">${esc(name)}</text>`;
    })
    .join("");
}
