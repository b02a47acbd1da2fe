/**
 * Incidents as each nation has them: a fold of the events that it is given. Nations that were given the same share one view, so that an
 * incident which all may read is kept once.
 */
import { type Marking, mayRead, type NationCode, narrowest } from "../record/marking.ts";
import type { CaseEvent, Incident } from "./incident.ts";
import { tryEvent } from "./incident-fold.ts";

export interface View {
  /** Nations that have it so, in order; never none. */
  readonly audience: readonly NationCode[];
  readonly incident: Incident;
  /** Of all that it rests on: what is said of it as a whole is marked no wider. */
  readonly marking: Marking;
}

/** An incident's views; no nation is in two of them. */
export type Views = readonly View[];

/** Incidents that an event speaks of: one may come to be, others may change. */
export function namedBy({ body }: Pick<CaseEvent, "body">): string[] {
  if (body === null || typeof body !== "object") return [];
  const said = body as { readonly [key: string]: unknown };
  const ids = [said["incident"], said["into"], said["from"]].filter((id) => typeof id === "string");
  return [...new Set(ids)];
}

/**
 * What an event changes, for each nation that is given it, by the rules of the fold: where one of them refuses it, it is as if that nation
 * had not been given it.
 *
 * @param viewsOf of the incidents that it names, as they are; none where one is not there
 * @param nations all that take part
 * @returns the views of those that changed
 */
export function viewsAfter(
  viewsOf: (incident: string) => Views,
  { event, marking }: { readonly event: CaseEvent; readonly marking: Marking },
  nations: readonly NationCode[],
): Map<string, Views> {
  const ids = namedBy(event);
  const before = new Map(ids.map((id) => [id, viewsOf(id)]));
  const changed = new Map<string, Views>();
  for (const audience of alike(
    nations.filter((nation) => mayRead(marking, nation)),
    [...before.values()],
  )) {
    const [nation] = audience as [NationCode];
    const own = new Map(
      ids.flatMap((id) => viewFor(before.get(id), nation)?.incident ?? []).map((one) => [one.id, one]),
    );
    const decision = tryEvent({ incidents: own, refused: [], ignored: new Map(), withoutBody: [] }, event);
    if (decision.code !== "applied") continue;
    for (const incident of decision.changed) {
      const views = changed.get(incident.id) ?? before.get(incident.id) ?? [];
      const known = viewFor(views, nation)?.marking;
      const narrowed =
        isContext(event) && known !== undefined ? known : narrowest(known === undefined ? [marking] : [known, marking]);
      changed.set(
        incident.id,
        [...without(views, audience), { audience, incident, marking: narrowed }].sort(byAudience),
      );
    }
  }
  return changed;
}

export const viewFor = (views: Views | undefined, nation: NationCode): View | undefined =>
  views?.find(({ audience }) => audience.includes(nation));

/** Nations that have the same view of each of these incidents, together. */
function alike(readers: readonly NationCode[], each: readonly Views[]): NationCode[][] {
  const groups = new Map<string, NationCode[]>();
  for (const nation of readers.toSorted()) {
    const key = each.map((views) => views.findIndex(({ audience }) => audience.includes(nation))).join(" ");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [nation]);
    else group.push(nation);
  }
  return [...groups.values()];
}

function without(views: Views, gone: readonly NationCode[]): View[] {
  return views.flatMap((view) => {
    const audience = view.audience.filter((nation) => !gone.includes(nation));
    return audience.length === 0 ? [] : [audience.length === view.audience.length ? view : { ...view, audience }];
  });
}

/** What stands near and does not count narrows nothing. */
const isContext = ({ body }: CaseEvent): boolean =>
  body !== null && typeof body === "object" && (body as { readonly role?: unknown }).role === "context";

const byAudience = (a: View, b: View): number => ((a.audience[0] ?? "") < (b.audience[0] ?? "") ? -1 : 1);
