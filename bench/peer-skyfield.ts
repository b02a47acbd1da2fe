/** Skyfield where it is installed: one Python process per job, which times its own work. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Site } from "@vedette/core/geo/position";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { linesOf } from "@vedette/core/orbit/lines";
import type { Interval } from "@vedette/core/time/instant";

const SCRIPT = fileURLToPath(new URL("peer-skyfield.py", import.meta.url));
const PROBE =
  "import skyfield, sgp4.api, importlib.metadata as m; " +
  "print(m.version('skyfield'), 'with sgp4', m.version('sgp4'), '(C++)' if sgp4.api.accelerated else '(pure Python)')";

export interface Skyfield {
  readonly python: string;
  /** Versions of Skyfield and of the SGP4 below it. */
  readonly version: string;
}

export interface SkyfieldAnswer {
  readonly seconds: number;
  /** Propagation: x, y, z, x, ... per satellite, km. Windows: [ms, 0 rise or 2 set] per pair. */
  readonly rows: readonly (readonly (number | readonly [number, number])[])[];
}

/** The first Python that has it: `$PYTHON`, Debian's, any. */
export function findSkyfield(): Skyfield | undefined {
  for (const python of [process.env["PYTHON"], "/usr/bin/python3", "python3"]) {
    if (python === undefined) continue;
    const { status, stdout } = spawnSync(python, ["-c", PROBE], { encoding: "utf8" });
    if (status === 0) return { python, version: stdout.trim() };
  }
  return undefined;
}

export interface PropagationJob {
  readonly satellites: readonly MeanElements[];
  readonly firstMs: number;
  readonly stepMs: number;
  readonly count: number;
  /** Every so many steps one is handed back, for comparison. */
  readonly every: number;
}

export function propagateBySkyfield(skyfield: Skyfield, job: PropagationJob): SkyfieldAnswer {
  return answerTo(skyfield, {
    ...job,
    task: "propagation",
    startMs: job.firstMs,
    satellites: job.satellites.map(lines),
  });
}

export function findEventsBySkyfield(
  skyfield: Skyfield,
  pairs: readonly { readonly elements: MeanElements; readonly site: Site }[],
  span: Interval,
  maskDeg: number,
): SkyfieldAnswer {
  return answerTo(skyfield, {
    task: "windows",
    satellites: pairs.map(({ elements }) => lines(elements)),
    sites: pairs.map(({ site }) => [site.latitudeDeg, site.longitudeDeg, site.heightM]),
    startMs: span.start,
    endMs: span.end,
    maskDeg,
  });
}

function answerTo({ python }: Skyfield, job: object): SkyfieldAnswer {
  const { status, stdout, stderr } = spawnSync(python, [SCRIPT], {
    input: JSON.stringify(job),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`Skyfield failed: ${stderr}`);
  return JSON.parse(stdout);
}

function lines(elements: MeanElements): readonly [string, string] {
  const found = linesOf(elements);
  if (found === undefined) throw new Error(`${elements.name}: two lines cannot hold its elements`);
  return found;
}
