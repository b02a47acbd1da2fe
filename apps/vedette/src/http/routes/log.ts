/** The log as the asker's nation may read it, and the nations that take part. */
import { isoOf } from "@vedette/core/time/instant";
import { WorkspaceParams } from "@vedette/wire/api-common";
import { LogPage, LogQuery, NationList } from "@vedette/wire/api-log";
import { READ_PROBLEMS } from "../answers.ts";
import { askedOf } from "../asked.ts";
import type { Kit } from "../kit.ts";
import { pageAsked, pageShown, spanShown, whereWhenAsked } from "../lists.ts";
import type { App } from "../service.ts";
import { markingShown } from "../shown.ts";

const PATH = "/workspaces/:workspace";

export function logRoutes(app: App, kit: Kit): void {
  app.get(
    `${PATH}/log`,
    {
      schema: {
        operationId: "readLog",
        summary: "What was written down, latest first: headers, without what would count the rest",
        tags: ["log"],
        params: WorkspaceParams,
        querystring: LogQuery,
        response: { 200: LogPage, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const { workspace, nation } = askedOf(request, kit);
      const { type, from, to } = request.query;
      const times = whereWhenAsked({ from, to });
      const filter = {
        ...(type !== undefined && { type }),
        ...(times.from !== undefined && { from: times.from }),
        ...(times.to !== undefined && { to: times.to }),
      };
      const page = await workspace.queries.log(nation, filter, pageAsked(request.query));
      return pageShown(page, ({ at, recordedAt, marking, ...entry }) => ({
        ...entry,
        at: spanShown(at),
        recordedAt: isoOf(recordedAt),
        marking: markingShown(marking),
      }));
    },
  );
  app.get(
    `${PATH}/nations`,
    {
      schema: {
        operationId: "listNations",
        summary: "Who takes part",
        tags: ["workspace"],
        params: WorkspaceParams,
        response: { 200: NationList, ...READ_PROBLEMS },
      },
    },
    (request) => {
      const { workspace, nation } = askedOf(request, kit);
      const names = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
      const nameOf = (code: string): string => {
        const two = TWO_LETTERS[code];
        return two === undefined ? code : (names.of(two) ?? code);
      };
      return {
        own: nation,
        items: [...workspace.nations].sort().map((code) => ({ nation: code, name: nameOf(code) })),
      };
    },
  );
}

/** ISO 3166-1 alpha-2, by which the platform knows names: of Europe and those who took part in Paris in January 2026. */
const TWO_LETTERS: Readonly<Record<string, string>> = {
  AUS: "AU",
  AUT: "AT",
  BEL: "BE",
  BGR: "BG",
  CAN: "CA",
  CHE: "CH",
  CYP: "CY",
  CZE: "CZ",
  DEU: "DE",
  DNK: "DK",
  ESP: "ES",
  EST: "EE",
  EUE: "EU",
  FIN: "FI",
  FRA: "FR",
  GBR: "GB",
  GRC: "GR",
  HRV: "HR",
  HUN: "HU",
  IRL: "IE",
  ISL: "IS",
  ITA: "IT",
  JPN: "JP",
  LTU: "LT",
  LUX: "LU",
  LVA: "LV",
  MLT: "MT",
  NLD: "NL",
  NOR: "NO",
  NZL: "NZ",
  POL: "PL",
  PRT: "PT",
  ROU: "RO",
  SVK: "SK",
  SVN: "SI",
  SWE: "SE",
  TUR: "TR",
  UKR: "UA",
  USA: "US",
};
