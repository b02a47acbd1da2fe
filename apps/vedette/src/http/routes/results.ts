/** The workspace's scenario: its summary, passes, coverage and ledger, as computed last; its network's platforms. */
import { instant, isoOf, parseInstant } from "@vedette/core/time/instant";
import { WorkspaceParams } from "@vedette/wire/api-common";
import { JobOne, ScenarioAsked } from "@vedette/wire/api-jobs";
import { Coverage, Ledger, PassesQuery, PassPage, PlatformList, ScenarioSummary } from "@vedette/wire/api-results";
import { coverageGeojson } from "../../report/files/coverage-geojson.ts";
import { loadScenario } from "../../scenario/load.ts";
import { shippedScenarios } from "../../scenario/paths.ts";
import { READ_PROBLEMS, WRITE_PROBLEMS } from "../answers.ts";
import { askedOf } from "../asked.ts";
import { needRole } from "../auth/who.ts";
import type { Kit } from "../kit.ts";
import { instantAsked, notValid } from "../lists.ts";
import { offsetPage } from "../offsets.ts";
import { passesWithin } from "../results.ts";
import type { App } from "../service.ts";

const PATH = "/workspaces/:workspace";
const tags = ["scenario"];

/** Where a workspace names none. */
const USUAL = "line-of-contact";

export function resultRoutes(app: App, kit: Kit): void {
  scenario(app, kit);
  rows(app, kit);
  platforms(app, kit);
}

function scenario(app: App, kit: Kit): void {
  app.post(
    `${PATH}/scenario`,
    {
      schema: {
        operationId: "computeScenario",
        summary: "Begin to compute what satellites can see of the zones: a job",
        tags,
        params: WorkspaceParams,
        body: ScenarioAsked,
        response: { 202: JobOne, ...WRITE_PROBLEMS },
      },
    },
    (request, reply) => {
      const asked = askedOf(request, kit);
      const { signedIn } = needRole(request, "analyst", "verifier", "collection-manager", "administrator");
      const { scenario: name = USUAL, start, days } = request.body;
      if (!shippedScenarios().includes(name))
        throw notValid("/body/scenario", `no such scenario; there is ${shippedScenarios().join(", ")}`);
      if (start !== undefined) instantAsked(start, "/body/start");
      const order = { scenario: name, ...(start !== undefined && { start }), ...(days !== undefined && { days }) };
      const { id } = asked.workspace;
      reply.code(202);
      return kit.jobs.begin(id, signedIn.person, "scenario", (watch) => kit.results.compute(id, order, watch));
    },
  );
  app.get(
    `${PATH}/scenario`,
    {
      schema: {
        operationId: "readScenario",
        summary: "The scenario's figures, as computed last",
        tags,
        params: WorkspaceParams,
        response: { 200: ScenarioSummary, ...READ_PROBLEMS },
      },
    },
    (request) => kit.results.of(askedOf(request, kit).workspace.id).summary,
  );
}

function rows(app: App, kit: Kit): void {
  app.get(
    `${PATH}/passes`,
    {
      schema: {
        operationId: "listPasses",
        summary: "Passes of satellites, earliest first",
        tags,
        params: WorkspaceParams,
        querystring: PassesQuery,
        response: { 200: PassPage, ...READ_PROBLEMS },
      },
    },
    (request) => {
      const result = kit.results.of(askedOf(request, kit).workspace.id);
      const { from, to, nation, kind } = request.query;
      const span = {
        ...(from !== undefined && { fromMs: instantAsked(from, "/query/from") }),
        ...(to !== undefined && { toMs: instantAsked(to, "/query/to") }),
      };
      return offsetPage(passesWithin(result, span, { nation, kind }), request.query, (pass) => {
        const { startMs, endMs, deliveredMs, kinds, ...shown } = pass;
        const delivered = deliveredMs === null ? null : isoOf(instant(deliveredMs));
        return { ...shown, kinds: [...kinds], start: isoOf(instant(startMs)), end: isoOf(instant(endMs)), delivered };
      });
    },
  );
  app.get(
    `${PATH}/coverage`,
    {
      schema: {
        operationId: "readCoverage",
        summary: "Coverage by cell, as GeoJSON",
        tags,
        params: WorkspaceParams,
        response: { 200: Coverage, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const text = coverageGeojson(kit.results.of(askedOf(request, kit).workspace.id));
      return reply.type("application/geo+json").serializer(String).send(text);
    },
  );
  app.get(
    `${PATH}/ledger`,
    {
      schema: {
        operationId: "readLedger",
        summary: "Who could see what, and why not: cell-hours by sensor kind",
        tags,
        params: WorkspaceParams,
        response: { 200: Ledger, ...READ_PROBLEMS },
      },
    },
    (request) => {
      const { ledger, cells, summary } = kit.results.of(askedOf(request, kit).workspace.id);
      const byKind = Object.entries(ledger).map(([kind, { observable, night, noPass, unknown, taken }]) => {
        const hours = [observable, night, noPass, unknown, taken].map((counts) => [...counts]);
        const [a = [], b = [], c = [], d = [], e = []] = hours;
        return [kind, { observable: a, night: b, noPass: c, unknown: d, taken: e }] as const;
      });
      return {
        start: isoOf(parseInstant(summary.start)),
        cells: cells.length,
        byKind: Object.fromEntries(byKind),
      };
    },
  );
}

/** Read once: files that ship do not change while the server runs. */
const platformsOf = async () => {
  const { network } = await loadScenario(USUAL);
  return Object.entries(network.missions).map(([mission, one]) => ({
    mission,
    name: one.name,
    nation: one.nation,
    operator: one.operator,
    kinds: [...new Set(one.sensors.flatMap((id) => network.sensors[id]?.kind ?? []))],
    satellites: one.walker?.satellites ?? Object.keys(one.satellites ?? {}).length,
    stations: [...one.stations],
  }));
};

function platforms(app: App, kit: Kit): void {
  let items: ReturnType<typeof platformsOf> | undefined;
  app.get(
    `${PATH}/platforms`,
    {
      schema: {
        operationId: "listPlatforms",
        summary: "Missions of the network: whose they are, what they carry, where they come down",
        tags,
        params: WorkspaceParams,
        response: { 200: PlatformList, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      askedOf(request, kit);
      items ??= platformsOf();
      return { items: await items };
    },
  );
}
