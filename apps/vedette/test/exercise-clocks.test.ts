/** The agreement's clocks in an exercise: what is met and what is overrun can be told beforehand from the staff, and the log reads by itself. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { EMPTY_RECORD, recordOf } from "@vedette/core/agreement/record";
import { Exercise } from "@vedette/core/exercise/exercise";
import { scoreOf } from "@vedette/core/exercise/score/score";
import { foldCases, inCaseOrder } from "@vedette/core/verify/incident-fold";
import { loadPlan } from "../src/exercise/load.ts";
import { sceneOf } from "../src/exercise/scene/scene-of.ts";
import { InputError } from "../src/problem.ts";
import { SHIPPED_ROOT } from "../src/scenario/paths.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vedette-clocks-"));
});
after(() => rm(folder, { recursive: true }));

const SHIPPED = join(SHIPPED_ROOT, "scenarios", "exercises", "two-posts.yaml");
const HOUR = 3_600_000;

/** Small arms, hard by the line of contact, seen by both posts at once; staff whose times are certain. */
async function played(
  name: string,
  headquarters: string,
  change: (text: string) => string = (text) => text,
): Promise<Exercise> {
  const path = join(folder, `${name}.yaml`);
  const text = (await readFile(SHIPPED, "utf8"))
    .replaceAll("latitudeDeg: 48", "latitudeDeg: 48.05")
    .replaceAll("longitudeDeg: 37", "longitudeDeg: 37.37")
    .replace("radiusKm: 45", "radiusKm: 4")
    .replace("taxonomy: explosion, perDay: 3", "taxonomy: fire-small-arms, perDay: 4")
    .replaceAll("everyS: 14400", "everyS: 0")
    .replace("days: 4", "days: 6")
    .replace(/headquarters:[\s\S]*$/, `headquarters:\n  owner: EUE\n${headquarters}`);
  await writeFile(path, change(text));
  const scene = sceneOf(await loadPlan(path));
  const run = new Exercise(scene, 11, { keepsLog: true });
  run.advance(Number.POSITIVE_INFINITY);
  return run;
}

const ALWAYS = (people: number): string => `[{ fromHour: 0, toHour: 24, people: ${people} }]`;
const WORK = "{ meanS: 60, law: fixed }";
const staff = (signers: number, agreement = "paris-illustration"): string => `  agreement: ${agreement}
  analysts: ${ALWAYS(9)}
  verifiers: ${ALWAYS(9)}
  signers: ${ALWAYS(signers)}
  analysis: ${WORK}
  verification: ${WORK}
  assessment: ${WORK}
  signing: ${WORK}
`;

test("with people enough every warning is signed within minutes, and assessments wait for the parties' twelve hours", async () => {
  const run = await played("enough", staff(9));
  const { clocks, verifiedIncidents, spent } = scoreOf(run);
  assert.ok(verifiedIncidents > 10);
  assert.equal(clocks.overrun, 0);
  assert.ok(clocks.met >= verifiedIncidents, "one warning each, and wider responses beside them");
  assert.ok(clocks.marginHours / clocks.met > 20);
  const passages = [...run.headquarters.passages.values()].filter(({ assessedMs }) => !Number.isNaN(assessedMs));
  assert.ok(passages.length > 8);
  for (const { corroboratedMs, verifiedMs, repliesMs, assessedMs } of passages) {
    assert.ok(verifiedMs - corroboratedMs === 60_000, "one minute's work");
    // Asked a minute after the corroboration, when the duty officer has signed.
    assert.ok(repliesMs - corroboratedMs > 12 * HOUR && repliesMs - corroboratedMs < 12.1 * HOUR, `${repliesMs}`);
    assert.equal(assessedMs - repliesMs, 60_000);
  }
  assert.equal(spent.replies.count, spent["second-person"].count);
});

test("with nobody who signs every warning is overrun after a day, the parties are never asked, and nothing is assessed", async () => {
  const run = await played("nobody", staff(0));
  const { clocks, verifiedIncidents } = scoreOf(run);
  assert.ok(verifiedIncidents > 10);
  assert.deepEqual([clocks.met, clocks.noticesSigned], [0, 0]);
  assert.ok(clocks.overrun > verifiedIncidents / 2 && clocks.overrun + clocks.other === clocks.started);
  assert.ok([...run.headquarters.passages.values()].every(({ assessedMs }) => Number.isNaN(assessedMs)));
});

test("two people sign what needs two, and neither wrote it", async () => {
  const run = await played("two", staff(9));
  const signed = Map.groupBy(
    run.headquarters.log.events.flatMap(({ draft }) => (draft.type === "notice.signed" ? [draft] : [])),
    ({ body }) => String((body as { notice: string }).notice),
  );
  const counts = new Set([...signed.values()].map((own) => new Set(own.map(({ actor }) => actor)).size));
  assert.deepEqual([...counts].sort(), [1, 2], "warnings by one, wider consultations by two");
  for (const own of signed.values()) assert.ok(own.every(({ actor }) => actor.startsWith("person:s-")));
});

test("the log folds by itself: no event of a clock, a notice or an incident is refused", async () => {
  const run = await played("fold", staff(2));
  const events = run.headquarters.log.events.map(({ draft, recordedAt }, sequence) => ({
    ...draft,
    id: `${sequence}`,
    node: "n",
    sequence,
    recordedAt,
  }));
  const record = recordOf(events, EMPTY_RECORD);
  assert.deepEqual(record.refused, []);
  assert.equal(record.book[0]?.ref.id, "paris-illustration");
  const own = [...record.clocks.values()].filter(({ party }) => party === undefined);
  assert.equal(own.length, scoreOf(run).clocks.started);
  assert.ok([...record.clocks.values()].some(({ party }) => party !== undefined));
  const cases = foldCases(events.sort(inCaseOrder));
  assert.deepEqual(cases.refused, []);
  assert.ok([...cases.incidents.values()].some(({ assessment }) => assessment?.clauses.includes("1(a)")));
});

test("a run that was stopped and taken up again, restored, and a fork, go on to the same hash with their clocks", async () => {
  // So many, of a kind that may be shelling, that what one touches depends on what was before it.
  const whole = await played("whole", staff(1), (text) =>
    text
      .replace("taxonomy: fire-small-arms, perDay: 4", "taxonomy: explosion, perDay: 60")
      .replace("days: 6", "days: 3"),
  );
  const run = new Exercise(whole.scene, 11);
  run.advance(whole.scene.startMs + 1.3 * 24 * HOUR);
  const saved = run.snapshot();
  const fork = run.fork();
  fork.advance(Number.POSITIVE_INFINITY);
  run.advance(Number.POSITIVE_INFINITY);
  assert.equal(run.headquarters.log.hash, whole.headquarters.log.hash);
  assert.equal(fork.headquarters.log.hash, whole.headquarters.log.hash);
  run.restore(saved);
  run.advance(Number.POSITIVE_INFINITY);
  assert.equal(run.headquarters.log.hash, whole.headquarters.log.hash);
  assert.deepEqual(scoreOf(fork), scoreOf(whole));
});

test("incidents that follow each other in one place are one breach: far fewer wider responses than warnings", async () => {
  const run = await played("series", staff(9));
  const started = run.headquarters.log.events.flatMap(({ draft }) =>
    draft.type === "clock.started" ? [String((draft.body as { of: string }).of)] : [],
  );
  const count = (of: string): number => started.filter((one) => one === of).length;
  assert.ok(count("warning") > 10);
  assert.ok(
    count("wider-response") >= 1 && count("wider-response") <= count("warning") / 4,
    `${count("wider-response")}`,
  );
});

test("an agreement that does not ship is named with its line; none is none", async () => {
  await assert.rejects(played("unknown", staff(1, "paris-ilustration")), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.problems[0]?.message ?? "", /no agreement "paris-ilustration".*paris-illustration/);
    return true;
  });
  const run = await played("none", staff(1, "none"));
  assert.equal(scoreOf(run).clocks.started, 0);
  assert.ok(![...run.headquarters.log.events].some(({ draft }) => draft.type.startsWith("clock.")));
});
