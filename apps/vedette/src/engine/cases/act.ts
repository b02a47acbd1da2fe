/** One change to incidents by somebody: tried on the case file as it is, written, and looked at again. */
import type { Draft } from "@vedette/core/record/event";
import type { Json } from "@vedette/core/record/hash";
import { type Marking, narrowest, UNRELEASED } from "@vedette/core/record/marking";
import { type Instant, type Interval, instant } from "@vedette/core/time/instant";
import type { CaseEvent, Incident, Refusal } from "@vedette/core/verify/incident";
import { tryEvent } from "@vedette/core/verify/incident-fold";
import type { Store } from "../../store/store.ts";
import { type Desk, readDesk } from "./desk.ts";

export interface Act {
  readonly type: string;
  readonly body: { readonly [key: string]: Json };
  /** When it happened; now where left out. */
  readonly at?: Interval;
  readonly actor: string;
  /** For what has no incident yet. */
  readonly marking?: Marking;
}

export type Done =
  | { readonly code: "done"; readonly event: string; readonly incidents: readonly Incident[] }
  | { readonly code: "refused"; readonly refusal: Refusal }
  /** Written, but somebody else was faster: it stands in the log without effect. */
  | { readonly code: "overtaken"; readonly event: string; readonly refusal: Refusal };

export async function act(store: Store, wanted: Act, now: Instant): Promise<Done> {
  const desk = await readDesk(store);
  const at = wanted.at ?? { start: now, end: instant(now + 1) };
  const decision = tryEvent(desk.cases, trialOf(wanted, at, now));
  if (decision.code === "ignored") throw new RangeError(`no event of incidents: ${wanted.type}`);
  if (decision.code === "refused") return decision;
  const draft: Draft = {
    type: wanted.type,
    typeVersion: 1,
    at,
    actor: wanted.actor,
    marking: wanted.marking ?? markingOf(desk, decision.changed),
    body: wanted.body,
  };
  const [header] = await store.append([draft]);
  if (header === undefined) throw new Error("the store gave no header back");
  const after = await readDesk(store);
  const lost = after.cases.refused.find(({ event }) => event === header.id);
  if (lost !== undefined) return { code: "overtaken", event: header.id, refusal: lost.refusal };
  const changed = decision.changed.flatMap(({ id }) => after.cases.incidents.get(id) ?? []);
  return { code: "done", event: header.id, incidents: changed };
}

const trialOf = ({ type, body, actor }: Act, at: Interval, now: Instant): CaseEvent => ({
  id: "tried",
  node: "",
  sequence: 0,
  type,
  typeVersion: 1,
  at,
  recordedAt: now,
  actor,
  body,
});

/** Whoever may read what is said of several incidents may read of each of them. */
function markingOf({ narrowed }: Desk, incidents: readonly Incident[]): Marking {
  const known = incidents.flatMap(({ id }) => narrowed.get(id) ?? []);
  return known.length === 0 ? UNRELEASED : narrowest(known);
}
