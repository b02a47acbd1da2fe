/**
 * One change to an incident by somebody: tried on the incident as their nation has it, written, and looked at again. What they could not
 * see they do not change: the rules are those of the fold, over their view.
 */
import type { Json } from "@vedette/core/record/hash";
import { type Marking, narrowest } from "@vedette/core/record/marking";
import type { Interval } from "@vedette/core/time/instant";
import type { CaseEvent, Refusal } from "@vedette/core/verify/incident";
import { tryEvent } from "@vedette/core/verify/incident-fold";
import type { IncidentOne } from "@vedette/wire/api-incidents";
import { refusalText } from "../engine/cases/refusal-words.ts";
import type { IncidentView } from "../workspace/queries.ts";
import { ApiProblem } from "./api-problem.ts";
import { type Asked, found, momentOf } from "./asked.ts";
import { incidentFor } from "./shown.ts";

export interface Act {
  readonly type: string;
  readonly body: { readonly [key: string]: Json };
  /** Incidents that it names, as the asker has them; the first is the one that is answered with. */
  readonly views: readonly IncidentView[];
  /** When it happened; now where left out. */
  readonly at?: Interval;
  /** Of what else it rests on: evidence. */
  readonly markings?: readonly Marking[];
  /** The incident that it makes. */
  readonly makes?: string;
}

export interface Done {
  readonly event: string;
  readonly incident: IncidentOne;
}

/** @throws ApiProblem 409 where somebody was faster, 422 where the rules refuse it */
export async function perform(asked: Asked, act: Act): Promise<Done> {
  const { workspace, actor, now, nation } = asked;
  const { type, body, views, at = momentOf(now) } = act;
  const incidents = new Map(views.map(({ id, incident }) => [id, incident]));
  const trial: CaseEvent = {
    id: "tried",
    node: "",
    sequence: 0,
    type,
    typeVersion: 1,
    at,
    recordedAt: now,
    actor,
    body,
  };
  const decision = tryEvent({ incidents, refused: [], ignored: new Map(), withoutBody: [] }, trial);
  if (decision.code === "ignored") throw new RangeError(`no event of incidents: ${type}`);
  if (decision.code === "refused") throw await refused(asked, decision.refusal, views[0]);
  const marking = narrowest([...views.map((view) => view.marking), ...(act.markings ?? [])]);
  const [header] = await workspace.store.append([{ type, typeVersion: 1, at, actor, marking, body }]);
  if (header === undefined) throw new Error("the store gave no header back");
  await folded(asked, header);
  const id = act.makes ?? views[0]?.id ?? "";
  const view = found(await workspace.queries.incident(nation, id));
  if (view.incident.history.some(({ event }) => event === header.id))
    return { event: header.id, incident: await incidentFor(asked, view) };
  // It stands in the log without effect.
  throw new ApiProblem("conflict", "somebody changed it meanwhile: read it anew", {
    changed: await incidentFor(asked, view),
  });
}

/** @throws ApiProblem 503 where it is written, and not yet to be read */
export async function folded(
  { workspace: { projector } }: Asked,
  event: { readonly node: string; readonly sequence: number },
): Promise<void> {
  if (await projector.until(event)) return;
  throw new ApiProblem(
    "busy",
    "it is recorded, and not yet to be read: read it again soon",
    {},
    { "retry-after": "2" },
  );
}

/** Found in the meantime, and not by what was sent. */
const MEANWHILE: readonly Refusal["code"][] = ["already-there"];

async function refused(asked: Asked, refusal: Refusal, view: IncidentView | undefined): Promise<ApiProblem> {
  if (refusal.code === "unknown-incident") return new ApiProblem("not-found", "");
  const code = MEANWHILE.includes(refusal.code) ? "conflict" : "cannot-be-done";
  const changed = view === undefined ? {} : { changed: await incidentFor(asked, view) };
  return new ApiProblem(code, refusalText(refusal), code === "conflict" ? changed : {});
}
