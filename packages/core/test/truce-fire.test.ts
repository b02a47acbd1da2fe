/** Fire is replayed exactly, and what is added to a world changes nothing of the rest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Fire, type FireRun, simulateFire } from "../src/exercise/truce/fire.ts";
import { Rows } from "../src/exercise/truce/rows.ts";
import { shiftedKm } from "../src/exercise/truce/shift.ts";
import type { FireSpec, View } from "../src/exercise/truce/spec.ts";
import { DAY_MS, fireSpec, STEADY } from "./truce-fixture.ts";

const SPAN = { fromMs: -2 * DAY_MS, toMs: 5 * DAY_MS };
const run = (changes: Partial<FireRun> = {}): FireRun => ({
  seed: 1,
  regime: STEADY,
  span: SPAN,
  views: [],
  ...changes,
});

/** Every event as a line of text: who, when, where, what. */
function linesOf({ events, sources }: Fire, keep: (source: string, row: number) => boolean = () => true): string[] {
  const lines: string[] = [];
  for (let i = 0; i < events.tMs.length; i++) {
    const source = sources[events.source[i] as number] as string;
    if (!keep(source, i)) continue;
    const { tMs, sKm, yKm, kind, side, strength, engagement, member } = events;
    lines.push([source, tMs[i], sKm[i], yKm[i], kind[i], side[i], strength[i], engagement[i], member[i]].join(" "));
  }
  return lines;
}

const simulated = (spec: FireSpec, changes: Partial<FireRun> = {}) => simulateFire(spec, run(changes));

test("the same seed, the same bytes; another seed, another world", () => {
  const [a, b, c] = [simulated(fireSpec()), simulated(fireSpec()), simulated(fireSpec(), { seed: 2 })];
  assert.ok(a.events.tMs.length > 500, `${a.events.tMs.length} events`);
  for (const name of Object.keys(a.events) as (keyof typeof a.events)[]) {
    assert.deepEqual(a.events[name].buffer, b.events[name].buffer, name);
  }
  assert.notDeepEqual(linesOf(a), linesOf(c));
});

test("events come in the order of time, inside the span and on the line", () => {
  const { events } = simulated(fireSpec());
  for (let i = 0; i < events.tMs.length; i++) {
    const t = events.tMs[i] as number;
    assert.ok(Number.isInteger(t) && t >= SPAN.fromMs && t < SPAN.toMs && t >= (events.tMs[i - 1] ?? t));
    assert.ok((events.sKm[i] as number) >= 0 && (events.sKm[i] as number) <= 100);
  }
});

test("a hot spot more changes no event of any other source", () => {
  const spec = fireSpec();
  const more = { ...spec, hotSpots: [{ id: "new", atKm: 50, spreadKm: 2, perDay: 15 }, ...spec.hotSpots] };
  const [before, after] = [simulated(spec), simulated(more)];
  assert.deepEqual(
    linesOf(after, (source) => !source.endsWith("hot-spot/new")),
    linesOf(before),
  );
  assert.ok(after.events.tMs.length > before.events.tMs.length);
});

test("a longer line changes nothing on what was there, a longer span nothing in the time that was there", () => {
  const spec = fireSpec();
  const own = (source: string) => /hot-spot|segment\/[0-4]$/.test(source);
  const inner = (fire: Fire) => linesOf(fire, (source, row) => own(source) && (fire.events.sKm[row] as number) < 90);
  const [short, long] = [simulated(spec), simulated({ ...spec, lineKm: 160 })];
  assert.deepEqual(inner(long), inner(short));
  const later = simulated(spec, { span: { ...SPAN, toMs: 9 * DAY_MS } });
  assert.deepEqual(
    linesOf(later, (_, row) => (later.events.tMs[row] as number) < SPAN.toMs),
    linesOf(short),
  );
});

test("a camera moves the engagements that it would see, whole, and no other", () => {
  const view: View = { atKm: 20, reachKm: 3 };
  const [before, after] = [simulated(fireSpec()), simulated(fireSpec(), { views: [view] })];
  const [old, now] = [byEngagement(before), byEngagement(after)];
  assert.deepEqual([...now.keys()].sort(), [...old.keys()].sort());
  let moved = 0;
  for (const [key, rows] of now) {
    const was = old.get(key) as Row[];
    assert.deepEqual(rows.map(inside), was.map(inside), `${key} is the same inside`);
    const seen = Math.abs((was[0] as Row).sKm - view.atKm) < view.reachKm;
    if (!seen) assert.deepEqual(rows, was, `${key} is out of view and stays`);
    else if ((rows[0] as Row).sKm !== (was[0] as Row).sKm) {
      moved++;
      assert.ok(Math.abs((rows[0] as Row).sKm - view.atKm) >= view.reachKm, `${key} moved out of view`);
    }
  }
  const inView = [...old.values()].filter((rows) => Math.abs((rows[0] as Row).sKm - 20) < 3).length;
  assert.ok(Math.abs(moved / inView - 0.5) < 0.15, `${moved} of ${inView} moved, half are expected to`);
});

interface Row {
  readonly member: number;
  readonly tMs: number;
  readonly sKm: number;
  readonly yKm: number;
  readonly kind: number;
  readonly side: number;
}
const inside = ({ member, tMs, yKm, kind, side }: Row) => [member, tMs, yKm, kind, side];

/** Engagements whose first event lies in the span, by source and number; first event first. */
function byEngagement({ events, sources }: Fire): Map<string, Row[]> {
  const all = new Map<string, Row[]>();
  for (let i = 0; i < events.tMs.length; i++) {
    const key = `${sources[events.source[i] as number]} ${events.engagement[i]}`;
    const row = Object.fromEntries(
      (["member", "tMs", "sKm", "yKm", "kind", "side"] as const).map((name) => [name, events[name][i] as number]),
    ) as unknown as Row;
    all.set(
      key,
      [...(all.get(key) ?? []), row].sort((a, b) => a.member - b.member),
    );
  }
  return all;
}

test("property: who moves begins out of every view and on the line, or stays where there is no such place", () => {
  const km = fc.double({ min: 0, max: 100, noNaN: true });
  const u = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const view = fc.record({ atKm: km, reachKm: fc.double({ min: 0.1, max: 20, noNaN: true }) });
  fc.assert(
    fc.property(km, fc.array(view, { maxLength: 6 }), u, u, u, (atKm, views, whether01, way01, far01) => {
      const luck = { whether01, way01, far01, lineKm: 100 };
      const to = shiftedKm(atKm, views, { chance01: 0.6, beyondKm: 3 }, luck);
      const seen = (x: number) => views.some((v) => Math.abs(v.atKm - x) < v.reachKm - 1e-9);
      if (whether01 >= 0.6 || !seen(atKm)) assert.equal(to, atKm);
      else assert.ok(to === atKm || (!seen(to) && to >= 0 && to <= 100), `${atKm} to ${to}`);
    }),
  );
});

test("rows grow, keep what they hold, and sort by time as a stable sort does", () => {
  const rows = new Rows({ tMs: "f64", id: "u32" } as const, 4);
  for (let i = 0; i < 5000; i++) {
    const row = rows.add();
    rows.columns.tMs[row] = ((i * 7919) % 1000) * 10_000_000 - 3_000_000_000;
    rows.columns.id[row] = i;
  }
  const expected = Array.from({ length: 5000 }, (_, i) => i).sort(
    (a, b) => (rows.columns.tMs[a] as number) - (rows.columns.tMs[b] as number),
  );
  const sorted = rows.taken(rows.orderBy(rows.columns.tMs));
  assert.deepEqual(Array.from(sorted.id), expected);
  assert.equal(sorted.tMs.length, 5000);
});
