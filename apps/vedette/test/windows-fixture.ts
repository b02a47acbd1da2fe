/** `vedette windows` asked in this process, and what every answer owes. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { windowsCommand } from "../src/cli/windows.ts";
import type { CountJson, UnknownJson, WindowJson } from "../src/cli/windows-rows.ts";

export const CATALOGUE = fileURLToPath(new URL("../../../data/catalogues/imaging-2026-06-14.csv", import.meta.url));
export const START = "2026-06-15T00:00:00.000Z";
export const KHARKIV = "49.99,36.23";

export interface Answer {
  readonly span: { readonly start: string; readonly end: string };
  readonly sites: readonly { readonly site: string; readonly heightM: number }[];
  readonly constraints: Readonly<Record<string, unknown>>;
  readonly relays: readonly { readonly catalogueNumber: number }[];
  readonly windows: readonly WindowJson[];
  readonly unknown: readonly UnknownJson[];
  readonly counts: readonly CountJson[];
}

export const callOf = (
  asked: readonly string[],
  { catalogue = CATALOGUE, site = KHARKIV, days = "1" } = {},
): string[] => [...["windows", "--catalogue", catalogue, "--site", site, "--start", START, "--days", days], ...asked];

/** What the command prints, in this process. */
export async function printed(argv: readonly string[]): Promise<string> {
  let out = "";
  const command = windowsCommand().configureOutput({
    writeOut(text) {
      out += text;
    },
  });
  await command.parseAsync(argv.slice(1), { from: "user" });
  return out;
}

/** The answer of `--json`; what every answer owes is checked here. */
export async function answer(asked: readonly string[], settings: Parameters<typeof callOf>[1] = {}): Promise<Answer> {
  const found: Answer = JSON.parse(await printed([...callOf(asked, settings), "--json"]));
  const spanS = (Date.parse(found.span.end) - Date.parse(found.span.start)) / 1000;
  for (const pair of found.counts) {
    const ofPair = (row: WindowJson | UnknownJson) =>
      row.catalogueNumber === pair.catalogueNumber && row.site === pair.site;
    const windows = found.windows.filter(ofPair);
    assert.equal(windows.length, pair.windows);
    assert.ok(Math.abs(total(windows) - pair.windowS) < 1e-6);
    assert.ok(Math.abs(total(found.unknown.filter(ofPair)) - pair.unknownS) < 1e-6);
    assert.ok(Math.abs(pair.windowS + pair.unknownS + pair.noS - spanS) < 1e-6, "in = windows + unknown + no");
  }
  return found;
}

export const total = (rows: readonly { readonly durationS: number }[]): number =>
  rows.reduce((sum, { durationS }) => sum + durationS, 0);

/** Stretches joined where they touch: `start/end`. */
export function joined(rows: readonly WindowJson[]): string[] {
  const out: { start: string; end: string }[] = [];
  for (const { start, end } of rows.toSorted((a, b) => a.start.localeCompare(b.start))) {
    const last = out.at(-1);
    if (last !== undefined && start <= last.end) last.end = end > last.end ? end : last.end;
    else out.push({ start, end });
  }
  return out.map(({ start, end }) => `${start}/${end}`);
}
