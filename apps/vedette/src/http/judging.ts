/** What verifying and assessing rest on: the incident's evidence and the agreement, as the asker's nation has them. */
import { draftsOfAgreement } from "@vedette/core/agreement/advance";
import { editionNamed } from "@vedette/core/agreement/edition";
import type { AssessmentGate } from "@vedette/core/agreement/waiting";
import type { Json } from "@vedette/core/record/hash";
import type { Marking } from "@vedette/core/record/marking";
import { instant, isoOf } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident } from "@vedette/core/verify/incident";
import { factsOf } from "@vedette/core/verify/incident-facts";
import { independentOf } from "@vedette/core/verify/incident-independent";
import { askedUnder, gateOf } from "../engine/cases/clocks.ts";
import { PROGRAM } from "../engine/cases/detect.ts";
import { relaysIn } from "../engine/cases/rates.ts";
import type { EvidenceView, IncidentView } from "../workspace/queries.ts";
import { ApiProblem } from "./api-problem.ts";
import type { Asked } from "./asked.ts";
import { allOf, recordFor } from "./book.ts";
import type { Kit } from "./kit.ts";
import { instantAsked, notValid } from "./lists.ts";

type Basis = { readonly [key: string]: Json };

export async function evidenceOf({ workspace, nation }: Asked, incident: string): Promise<EvidenceView[]> {
  return allOf((page) => workspace.queries.evidenceOf(nation, incident, page));
}

const itemsById = (views: readonly EvidenceView[]): ReadonlyMap<string, Evidence> =>
  new Map(views.map(({ item }) => [item.id, item]));

/** @throws ApiProblem naming what is not there for the asker */
export async function markingsOfEvidence({ workspace, nation }: Asked, ids: readonly string[]): Promise<Marking[]> {
  const views = await Promise.all(ids.map((id) => workspace.queries.evidenceItem(nation, id)));
  const missing = ids.findIndex((_, i) => views[i] === undefined);
  if (missing >= 0) throw notValid(`/body/evidence/${missing}`, "no such evidence");
  return views.flatMap((view) => (view === undefined ? [] : [view.marking]));
}

/** On towards corroborated, where the evidence carries it. */
export async function nextStep(kit: Kit, asked: Asked, { incident }: IncidentView): Promise<Basis> {
  const { rules } = kit.taxonomy;
  if (incident.state === "reported")
    return { to: "located", located: { radiusKm: incident.where.radiusKm, withinKm: rules.locatedWithinKm } };
  if (incident.state !== "located")
    throw new ApiProblem("cannot-be-done", `${incident.state}: the next step is one of its own (verify, assess)`);
  const items = itemsById(await evidenceOf(asked, incident.id));
  const { counted } = independentOf(incident, items, relaysIn(kit.sources));
  return { to: "corroborated", independent: { count: counted.length, needed: rules.corroboratedBy, counted } };
}

const BACK: Readonly<Record<string, string>> = {
  located: "reported",
  corroborated: "located",
  verified: "corroborated",
  assessed: "verified",
  referred: "assessed",
};

export function stepBack({ state, cameFrom }: Incident): Basis {
  const to = cameFrom ?? BACK[state];
  if (to === undefined) throw new ApiProblem("cannot-be-done", `${state}: there is no step to undo`);
  return { to };
}

interface Ask {
  readonly party: string;
  readonly until: string;
}

/** @param ask whom; as the agreement says where left out */
export async function verifyBasis(
  kit: Kit,
  asked: Asked,
  view: IncidentView,
  ask: readonly Ask[] | undefined,
): Promise<Basis> {
  if (ask !== undefined) {
    const parties = ask.map(({ party, until }, i) => {
      const at = instantAsked(until, `/body/ask/${i}/until`);
      return { party, until: { start: at, end: instant(at + 1) } };
    });
    return { to: "verified", asked: parties };
  }
  const { book } = await recordFor(asked, view.id);
  const items = itemsById(await evidenceOf(asked, view.id));
  const parties = askedUnder(book, factsOf(view.incident, items, relaysIn(kit.sources)), asked.now);
  if (parties.length === 0)
    throw new ApiProblem(
      "cannot-be-done",
      "no agreement gives the parties a time: say whom you ask in `ask`, or an empty list",
    );
  return { to: "verified", asked: parties.map(({ party, until }) => ({ party, until: { ...until } })) };
}

interface Finding {
  readonly finding: string;
  readonly clauses?: readonly string[] | undefined;
  readonly agreement: { readonly id: string; readonly version: number };
}

/** @throws ApiProblem where replies are awaited by the agreement's own clocks, or it has no such clause */
export async function assessBasis(
  kit: Kit,
  asked: Asked,
  { id, incident }: IncidentView,
  { finding, clauses = [], agreement }: Finding,
): Promise<Basis> {
  const record = await recordFor(asked, id);
  const known = record.book.find(({ ref }) => ref.id === agreement.id && ref.version === agreement.version);
  if (known === undefined || editionNamed(record.book, known.ref).code !== "found") {
    const held = record.book.map(({ ref }) => `${ref.id}@${ref.version}`);
    throw notValid("/body/agreement", `was not adopted here; there is ${held.join(", ") || "none"}`);
  }
  const numbers = Object.values(known.agreement.clauses).map(({ number }) => number);
  const strange = clauses.findIndex((clause) => !numbers.includes(clause));
  if (strange >= 0) throw notValid(`/body/clauses/${strange}`, `no clause of it; it has ${numbers.join(", ")}`);
  const items = itemsById(await evidenceOf(asked, id));
  const facts = [factsOf(incident, items, relaysIn(kit.sources))];
  const marking = { owner: asked.nation, releasableTo: [], originatorControlled: true, use: asked.workspace.use };
  const situation = { agreement: agreement.id, incidents: facts, record, now: asked.now, actor: PROGRAM, marking };
  const gate = gateOf({ advances: [draftsOfAgreement(situation)], facts }, id, agreement.id);
  if (gate !== undefined && gate.code !== "open") throw new ApiProblem("cannot-be-done", gateText(gate));
  return { to: "assessed", finding, clauses: [...clauses], agreement: { ...known.ref } };
}

function gateText(gate: Exclude<AssessmentGate, { code: "open" }>): string {
  if (gate.code === "not-asked")
    return `the agreement gives these parties a time to reply, and their clocks have not started: ${gate.parties.join(", ")}`;
  const awaited = gate.for.map(({ party, until }) =>
    until === null ? `${party}, whose clock stands still` : `${party} until ${isoOf(until.latest)}`,
  );
  return `by the agreement's clocks replies are awaited: ${awaited.join(", ")}`;
}
