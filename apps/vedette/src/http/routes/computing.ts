/** What is begun as a job: the nation's daily report, clocks brought forward, an exercise played many times. */

import { DailyAsked } from "@vedette/wire/api-agreement";
import { WorkspaceParams } from "@vedette/wire/api-common";
import { ExerciseAsked, JobOne } from "@vedette/wire/api-jobs";
import { runClocks } from "../../engine/cases/clocks.ts";
import { softwareName } from "../../engine/version.ts";
import { loadPlan } from "../../exercise/load.ts";
import { playMany } from "../../exercise/monte-carlo.ts";
import { assumptionsOf } from "../../exercise/report/assumed.ts";
import { resultOf } from "../../exercise/report/result-of.ts";
import { jsonOf } from "../../exercise/report/write.ts";
import { makeDaily } from "../../report/daily/write.ts";
import { WRITE_PROBLEMS } from "../answers.ts";
import { askedOf } from "../asked.ts";
import { needRole, whoOf } from "../auth/who.ts";
import { shippedExercises } from "../exercises.ts";
import type { JobResult } from "../jobs.ts";
import type { Kit } from "../kit.ts";
import { notValid } from "../lists.ts";
import { JOB_THREADS } from "../results.ts";
import type { App } from "../service.ts";

const PATH = "/workspaces/:workspace";

export function computingRoutes(app: App, kit: Kit): void {
  daily(app, kit);
  clocks(app, kit);
  exercises(app, kit);
}

const file = (name: string, type: string, text: string): JobResult => ({
  name,
  type,
  bytes: new TextEncoder().encode(text),
});

function daily(app: App, kit: Kit): void {
  app.post(
    `${PATH}/daily-reports`,
    {
      schema: {
        operationId: "makeDailyReport",
        summary: "Write the daily report of what your nation is given: a job with daily.html and daily.json",
        tags: ["reports"],
        params: WorkspaceParams,
        body: DailyAsked,
        response: { 202: JobOne, ...WRITE_PROBLEMS },
      },
    },
    (request, reply) => {
      const { workspace, nation } = askedOf(request, kit);
      const { date, zone = "Europe/Kyiv", language = "en" } = request.body;
      if (!isDate(date)) throw notValid("/body/date", "no such day");
      if (!isZone(zone)) throw notValid("/body/zone", "no such time zone");
      reply.code(202);
      return kit.jobs.begin(workspace.id, whoOf(request).signedIn.person, "daily-report", async () => {
        const { html, json } = await makeDaily({ store: workspace.store, date, zone, language, nation });
        return [file("daily.html", "text/html; charset=utf-8", html), file("daily.json", "application/json", json)];
      });
    },
  );
}

const isDate = (date: string): boolean => {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
};

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function clocks(app: App, kit: Kit): void {
  app.post(
    `${PATH}/clocks/advance`,
    {
      schema: {
        operationId: "advanceClocks",
        summary: "Start, correct and stop clocks and draft notices, as far as that follows by itself: a job",
        tags: ["agreement"],
        params: WorkspaceParams,
        response: { 202: JobOne, ...WRITE_PROBLEMS },
      },
    },
    (request, reply) => {
      const { workspace } = askedOf(request, kit);
      const { signedIn } = needRole(request, "analyst", "verifier", "assessor", "national-representative");
      reply.code(202);
      return kit.jobs.begin(workspace.id, signedIn.person, "clocks", async () => {
        await runClocks(workspace.store, kit.sources, workspace.clock());
        await workspace.projector.catchUp();
        // How many would count what others have.
        return [];
      });
    },
  );
}

function exercises(app: App, kit: Kit): void {
  app.post(
    `${PATH}/exercises`,
    {
      schema: {
        operationId: "playExercise",
        summary: "Play a shipped exercise many times: a job with exercise.json",
        tags: ["scenario"],
        params: WorkspaceParams,
        body: ExerciseAsked,
        response: { 202: JobOne, ...WRITE_PROBLEMS },
      },
    },
    (request, reply) => {
      const { workspace } = askedOf(request, kit);
      const { signedIn } = needRole(request, "analyst", "verifier", "collection-manager", "administrator");
      const { exercise, runs, seed = 1 } = request.body;
      if (!shippedExercises().includes(exercise))
        throw notValid("/body/exercise", `no such exercise; there is ${shippedExercises().join(", ")}`);
      reply.code(202);
      return kit.jobs.begin(workspace.id, signedIn.person, "exercise", async ({ signal, at }) => {
        const plan = await loadPlan(exercise);
        const campaign = await playMany({
          plans: [plan],
          runs,
          seed,
          threads: JOB_THREADS,
          signal,
          onProgress: ({ done, total }) => at(done / Math.max(1, total), `${done} of ${total} runs`),
        });
        const command = `vedette exercise ${exercise} --runs ${runs} --seed ${seed}`;
        const told = { command, software: softwareName(), assumed: assumptionsOf(plan) };
        const result = resultOf({ ...told, campaign, plans: [plan], variants: [null] });
        return [file("exercise.json", "application/json", jsonOf(result))];
      });
    },
  );
}
