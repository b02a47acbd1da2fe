/** The hours of a scenario's ledger as strips: what most of its cells were in each hour. */
import type { DailyReport } from "@vedette/wire/daily-report";
import type { LedgerByHour } from "@vedette/wire/result";
import type { DailyInput, LedgerOfDay } from "./input.ts";

type Strip = DailyReport["unseen"]["areas"][number];

/** The strongest first: it wins where two are alike. */
const STATES = [
  ["t", ({ taken }: LedgerByHour, hour: number) => taken[hour] ?? 0],
  ["o", ({ observable, taken }: LedgerByHour, hour: number) => (observable[hour] ?? 0) - (taken[hour] ?? 0)],
  ["u", ({ unknown }: LedgerByHour, hour: number) => unknown[hour] ?? 0],
  ["n", ({ night }: LedgerByHour, hour: number) => night[hour] ?? 0],
  ["x", ({ noPass }: LedgerByHour, hour: number) => noPass[hour] ?? 0],
] as const;

export const LEDGER_LETTERS: readonly string[] = STATES.map(([letter]) => letter);

export function ledgerStrips({ byKind, cells }: LedgerOfDay, { messages: { say } }: DailyInput): Strip[] {
  return Object.entries(byKind).map(([kind, byHour]) => {
    const hours = byHour.observable.map((_, hour) => {
      const most = STATES.map(([letter, of]) => ({ letter, count: of(byHour, hour) }));
      return most.reduce((a, b) => (b.count > a.count ? b : a)).letter;
    });
    const mean = ([letter, of]: (typeof STATES)[number]): [string, number] => {
      const sum = byHour.observable.reduce((total, _, hour) => total + of(byHour, hour), 0);
      return [letter, Math.round(sum / Math.max(1, cells))];
    };
    const title = say("unseen.ledger", { kind: say(`sensor.${kind}`) });
    return {
      id: `ledger-${kind}`,
      title,
      hours: hours.join(""),
      counts: Object.fromEntries(STATES.map(mean)),
      clearOnce: false,
    };
  });
}
