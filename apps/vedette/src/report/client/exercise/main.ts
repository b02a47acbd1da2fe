/** Starts the exercise's page: unpacks the data, draws everything once, then follows the reader. */
import { placeOf } from "../chart-frame.ts";
import { drawMisses, drawStages } from "./bars.ts";
import { drawAreas, drawKinds } from "./curves.ts";
import { type Network, unpackExercise } from "./data.ts";
import { drawCalibration, drawTornado } from "./judged.ts";
import { createReplay } from "./replay.ts";

async function start(): Promise<void> {
  const data = await unpackExercise(placeOf("data").textContent ?? "");
  const { charts } = data;
  const replay = createReplay(data);
  const chosen = (): Network => {
    const select = document.getElementById("network") as HTMLSelectElement | null;
    return (charts.networks[Number(select?.value ?? 0)] ?? charts.networks[0]) as Network;
  };
  const drawAll = (): void => {
    const network = chosen();
    drawKinds(charts, network);
    drawAreas(charts, network);
    drawStages(network);
    drawMisses(network);
    drawCalibration(network);
    drawTornado(charts);
    replay?.redraw();
  };
  placeOf("controls").addEventListener("change", drawAll);
  drawAll();
  followSurroundings(drawAll);
  document.documentElement.dataset["ready"] = "true";
}

/** Width, colour scheme and print change what is drawn. */
function followSurroundings(drawAll: () => void): void {
  let width = document.body.clientWidth;
  let waiting = 0;
  new ResizeObserver(() => {
    if (document.body.clientWidth === width) return;
    width = document.body.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 120);
  }).observe(document.body);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  matchMedia("print").addEventListener("change", drawAll);
}

start().catch((error: unknown) => {
  const notice = placeOf("failed");
  notice.hidden = false;
  notice.append(` (${error instanceof Error ? error.message : String(error)})`);
  throw error;
});
