/** `incident list` and `show` on a server. */
import type { Api } from "@vedette/client/api.generated";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";
import { Command } from "commander";
import { UsageError } from "../../problem.ts";
import { readTaxonomy } from "../../scenario/taxonomy.ts";
import { print } from "../log-options.ts";
import { shownLine } from "../terminal.ts";
import { type Connected, inWorkspace, type Server } from "./connect.ts";

type Head = Api["listIncidents"]["answer"]["items"][number];
export type One = Api["readIncident"]["answer"];

interface ListOptions {
  readonly area?: string;
  readonly from?: string;
  readonly to?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly text?: string;
  readonly most: string;
  readonly json?: true;
}

const PAGE = 500;

export function listCommand(server: Server): Command {
  return new Command("list")
    .description("incidents that your nation is given, last changed first")
    .option("--area <W,S,E,N>", "only within, degrees")
    .option("--from <INSTANT>", "only what may have happened at or after it, UTC")
    .option("--to <INSTANT>", "only what may have happened before it, UTC")
    .option("--kind <KIND,...>", "only these kinds of the taxonomy")
    .option("--state <STATE,...>", "only these states")
    .option("--text <WORDS>", "only where all of these words stand")
    .option("--most <N>", "at most so many", "1000")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  $ vedette --server http://127.0.0.1:8080 incident list --state corroborated,verified --from 2026-06-15T00:00Z",
    )
    .action(async (options: ListOptions) => {
      const most = Number(options.most);
      if (!Number.isInteger(most) || most < 1) throw new UsageError(`--most ${options.most}: expected a whole number`);
      const taxonomy = await readTaxonomy();
      const found = await inWorkspace(server, (at) => listed(at, options, most));
      if (options.json) return print(JSON.stringify(found, null, 1));
      print(found.length === 0 ? "no incidents" : found.map((one) => rowOf(one, taxonomy)).join("\n"));
    });
}

async function listed({ client, workspace }: Connected, options: ListOptions, most: number): Promise<Head[]> {
  const { area: bbox, from, to, kind, state, text } = options;
  const found: Head[] = [];
  for (let cursor: string | undefined; ; ) {
    const limit = Math.min(PAGE, most - found.length);
    const query = { bbox, from, to, kind, state, text, limit, cursor };
    const { items, next } = (await client.call("listIncidents", { path: { workspace: workspace.id }, query })).body;
    found.push(...items);
    if (next === null || found.length >= most) return found;
    cursor = next;
  }
}

function rowOf({ id, kind, state, where, when, probability01 }: Head, taxonomy: Taxonomy): string {
  const place = where.name ?? `${where.latitudeDeg.toFixed(3)}, ${where.longitudeDeg.toFixed(3)}`;
  return [
    id,
    state.padEnd(12),
    `${when.start.slice(0, 16)}Z`,
    titleOf(kind, taxonomy).padEnd(34).slice(0, 34),
    probability01 === null ? "  -" : probability01.toFixed(2).padStart(4),
    shownLine(place),
  ].join("  ");
}

/** A server may have kinds that this machine's taxonomy does not. */
const titleOf = (kind: string, taxonomy: Taxonomy): string =>
  taxonomy.has(kind) ? taxonomy.titleOf(kind, "en") : kind;

export function showCommand(server: Server): Command {
  return new Command("show")
    .description("one incident: what it rests on, who judged it, its whole history")
    .argument("<INCIDENT>", "its id")
    .option("--json", "print JSON")
    .action(async (id: string, { json }: { readonly json?: true }) => {
      const taxonomy = await readTaxonomy();
      const [incident, history] = await inWorkspace(server, async ({ client, workspace }) => {
        const path = { workspace: workspace.id, id };
        const [one, past] = await Promise.all([
          client.call("readIncident", { path }),
          client.call("readIncidentHistory", { path }),
        ]);
        return [one.body, past.body.items] as const;
      });
      if (json) return print(JSON.stringify({ ...incident, history }, null, 1));
      const steps = history.map(
        ({ recordedAt, actor, type, to, reason }) =>
          `  ${recordedAt}  ${actor}  ${to ?? type.replace("incident.", "")}: ${shownLine(reason)}`,
      );
      print([...linesOf(incident, taxonomy), "history", ...steps].join("\n"));
    });
}

function linesOf(incident: One, taxonomy: Taxonomy): string[] {
  const { id, version, kind, where, when, state, mergedInto, marking, verifiers, asked, replies, assessment } =
    incident;
  const { counted = [], needed } = incident.corroboration ?? {};
  const given = marking.releasableTo === "all" ? "all" : [marking.owner, ...marking.releasableTo].join(", ");
  return [
    `${id}: ${titleOf(kind, taxonomy)}`,
    `state        ${state}${mergedInto === undefined ? "" : `, merged into ${mergedInto}`} (version ${version})`,
    `where        ${shownLine(where.name ?? "")} ${where.latitudeDeg.toFixed(4)}, ${where.longitudeDeg.toFixed(4)} ± ${where.radiusKm} km (${where.basis})`,
    `when         ${when.start} to ${when.end}`,
    `given to     ${given}${marking.originatorControlled ? ", originator controlled" : ""}; ${marking.use}`,
    ...(needed === undefined ? [] : [`independent  ${counted.length}, of ${needed} needed`]),
    ...incident.links.map(
      ({ evidence, role }) => `  ${evidence}  ${role}${counted.includes(evidence) ? ", counts" : ""}`,
    ),
    ...(verifiers.length === 0 ? [] : [`verified by  ${verifiers.join(", ")}`]),
    ...asked.map(({ party, until }) => `asked        ${party} until ${until.end}`),
    ...replies.map(({ party, recordedAt }) => `reply        ${party}, recorded ${recordedAt}`),
    ...(assessment === undefined
      ? []
      : [
          `assessed     ${assessment.finding} ${assessment.clauses.join(", ")} by ${assessment.by}, under ${assessment.agreement.id} ${assessment.agreement.version}`,
        ]),
  ].map((line) => line.trimEnd());
}
