/**
 * `scene.czml`: the first day for CesiumJS. CZML 1.0: an array of packets, the first is the document.
 * Positions are metres, Earth-fixed; seconds count from the packet's epoch.
 */
import type { Result, Track, ZoneRow } from "@vedette/wire/result";
import { markingLine, nationNames, utcOf } from "./labels.ts";

/** Okabe and Ito's palette: nations told apart by colour-blind eyes too. Nations beyond it share the last, grey. */
const NATION_RGB = ["e69f00", "56b4e9", "009e73", "f0e442", "0072b2", "d55e00", "cc79a7", "999999"] as const;
const DAY_MS = 86_400_000;

type Rgba = readonly [number, number, number, number];

export function sceneCzml(result: Result): string {
  const { summary, tracks, stations, zones } = result;
  const startMs = Date.parse(summary.start);
  const endMs = Math.min(Date.parse(summary.end), startMs + DAY_MS);
  const colours = nationColours(result);
  const packets = [
    documentPacket(result, startMs, endMs),
    ...zones.flatMap(zonePackets),
    ...stations.map((station, i) => ({
      id: `station/${i}`,
      name: station.name,
      description: escaped(
        `${station.name}, ${nationNames(summary).get(station.nation) ?? station.nation}. ${markingLine(summary)}`,
      ),
      position: { cartographicDegrees: [station.longitudeDeg, station.latitudeDeg, 0] },
      point: {
        pixelSize: 6,
        color: { rgba: colours(station.nation, 255) },
        outlineWidth: 1,
        outlineColor: { rgba: [20, 20, 20, 255] },
      },
      label: labelOf(station.name),
    })),
    ...tracks.flatMap((track, i) =>
      satellitePacket(track, i, { startMs, endMs, rgba: colours(track.nation, 255), marking: markingLine(summary) }),
    ),
  ];
  return `[\n${packets.map((packet) => JSON.stringify(packet)).join(",\n")}\n]\n`;
}

function documentPacket({ summary }: Result, startMs: number, endMs: number): object {
  return {
    id: "document",
    name: `${markingLine(summary)}: ${summary.title}`,
    version: "1.0",
    description: escaped(
      `${markingLine(summary)}. ${summary.title}, first day. ${summary.software}; input ${summary.inputSha256}.`,
    ),
    clock: {
      interval: `${utcOf(startMs)}/${utcOf(endMs)}`,
      currentTime: utcOf(startMs),
      multiplier: 60,
      range: "LOOP_STOP",
      step: "SYSTEM_CLOCK_MULTIPLIER",
    },
  };
}

interface Scene {
  readonly startMs: number;
  readonly endMs: number;
  readonly rgba: Rgba;
  readonly marking: string;
}

/** None where not one position is known. `availability` leaves out what is unknown, so that nothing is drawn there. */
function satellitePacket(track: Track, i: number, { startMs, endMs, rgba, marking }: Scene): object[] {
  const { stepMs, rEcefKm } = track;
  const cartesian: number[] = [];
  const known: [number, number][] = [];
  const n = Math.min(Math.floor(rEcefKm.length / 3), Math.floor((endMs - startMs) / stepMs) + 1);
  for (let k = 0; k < n; k++) {
    const metres = [0, 1, 2].map((axis) => Math.round((rEcefKm[3 * k + axis] ?? Number.NaN) * 1000));
    if (metres.some(Number.isNaN)) continue;
    cartesian.push((k * stepMs) / 1000, ...metres);
    const run = known.at(-1);
    if (run && run[1] === k - 1) run[1] = k;
    else known.push([k, k]);
  }
  if (cartesian.length === 0) return [];
  const at = (k: number) => utcOf(startMs + k * stepMs);
  return [
    {
      id: `satellite/${i}`,
      name: track.satellite,
      description: escaped(`${track.satellite}, ${track.nation}. ${marking}`),
      availability: known.map(([from, to]) => `${at(from)}/${at(to)}`),
      position: {
        epoch: utcOf(startMs),
        referenceFrame: "FIXED",
        interpolationAlgorithm: "LAGRANGE",
        interpolationDegree: 5,
        cartesian,
      },
      point: { pixelSize: 5, color: { rgba } },
      path: {
        width: 1,
        leadTime: 0,
        trailTime: 1200,
        resolution: 60,
        material: { solidColor: { color: { rgba: [...rgba.slice(0, 3), 140] } } },
      },
      label: labelOf(track.satellite),
    },
  ];
}

function zonePackets(zone: ZoneRow): object[] {
  return zone.paths.map((path, i) => {
    const positions = { cartographicDegrees: path.flatMap(([lon, lat]) => [lon, lat, 0]) };
    const rgba = [214, 56, 100, 255];
    const shape = zone.closed
      ? { polygon: { positions, material: { solidColor: { color: { rgba: [214, 56, 100, 50] } } } } }
      : { polyline: { positions, width: 3, clampToGround: true, material: { solidColor: { color: { rgba } } } } };
    return { id: `zone/${zone.id}/${i}`, name: zone.name, ...shape };
  });
}

function labelOf(text: string): object {
  return {
    text,
    font: "11pt sans-serif",
    style: "FILL_AND_OUTLINE",
    outlineWidth: 2,
    horizontalOrigin: "LEFT",
    pixelOffset: { cartesian2: [9, 0] },
    distanceDisplayCondition: { distanceDisplayCondition: [0, 8_000_000] },
  };
}

function nationColours({ tracks, stations }: Result): (nation: string, alpha: number) => Rgba {
  const nations = [...new Set([...tracks, ...stations].map(({ nation }) => nation))];
  return (nation, alpha) => {
    const hex = NATION_RGB[Math.min(nations.indexOf(nation), NATION_RGB.length - 1)] ?? "999999";
    const channel = (i: number) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
    return [channel(0), channel(1), channel(2), alpha];
  };
}

/** Descriptions are HTML in CZML. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
