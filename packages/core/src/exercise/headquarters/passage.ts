/** When each incident came to each station of headquarters, and what `verify/` said of it then. NaN: not yet. */
import type { Incident } from "../../verify/incident.ts";

export interface Passage {
  readonly corroboratedMs: number;
  readonly takenMs: number;
  readonly verifiedMs: number;
  /** When the parties' time to reply was over; NaN where nobody was asked. */
  readonly repliesMs: number;
  readonly secondTakenMs: number;
  readonly assessedMs: number;
  /** That its reports are of one thing, when it was corroborated and when it was verified. */
  readonly corroborated01: number;
  readonly verified01: number;
}

export const NOT_YET: Passage = {
  corroboratedMs: Number.NaN,
  takenMs: Number.NaN,
  verifiedMs: Number.NaN,
  repliesMs: Number.NaN,
  secondTakenMs: Number.NaN,
  assessedMs: Number.NaN,
  corroborated01: Number.NaN,
  verified01: Number.NaN,
};

/** Mean confidence of the links of its witnesses; NaN where none says. */
export function linked01({ links }: Pick<Incident, "links">): number {
  let [sum, count] = [0, 0];
  for (const { role, confidence01 } of links.values()) {
    if (role !== "witness" || confidence01 === undefined) continue;
    sum += confidence01;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}
