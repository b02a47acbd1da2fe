/** A small network: three nations, four missions, one of them planned; enough for every rule of dependence. */
import type { Figure, Mission, Network, Sensor } from "../src/network/network.ts";

export const sourced = (value: number): Figure => ({ value, source: "a paper" });
export const assumed = (value: number): Figure => ({ value, assumed: "an estimate" });

export const sensorOf = (change: Partial<Sensor> = {}): Sensor => ({
  name: "Camera",
  kind: "optical",
  band: { angle: "offNadir", minDeg: sourced(0), maxDeg: assumed(45) },
  side: "both",
  swathKm: sourced(20),
  resolutionM: assumed(1),
  minSunElevationDeg: sourced(10),
  stoppedByCloud: true,
  dutyS: assumed(600),
  settleS: assumed(12),
  rateMbps: sourced(800),
  ...change,
});

const missionOf = (change: Partial<Mission>): Mission => ({
  name: "Mission",
  nation: "AAA",
  operator: "an operator",
  sensors: ["camera"],
  memoryGbit: assumed(500),
  downlinkMbps: sourced(300),
  stations: ["north"],
  processing: "aaa-centre",
  ...change,
});

const stationOf = (nation: string) => ({
  name: "Station",
  nation,
  operator: "an operator",
  latitudeDeg: 70,
  longitudeDeg: 20,
  heightM: sourced(10),
  maskDeg: assumed(5),
  antennas: sourced(2),
});

export const NETWORK: Network = {
  nations: { AAA: { name: "A" }, BBB: { name: "B" }, CCC: { name: "C" }, DDD: { name: "without assets" } },
  sensors: {
    camera: sensorOf(),
    radar: sensorOf({
      name: "Radar",
      kind: "radar",
      band: { angle: "incidence", minDeg: assumed(20), maxDeg: assumed(60) },
      side: "right",
      stoppedByCloud: false,
    }),
  },
  missions: {
    own: missionOf({
      satellites: {
        "own-1": { name: "Own 1", catalogueNumber: 101 },
        "own-2": { name: "Own 2", catalogueNumber: 102, nation: "BBB", operator: "another" },
      },
    }),
    // Down by A's station alone, although it is B's.
    guest: missionOf({
      nation: "BBB",
      processing: "bbb-centre",
      satellites: { "guest-1": { name: "Guest", catalogueNumber: 103 } },
    }),
    // Either way down will do.
    relayed: missionOf({
      nation: "CCC",
      sensors: ["camera", "radar"],
      stations: ["south"],
      relays: ["high"],
      processing: "bbb-centre",
      satellites: { "relayed-1": { name: "Relayed", catalogueNumber: 104 } },
    }),
    planned: missionOf({
      name: "Planned",
      nation: "CCC",
      stations: ["north", "south"],
      satellites: { "planned-0": { name: "Forerunner", catalogueNumber: 105 } },
      walker: {
        satellites: 6,
        planes: 3,
        phasing: 1,
        pattern: "delta",
        altitudeKm: assumed(560),
        inclinationDeg: assumed(53),
      },
    }),
  },
  stations: { north: stationOf("AAA"), south: stationOf("BBB") },
  relays: {
    high: {
      name: "Relay",
      nation: "CCC",
      operator: "an operator",
      catalogueNumber: 201,
      rateMbps: sourced(600),
      terminals: sourced(1),
    },
  },
  processing: {
    "aaa-centre": { name: "A's", nation: "AAA", operator: "an operator", latencyMin: assumed(30) },
    "bbb-centre": { name: "B's", nation: "BBB", operator: "an operator", latencyMin: sourced(60) },
  },
};
