/** What had happened, was seen, was said and was verified by a minute of the run: drawn on the map, and counted. */
import { PLACE_STEP_DEG, type ReplayColumns, type ReplayInfo } from "../../replay-packed.ts";
import type { Frame, Ground } from "../map-frame.ts";

export type Layers = Readonly<Record<"breaches" | "incidents" | "reports" | "movers" | "fixed", boolean>>;

/** The run with its places in km, projected once. */
export interface Scene {
  readonly info: ReplayInfo;
  readonly columns: ReplayColumns;
  readonly xy: Readonly<Record<"track" | "fixed" | "breach" | "report" | "incident", Float32Array>>;
}

export interface RunPaint {
  readonly context: CanvasRenderingContext2D;
  readonly frame: Frame;
  readonly scene: Scene;
  readonly nowMin: number;
  readonly layers: Layers;
  readonly colours: Readonly<Record<"truth" | "known" | "report" | "mover" | "wrong" | "fixed", string>>;
  readonly halo: string;
}

/** A breach fades within a day, an incident within two; reports are shown for three hours, tracks for one. */
const BREACH_MIN = 1440;
const INCIDENT_MIN = 2880;
const RECENT_MIN = 180;
const TRACK_MIN = 60;

export function sceneOf(info: ReplayInfo, columns: ReplayColumns, { projection }: Ground): Scene {
  const projected = (lat: Int32Array, lon: Int32Array): Float32Array => {
    const out = new Float32Array(2 * lat.length);
    for (let i = 0; i < lat.length; i++) {
      out.set(projection.project((lon[i] ?? 0) * PLACE_STEP_DEG, (lat[i] ?? 0) * PLACE_STEP_DEG), 2 * i);
    }
    return out;
  };
  return {
    info,
    columns,
    xy: {
      track: projected(columns.trackLat, columns.trackLon),
      fixed: projected(columns.fixedLat, columns.fixedLon),
      breach: projected(columns.breachLat, columns.breachLon),
      report: projected(columns.reportLat, columns.reportLon),
      incident: projected(columns.incidentLat, columns.incidentLon),
    },
  };
}

export function drawRun(paint: RunPaint): void {
  const { layers } = paint;
  if (layers.fixed) drawFixed(paint);
  if (layers.movers) drawTracks(paint);
  if (layers.reports) drawReports(paint);
  if (layers.breaches) drawBreaches(paint);
  if (layers.incidents) drawIncidents(paint);
  if (layers.movers) drawMovers(paint);
  paint.context.globalAlpha = 1;
}

/** First index whose minute is later; columns of minutes rise. */
function countUntil(minutes: Int32Array, nowMin: number): number {
  let [low, high] = [0, minutes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((minutes[middle] ?? 0) <= nowMin) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether what comes so long after (plus one; 0: never) has come. */
const isPast = (afterPlus1: number | undefined, beganMin: number, nowMin: number): boolean =>
  afterPlus1 !== undefined && afterPlus1 > 0 && beganMin + afterPlus1 - 1 <= nowMin;

export function countsAt({ columns, info }: Scene, nowMin: number): Record<string, number> {
  const n = countUntil(columns.breachMin, nowMin);
  let [seen, verified, out] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const began = columns.breachMin[i] ?? 0;
    if (isPast(columns.breachSeenAfter[i], began, nowMin)) seen++;
    if (isPast(columns.breachVerifiedAfter[i], began, nowMin)) verified++;
  }
  const at = Math.min(info.samples - 1, Math.floor(nowMin / info.sampleMin));
  for (let m = 0; m < info.movers.length; m++) if ((columns.trackPhase[m * info.samples + at] ?? 0) > 0) out++;
  const scale = (count: number, thinned: { all: number; shown: number }): number =>
    thinned.shown === 0 ? 0 : Math.round((count * thinned.all) / thinned.shown);
  return {
    breaches: scale(n, info.breaches),
    seen: scale(seen, info.breaches),
    verified: scale(verified, info.breaches),
    reports: scale(countUntil(columns.reportMin, nowMin), info.reports),
    incidents: scale(countUntil(columns.incidentMin, nowMin), info.incidents),
    out,
  };
}

function drawFixed({ context, frame, scene, colours }: RunPaint): void {
  context.fillStyle = colours.fixed;
  context.globalAlpha = 0.55;
  const { fixed } = scene.xy;
  for (let i = 0; i < fixed.length; i += 2)
    context.fillRect(frame.xPx(fixed[i] ?? 0) - 1, frame.yPx(fixed[i + 1] ?? 0) - 1, 2, 2);
}

function drawReports({ context, frame, scene, nowMin, colours }: RunPaint): void {
  const { reportMin } = scene.columns;
  const { report } = scene.xy;
  context.fillStyle = colours.report;
  for (let i = countUntil(reportMin, nowMin - RECENT_MIN); i < reportMin.length; i++) {
    const age = nowMin - (reportMin[i] ?? 0);
    if (age < 0) return;
    context.globalAlpha = 0.25 + 0.65 * (1 - age / RECENT_MIN);
    context.fillRect(frame.xPx(report[2 * i] ?? 0) - 2, frame.yPx(report[2 * i + 1] ?? 0) - 2, 4, 4);
  }
}

function drawBreaches({ context, frame, scene, nowMin, colours }: RunPaint): void {
  const { breachMin, breachKind, breachSeenAfter } = scene.columns;
  context.strokeStyle = colours.truth;
  context.fillStyle = colours.truth;
  for (let i = countUntil(breachMin, nowMin - BREACH_MIN); i < breachMin.length; i++) {
    const began = breachMin[i] ?? 0;
    if (began > nowMin) return;
    const isLarger = scene.info.kinds[breachKind[i] ?? 0]?.isLarger === true;
    const alpha = 1 - 0.85 * ((nowMin - began) / BREACH_MIN);
    context.beginPath();
    const [x, y] = [scene.xy.breach[2 * i] ?? 0, scene.xy.breach[2 * i + 1] ?? 0];
    context.arc(frame.xPx(x), frame.yPx(y), isLarger ? 8 : 3.5, 0, 2 * Math.PI);
    if (isPast(breachSeenAfter[i], began, nowMin)) {
      context.globalAlpha = 0.4 * alpha;
      context.fill();
    }
    context.globalAlpha = alpha;
    context.lineWidth = isLarger ? 2.4 : 1.2;
    context.stroke();
  }
}

function drawIncidents({ context, frame, scene, nowMin, colours }: RunPaint): void {
  const { incidentMin, incidentCorroboratedAfter, incidentVerifiedAfter, incidentFalse } = scene.columns;
  const { incident } = scene.xy;
  for (let i = countUntil(incidentMin, nowMin - INCIDENT_MIN); i < incidentMin.length; i++) {
    const began = incidentMin[i] ?? 0;
    if (began > nowMin) return;
    const isVerified = isPast(incidentVerifiedAfter[i], began, nowMin);
    if (!isVerified && !isPast(incidentCorroboratedAfter[i], began, nowMin)) continue;
    context.globalAlpha = 1 - 0.8 * ((nowMin - began) / INCIDENT_MIN);
    const [x, y] = [frame.xPx(incident[2 * i] ?? 0), frame.yPx(incident[2 * i + 1] ?? 0)];
    if (isVerified && incidentFalse[i] === 1) cross(context, x, y, colours.wrong);
    else diamond(context, x, y, { fill: isVerified, colour: colours.known });
  }
}

function diamond(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  { fill, colour }: { fill: boolean; colour: string },
): void {
  context.beginPath();
  context.moveTo(x, y - 5.5);
  context.lineTo(x + 5.5, y);
  context.lineTo(x, y + 5.5);
  context.lineTo(x - 5.5, y);
  context.closePath();
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  if (fill) context.fill();
  else context.stroke();
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2.4;
  context.beginPath();
  context.moveTo(x - 5, y - 5);
  context.lineTo(x + 5, y + 5);
  context.moveTo(x + 5, y - 5);
  context.lineTo(x - 5, y + 5);
  context.stroke();
}

/** Where a mover is: between two samples on a straight line. */
function placeAt(
  { info, columns, xy }: Scene,
  m: number,
  minute: number,
): readonly [x: number, y: number, phase: number] {
  const t = Math.max(0, Math.min(info.samples - 1, minute / info.sampleMin));
  const i = m * info.samples + Math.floor(t);
  const j = Math.min(i + 1, (m + 1) * info.samples - 1);
  const part = t - Math.floor(t);
  const mix = (axis: 0 | 1): number => {
    const a = xy.track[2 * i + axis] ?? 0;
    return a + part * ((xy.track[2 * j + axis] ?? 0) - a);
  };
  return [mix(0), mix(1), columns.trackPhase[i] ?? 0];
}

function drawTracks({ context, frame, scene, nowMin, colours }: RunPaint): void {
  const { movers, sampleMin } = scene.info;
  context.strokeStyle = colours.mover;
  context.lineWidth = 1.2;
  context.globalAlpha = 0.45;
  for (let m = 0; m < movers.length; m++) {
    const [, , phase] = placeAt(scene, m, nowMin);
    if (phase === 0) continue;
    context.beginPath();
    for (let minute = nowMin - TRACK_MIN; minute < nowMin + sampleMin; minute += sampleMin) {
      const [x, y] = placeAt(scene, m, Math.max(0, Math.min(minute, nowMin)));
      context.lineTo(frame.xPx(x), frame.yPx(y));
    }
    context.stroke();
  }
}

function drawMovers({ context, frame, scene, nowMin, colours, halo }: RunPaint): void {
  context.fillStyle = colours.mover;
  context.strokeStyle = halo;
  context.lineWidth = 1.5;
  for (let m = 0; m < scene.info.movers.length; m++) {
    const [xKm, yKm, phase] = placeAt(scene, m, nowMin);
    const [bx, by] = placeAt(scene, m, nowMin - scene.info.sampleMin);
    const [x, y] = [frame.xPx(xKm), frame.yPx(yKm)];
    context.globalAlpha = phase === 0 ? 0.55 : 1;
    context.beginPath();
    if (phase === 0 || (bx === xKm && by === yKm)) context.rect(x - 2.5, y - 2.5, 5, 5);
    else arrow(context, x, y, Math.atan2(yKm - by, xKm - bx));
    context.stroke();
    context.fill();
  }
}

function arrow(context: CanvasRenderingContext2D, x: number, y: number, angle: number): void {
  const at = (length: number, turn: number): [number, number] => [
    x + length * Math.cos(angle + turn),
    y + length * Math.sin(angle + turn),
  ];
  context.moveTo(...at(7, 0));
  context.lineTo(...at(6, 2.5));
  context.lineTo(...at(2, Math.PI));
  context.lineTo(...at(6, -2.5));
  context.closePath();
}
