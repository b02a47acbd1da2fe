/** The ledger by hour. */
import { areaY, axisX, axisY, ruleY, text } from "@observablehq/plot";
import { dayText, drawInto, placeOf } from "./chart-frame.ts";
import type { Model } from "./model.ts";

const LEDGER_STATES = [
  ["taken", "look taken", "var(--taken)"],
  ["open", "observable, no look taken", "var(--accessible)"],
  ["night", "pass, but too dark", "var(--night)"],
  ["noPass", "no pass", "var(--nopass)"],
  ["unknown", "unknown", "url(#hatch)"],
] as const;

/** Cell-hours hour by hour, one band a sensor kind. */
export function drawLedger({ head }: Model): void {
  const n = head.cells.length;
  const kinds = head.kinds.filter(({ id }) => head.ledger[id] !== undefined);
  const rows = kinds.flatMap(({ id, name }) => {
    const hours = head.ledger[id];
    if (!hours) return [];
    return hours.observable.flatMap((observable, hour) => {
      const taken = hours.taken[hour] ?? 0;
      const shares = {
        taken,
        open: observable - taken,
        night: hours.night[hour] ?? 0,
        noPass: hours.noPass[hour] ?? 0,
        unknown: hours.unknown[hour] ?? 0,
      };
      const utc = new Date(head.startMs + hour * 3_600_000);
      return LEDGER_STATES.map(([state]) => ({ kind: name, utc, state, share: shares[state] / n }));
    });
  });
  const host = placeOf("chart-ledger");
  const everyDays = Math.max(1, Math.ceil(((head.hours / 24) * 78) / Math.max(100, host.clientWidth - 170)));
  drawInto(host, "Share of cells in each state, hour by hour, by sensor kind", {
    height: 28 + kinds.length * 96,
    marginLeft: 46,
    marginRight: 124,
    fy: { domain: kinds.map(({ name }) => name), label: null, axis: null, padding: 0.16 },
    x: { type: "utc", label: null },
    y: { percent: true, domain: [0, 100], label: null },
    color: { domain: LEDGER_STATES.map(([state]) => state), range: LEDGER_STATES.map(([, , colour]) => colour) },
    marks: [
      areaY(rows, {
        x: "utc",
        y: "share",
        fy: "kind",
        fill: "state",
        order: LEDGER_STATES.map(([state]) => state),
        curve: "step-after",
      }),
      axisY({ ticks: [0, 50, 100], tickSize: 0, label: null, tickFormat: (share: number) => `${share} %` }),
      axisX({
        ticks: `${everyDays} days`,
        tickSize: 4,
        label: null,
        tickFormat: (utc: Date) => dayText(utc.getTime()),
      }),
      text(kinds, {
        fy: "name",
        frameAnchor: "right",
        dx: 10,
        text: "name",
        textAnchor: "start",
        fontWeight: 600,
        fill: "currentColor",
      }),
      ruleY([0], { stroke: "var(--rule)" }),
    ],
  });
}
