/** Clocks of an agreement: that what they name exists, that each can start and stop, and that no circle keeps one from starting. */
import type { Agreement as AgreementFile } from "@vedette/wire/agreement";
import type { Problem } from "../problem.ts";
import { checkNamed } from "./check-network.ts";
import { type Cursor, childOf, descendantOf, entriesOf, itemsOf, problemAt, textOf } from "./located.ts";
import { quoted } from "./words.ts";

export function checkClocks(root: Cursor, file: AgreementFile): Problem[] {
  return entriesOf(childOf(root, "clocks")).flatMap(([id, clock]) => [
    ...itemsOf(childOf(clock, "clauses")).flatMap((clause) => checkNamed(root, "clauses", "clause", clause)),
    ...checkNamed(root, "steps", "step", childOf(clock, "afterStep")),
    ...itemsOf(childOf(clock, "stops")).flatMap((stop) => checkNamed(root, "steps", "step", childOf(stop, "signed"))),
    ...checkSeries(clock),
    ...checkParties(root, clock),
    ...checkCircle(clock, id, file),
  ]);
}

function checkSeries(clock: Cursor): Problem[] {
  const [from, series] = [childOf(clock, "from"), childOf(clock, "series")];
  if (from === undefined) return [];
  const isInitial = textOf(from) === "initial-breach";
  if (isInitial && series === undefined) {
    return [problemAt(from, "`initial-breach` needs `series`: which incidents are one breach")];
  }
  return !isInitial && series ? [problemAt(series, "only `from: initial-breach` has a series", "key")] : [];
}

function checkParties(root: Cursor, clock: Cursor): Problem[] {
  const each = childOf(clock, "each");
  const replies = itemsOf(childOf(clock, "stops")).flatMap((stop) => childOf(stop, "reply") ?? []);
  const [reply] = replies;
  if (reply && each === undefined) return [problemAt(reply, "stops with a reply: expected `each: party`", "key")];
  if (each && entriesOf(childOf(root, "parties")).length === 0) return [problemAt(each, "there are no `parties`")];
  return each ? checkTold(root, clock) : [];
}

/** A party whose time runs from a step must be among those whom the step tells. */
function checkTold(root: Cursor, clock: Cursor): Problem[] {
  const step = childOf(clock, "afterStep");
  const name = textOf(step);
  const tells = itemsOf(descendantOf(root, "steps", name ?? "", "tells"));
  if (step === undefined || tells.length === 0) return [];
  const told = tells.map((one) =>
    textOf(descendantOf(root, "recipients", textOf(childOf(one, "recipient")) ?? "", "party")),
  );
  const missing = entriesOf(childOf(root, "parties")).filter(([party]) => !told.includes(party));
  return missing.map(([party]) => problemAt(step, `${quoted(name ?? "")} tells nobody of the party ${quoted(party)}`));
}

/** A clock that runs from a step which that clock itself opens, perhaps by way of others, would never start. */
function checkCircle(clock: Cursor, id: string, { clocks, steps }: AgreementFile): Problem[] {
  const seen = new Set<string>();
  for (let at = id; !seen.has(at); ) {
    seen.add(at);
    const terms = clocks[at];
    const opener = terms && "afterStep" in terms ? steps[terms.afterStep]?.opens.clock : undefined;
    if (opener === undefined) return [];
    if (opener === id) {
      const after = childOf(clock, "afterStep") ?? clock;
      return [problemAt(after, "waits for a step that waits for this clock: it would never start")];
    }
    at = opener;
  }
  return [];
}
