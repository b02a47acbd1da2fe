/** A whole small scenario in a temporary folder, for tests to break in one place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";

export const SCENARIO = `kind: scenario
title: A small scenario
start: 2026-06-15T00:00:00Z
days: 2
h3Resolution: 6
network: network.yaml
catalogues: [elements.tle]
zones: zones.yaml
requests: requests.yaml
`;

export const NETWORK = `kind: network
about: { title: A small network }
sources:
  leaflet: { title: The operator's leaflet }
nations:
  FRA: { name: France }
  USA: { name: United States }
sensors:
  camera:
    name: Camera
    kind: optical
    band:
      angle: offNadir
      minDeg: { value: 0, source: leaflet }
      maxDeg: { value: 30, source: leaflet }
    side: both
    swathKm: { value: 20, source: leaflet }
    resolutionM: { value: 0.5, source: leaflet }
    minSunElevationDeg: { value: 10, assumed: usual }
    stoppedByCloud: true
    dutyS: { value: 600, assumed: usual }
    settleS: { value: 5, assumed: usual }
    rateMbps: { value: 900, assumed: usual }
missions:
  eye:
    name: Eye
    nation: FRA
    operator: An operator
    sensors: [camera]
    memoryGbit: { value: 500, assumed: usual }
    downlinkMbps: { value: 300, source: leaflet }
    stations: [north]
    processing: centre
    satellites:
      eye-1: { name: Eye 1, catalogueNumber: 25544 }
stations:
  north:
    name: North
    nation: USA
    operator: An operator
    latitudeDeg: 70
    longitudeDeg: 20
    heightM: { value: 100, source: leaflet }
    maskDeg: { value: 5, source: leaflet }
    antennas: { value: 1, assumed: usual }
processing:
  centre:
    name: Centre
    nation: FRA
    operator: An operator
    latencyMin: { value: 30, assumed: usual }
`;

export const ZONES = `kind: zones
about: { title: Small zones }
zones:
  line:
    name: A line
    bufferKm: 10
    line:
      - { latitudeDeg: 48, longitudeDeg: 37 }
      - { latitudeDeg: 48.5, longitudeDeg: 37.5 }
`;

export const REQUESTS = `kind: requests
about: { title: Small requests }
requests:
  daily: { zone: line, nation: FRA, kinds: [optical], resolutionM: 1, revisitH: 24, latencyH: 12, priority: 1 }
`;

/** The elements of the example in Celestrak's description of the format (ISS, September 2008), moved to 14 June 2026. */
const LINE_1 = "1 25544U 98067A   26165.51782528 -.00002182  00000-0 -11606-4 0  292";
const LINE_2 = "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537";

/** Adds the checksum of a TLE line: the sum of its digits, a minus counting one, modulo ten. */
function checked(line: string): string {
  const body = line.slice(0, 68).padEnd(68);
  const sum = [...body].reduce((total, char) => total + (char === "-" ? 1 : Number(char) || 0), 0);
  return `${body}${sum % 10}`;
}

export const ELEMENTS = `${checked(LINE_1)}\n${checked(LINE_2)}\n`;

export const FILES: Readonly<Record<string, string>> = {
  "scenario.yaml": SCENARIO,
  "network.yaml": NETWORK,
  "zones.yaml": ZONES,
  "requests.yaml": REQUESTS,
  "elements.tle": ELEMENTS,
};

/** An empty folder that goes away with the test. */
export function temporaryFolder(t: Pick<TestContext, "after">): string {
  const folder = mkdtempSync(join(tmpdir(), "vedette-test-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes the small scenario with some files replaced or added; returns the folder. */
export function writeScenario(
  t: Pick<TestContext, "after">,
  changed: Readonly<Record<string, string | Buffer>> = {},
): string {
  const folder = temporaryFolder(t);
  for (const [name, content] of Object.entries({ ...FILES, ...changed })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Line and column, from 1, at which `needle` begins: found by searching the text, not by the reader under test. */
export function placeIn(text: string, needle: string): { line: number; column: number } {
  const offset = text.indexOf(needle);
  if (offset < 0) throw new Error(`the fixture does not hold ${needle}`);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
