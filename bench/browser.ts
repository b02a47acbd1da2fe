/** The same core and the same kernel in a browser: the system's Chromium, headless. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const CHROMIUM = process.env["VEDETTE_CHROMIUM"] ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Runs in the page: `frames` of the whole sky, seconds of the median one. */
const PAGE = `
import { kernelOf } from "@vedette/kernel/kernel";
import { swarmOf } from "@vedette/core/orbit/swarm";
globalThis.frameSeconds = (satellites, startMs, frames) => {
  const kernel = kernelOf(globalThis);
  if (kernel === undefined) throw new Error("no SIMD in this browser");
  const swarm = swarmOf(satellites, kernel);
  // A page's clock ticks coarsely: ten frames are timed together.
  const seconds = Array.from({ length: frames }, (_, f) => {
    const start = performance.now();
    for (let k = 0; k < 10; k++) swarm.statesAt(startMs + (10 * f + k) * 16_667);
    return (performance.now() - start) / 10_000;
  }).sort((a, b) => a - b);
  const { rEcefKm } = swarm.statesAt(startMs);
  return { seconds: seconds[frames >> 1], known: rEcefKm.filter((km) => !Number.isNaN(km)).length / 3 };
};
`;

export const hasBrowser = (): boolean => existsSync(CHROMIUM);

/** Median seconds of a frame, satellites made ready before. @throws where fewer are known than are not fallen */
export async function frameInBrowser(satellites: readonly MeanElements[], startMs: number): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: fileURLToPath(new URL("../apps/vedette", import.meta.url)) },
    bundle: true,
    write: false,
    format: "esm",
    // satellite.js names them in parts that are not used here, and that are gone from the bundle.
    external: ["node:*"],
    minify: true,
    logLevel: "silent",
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ type: "module", content: outputFiles[0]?.text ?? "" });
    await page.waitForFunction(() => "frameSeconds" in globalThis);
    const measured = await page.evaluate(
      ([all, start]) => (globalThis as unknown as InPage).frameSeconds(all, start, 20),
      [satellites, startMs] as const,
    );
    if (measured.known < 0.99 * satellites.length)
      throw new Error(`the browser knows only ${measured.known} satellites`);
    return measured.seconds;
  } finally {
    await browser.close();
  }
}

interface InPage {
  frameSeconds(
    satellites: readonly MeanElements[],
    startMs: number,
    frames: number,
  ): { seconds: number; known: number };
}
