/** Patrol reports, claims and replies: forms that people fill in, as JSON; claims and replies also as tables. */
import type { Located } from "@vedette/core/geo/located";
import type { Interval } from "@vedette/core/time/instant";
import type { EvidenceSource } from "@vedette/wire/evidence-source";
import { type Claim, type FormName, formMisfitsOf, type PatrolReport, type Reply } from "@vedette/wire/patrol";
import { placeOf } from "./places.ts";
import { type CsvKind, columnsOf, gradeOf, type JsonKind, lacking, type Read, type Reading } from "./reader.ts";
import { Refused } from "./refusal.ts";
import type { ReadSetting } from "./setting.ts";
import { Times } from "./times.ts";

/** Where and when incidents happened, as the log has them: a reply may name no place of its own. */
export type IncidentPlaces = ReadonlyMap<string, { readonly where: Located; readonly kind: string }>;

type When = PatrolReport["at"];
type Position = PatrolReport["position"];
type Observation = PatrolReport["observations"][number];

/** How far off a sound may be that a patrol gives no distance for, where its table does not say. */
const EARSHOT_KM = 10;

export function patrolKind(setting: ReadSetting): JsonKind {
  const read = (value: unknown): Read => {
    const misfit = misfitOf("patrol-report", value);
    if (misfit !== undefined) return misfit;
    const report = value as PatrolReport;
    const source = sourceOf(setting, "patrol");
    if (source instanceof Refused) return source;
    const forms = new Forms(setting, source);
    const base = forms.placed(report.position, "position");
    if (base instanceof Refused) return base;
    return report.observations.map((each, i) => forms.observed(report, each, { base, at: `observations[${i}]` }));
  };
  return { form: "json", key: "reports", read };
}

export function claimKinds(setting: ReadSetting): { readonly csv: CsvKind; readonly json: JsonKind } {
  const read = (value: unknown): Read => {
    const misfit = misfitOf("claim", value);
    if (misfit !== undefined) return misfit;
    const claim = value as Claim;
    const source = sourceOf(setting, "claims", claim.party);
    if (source instanceof Refused) return source;
    const forms = new Forms(setting, source);
    const where = forms.placed(claim.place, "place");
    if (where instanceof Refused) return where;
    const when = forms.spanOf(claim.at, "at");
    if (when instanceof Refused) return when;
    const measured = { claim: claim.id, ...(claim.against !== undefined && { against: claim.against }) };
    return { ...forms.said("claim", claim), kind: claim.event ?? "unknown", where, when, measured };
  };
  return {
    json: { form: "json", key: "claims", read },
    csv: tableKind("claims", ["id", "latitude", "longitude", "date"], (cell) => read(claimOf(cell))),
  };
}

export function replyKinds(
  setting: ReadSetting,
  incidents: IncidentPlaces,
): { readonly csv: CsvKind; readonly json: JsonKind } {
  const read = (value: unknown): Read => {
    const misfit = misfitOf("reply", value);
    if (misfit !== undefined) return misfit;
    const reply = value as Reply;
    const source = sourceOf(setting, "replies", reply.party);
    if (source instanceof Refused) return source;
    const forms = new Forms(setting, source);
    const known = incidents.get(reply.incident);
    if (known === undefined) {
      const message = "answers an incident that this log does not have";
      return new Refused("unknown-incident", message, { column: "incident", value: reply.incident });
    }
    const where = reply.place === undefined ? known.where : forms.placed(reply.place, "place");
    if (where instanceof Refused) return where;
    const when = forms.spanOf(reply.at, "at");
    if (when instanceof Refused) return when;
    const measured = { reply: reply.id, incident: reply.incident, stance: reply.stance };
    return { ...forms.said("reply", reply), kind: known.kind, where, when, measured };
  };
  return {
    json: { form: "json", key: "replies", read },
    csv: tableKind("replies", ["id", "party", "incident", "date", "stance"], (cell) => read(replyOf(cell))),
  };
}

type Said = Pick<Claim, "original" | "text" | "language" | "files">;

class Forms {
  readonly #setting: ReadSetting;
  readonly #source: EvidenceSource;
  readonly #times: Times;

  constructor(setting: ReadSetting, source: EvidenceSource) {
    this.#setting = setting;
    this.#source = source;
    this.#times = new Times({ zone: source.time.zone ?? "UTC", latest: setting.latest });
  }

  placed(position: Position, path: string): Located | Refused {
    const columns = { latitude: `${path}.latitudeDeg`, longitude: `${path}.longitudeDeg` };
    const area = this.#setting.area ?? this.#source.area;
    const place = placeOf(position.latitudeDeg, position.longitudeDeg, columns, area);
    if (place instanceof Refused) return place;
    const { basis, radiusKm } = this.#source.place;
    const radius = position.accuracyM === undefined ? radiusKm.value : position.accuracyM / 1000;
    return { ...place, radiusKm: radius, basis, ...(position.name !== undefined && { name: position.name }) };
  }

  spanOf(when: When, path: string): Interval | Refused {
    if (typeof when === "string") return this.#times.moment(when, path);
    const from = this.#times.moment(when.from, `${path}.from`);
    if (from instanceof Refused) return from;
    const to = this.#times.moment(when.to, `${path}.to`);
    if (to instanceof Refused) return to;
    if (to.end > from.start) return { start: from.start, end: to.end };
    return new Refused("time", "ends before it starts", { column: path, value: `${when.from} to ${when.to}` });
  }

  said(form: "claim" | "reply", { original, text, language, files }: Said): Omit<Reading, "where" | "when" | "kind"> {
    const { id, operator } = this.#source;
    return {
      form,
      origin: { source: id, operator: operator.id, ...(original !== undefined && { original }) },
      grade: gradeOf(this.#source),
      ...(text !== undefined && { text }),
      ...(language !== undefined && { language }),
      ...(files !== undefined && files.length > 0 && { files }),
    };
  }

  observed(report: PatrolReport, each: Observation, { base, at }: { base: Located; at: string }): Reading | Refused {
    const when = this.spanOf(each.at ?? report.at, each.at === undefined ? "at" : `${at}.at`);
    if (when instanceof Refused) return when;
    const where = each.place === undefined ? this.#around(base, each) : this.placed(each.place, `${at}.place`);
    if (where instanceof Refused) return where;
    const { text, language, files, direction } = each;
    const { id, operator } = this.#source;
    return {
      form: this.#source.form,
      kind: each.event,
      where,
      when,
      origin: { source: id, operator: operator.id, sensor: report.observer ?? report.patrol, original: report.id },
      grade: gradeOf(this.#source),
      ...(text !== undefined && { text }),
      ...(language !== undefined && { language }),
      ...(direction !== undefined && { direction }),
      ...(files !== undefined && files.length > 0 && { files }),
      measured: {
        patrol: report.patrol,
        by: each.by,
        ...(each.count !== undefined && { count: each.count }),
        ...(each.weapon !== undefined && { weapon: each.weapon }),
        ...(each.distanceKm !== undefined && { distanceKm: each.distanceKm }),
      },
    };
  }

  /** Somewhere about the patrol as far as it can tell: a bearing is recorded, and not followed to whoever fired. */
  #around(base: Located, { by, event, distanceKm, distancePlusMinusKm }: Observation): Located {
    if (distanceKm === undefined && by !== "heard") return base;
    const earshot = this.#source.detects[event]?.withinKm ?? EARSHOT_KM;
    const reach = distanceKm === undefined ? earshot : distanceKm + (distancePlusMinusKm ?? distanceKm / 2);
    return { ...base, radiusKm: base.radiusKm + reach };
  }
}

/** The table of a party, by the party's id; of the patrols, the one that enters by that feed. */
function sourceOf(
  { sources }: ReadSetting,
  feed: "patrol" | "claims" | "replies",
  party?: string,
): EvidenceSource | Refused {
  for (const source of sources.values()) {
    const isOfFeed = source.enters?.some((entry) => entry.feed === feed) ?? false;
    if (isOfFeed && (party === undefined || source.party === party)) return source;
  }
  const message =
    party === undefined ? `no table of a source enters by ${feed}` : "no table of a source for this party";
  return new Refused("unknown-source", message, party === undefined ? {} : { column: "party", value: party });
}

function misfitOf(name: FormName, value: unknown): Refused | undefined {
  const [first] = formMisfitsOf(name, value);
  if (first === undefined) return undefined;
  const found = first.path
    .split("/")
    .slice(1)
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
  const column = first.path.slice(1).replaceAll("/", ".");
  return new Refused("kind", `${first.message} (form ${name})`, {
    ...(column !== "" && { column }),
    ...(found !== undefined && { value: found }),
  });
}

/** A table of claims or replies is a form a row. */
function tableKind(what: string, needed: readonly string[], read: (cell: (name: string) => string) => Read): CsvKind {
  return {
    form: "csv",
    open(header) {
      const columns = columnsOf(header);
      const missing = lacking(columns, needed);
      if (missing !== undefined) return `no table of ${what}: ${missing}`;
      return (cells) => read((name) => (cells[columns.get(name) ?? -1] ?? "").trim());
    },
  };
}

const claimOf = (cell: (name: string) => string): unknown => ({
  kind: "claim",
  party: cell("party"),
  ...said(cell),
  place: positionOf(cell),
  ...optional("event", cell("event") || cell("kind")),
  ...optional("against", cell("against")),
  ...optional("original", cell("url") || cell("original")),
});

const replyOf = (cell: (name: string) => string): unknown => ({
  kind: "reply",
  party: cell("party"),
  ...said(cell),
  incident: cell("incident"),
  stance: cell("stance"),
  ...(cell("latitude") !== "" && { place: positionOf(cell) }),
});

const said = (cell: (name: string) => string) => ({
  id: cell("id"),
  at:
    cell("time") === ""
      ? cell("date")
      : `${cell("date")}T${cell("time")}${/(Z|[+-]\d\d:?\d*)$/.test(cell("time")) ? "" : "Z"}`,
  ...optional("text", cell("text")),
  ...optional("language", cell("language")),
});

const positionOf = (cell: (name: string) => string): unknown => ({
  latitudeDeg: numberIn(cell("latitude")),
  longitudeDeg: numberIn(cell("longitude")),
  ...(cell("accuracy_m") !== "" && { accuracyM: numberIn(cell("accuracy_m")) }),
  ...optional("name", cell("place")),
});

/** What is no number stays as it was found, so that it is shown. */
const numberIn = (text: string): unknown => (text !== "" && Number.isFinite(Number(text)) ? Number(text) : text);
const optional = (key: string, value: string) => (value === "" ? {} : { [key]: value });
