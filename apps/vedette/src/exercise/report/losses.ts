/** Where breaches that count are lost on their way to a verdict, within the first headline's hours. */
import type { NetworkOutcome } from "@vedette/wire/exercise-result-network";

/** What it means to have stopped before a station. */
const STOPPED: Readonly<Record<string, string>> = {
  seen: "never seen",
  received: "seen, but no report came in",
  read: "reported, but not read by an analyst",
  corroborated: "read, but without a second, independent witness",
  verified: "with two witnesses, but not verified by a person",
};

export interface Loss {
  readonly station: string;
  readonly words: string;
  readonly count: number;
  /** Of the breaches that count. */
  readonly share01: number;
}

/** One for each step between neighbouring stations, in their order. Verified and lost add up to all. */
export function lossesOf({ funnel }: Pick<NetworkOutcome, "funnel">, stations: readonly string[]): Loss[] {
  const began = funnel[0] ?? 0;
  if (began === 0) return [];
  return stations.slice(1).map((station, k) => {
    const count = (funnel[k] ?? 0) - (funnel[k + 1] ?? 0);
    return { station, words: STOPPED[station] ?? `before ${station}`, count, share01: count / began };
  });
}
