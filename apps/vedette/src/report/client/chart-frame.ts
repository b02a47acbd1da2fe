/** What the charts share: they fill their figure, follow its width, and name themselves for those who do not see them. */
import { type PlotOptions, plot } from "@observablehq/plot";

/** Draws `options` into a figure's `[data-plot]` place. Colours come from the style sheet through `var(--…)`. */
export function drawInto(host: Element, label: string, options: PlotOptions): void {
  const chart = plot({
    width: Math.max(260, host.clientWidth),
    style: {
      background: "transparent",
      color: "inherit",
      fontFamily: "inherit",
      fontSize: "11.5px",
      overflow: "visible",
    },
    ...options,
  });
  // The picture is named as a whole; names of its parts have no role to stand on.
  for (const part of chart.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", label);
  host.replaceChildren(chart);
}

/** The place of a chart; a page without it has a bug. */
export function placeOf(id: string): HTMLElement {
  const place = document.getElementById(id);
  if (place === null) throw new Error(`the page has no #${id}`);
  return place;
}

/** `Mon 15 Jun`, UTC. */
export function dayText(utcMs: number): string {
  return new Date(utcMs).toLocaleDateString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}

/** `06:30`, UTC. */
export function clockText(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(11, 16);
}
