/** A party's reply, written down by one of the asker's people: as evidence of form `reply`, and as the answer to what was asked. */
import { createHash } from "node:crypto";
import type { Json } from "@vedette/core/record/hash";
import { instant } from "@vedette/core/time/instant";
import { refusalText } from "../engine/cases/refusal-words.ts";
import type { IncidentView } from "../workspace/queries.ts";
import { ApiProblem } from "./api-problem.ts";
import { type Asked, momentOf } from "./asked.ts";

export interface Reply {
  readonly party: string;
  readonly text?: string | undefined;
  readonly reason?: string | undefined;
}

/**
 * The evidence first: where the rest fails it stands alone, and the same again adds nothing.
 * @param key of the write: what was sent again is the same reply, what was said again another
 */
export async function replied(
  asked: Asked,
  view: IncidentView,
  { party, text, reason = "reply" }: Reply,
  key: string | undefined,
): Promise<{ readonly type: string; readonly body: { readonly [key: string]: Json } }> {
  const parties = view.incident.asked.map((one) => one.party);
  if (!parties.includes(party))
    throw new ApiProblem("cannot-be-done", refusalText({ code: "not-asked", party, asked: parties }));
  const body = { incident: view.id, reason, party };
  if (text === undefined) return { type: "reply.submitted", body };
  const { workspace, actor, now } = asked;
  const said = JSON.stringify({ incident: view.id, party, text, actor, when: key ?? now });
  const hash = createHash("sha256").update(said).digest("hex");
  const id = `ev-${hash.slice(0, 32)}`;
  if (view.incident.replies.some(({ evidence }) => evidence === id))
    throw new ApiProblem("conflict", "this reply was written down before");
  const value = {
    id,
    form: "reply",
    kind: view.incident.kind,
    where: { ...view.incident.where },
    when: { start: now, end: instant(now + 1) },
    origin: { source: party, operator: party },
    grade: { source: "F", information: 6 },
    text,
    measured: { incident: view.id },
    ingest: { hash },
  } as unknown as Json;
  await workspace.store.appendBatch({
    type: "evidence.recorded",
    typeVersion: 1,
    at: momentOf(now),
    actor,
    marking: view.marking,
    body: { feed: "replies" },
    members: [{ key: id, value }],
  });
  return { type: "reply.submitted", body: { ...body, evidence: id } };
}
