/** Claims in, scores out: a row for every row, in their order, streamed to the file in which they are to stand. */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { Claim } from "@vedette/core/verify/claim";
import { type CorroborationFeeds, findingReader, type Scored, scoreOf } from "@vedette/core/verify/corroborate";
import { observedOf, reasonsOf } from "@vedette/core/verify/corroborate-reasons";
import type { CorroborationModel } from "@vedette/core/verify/model";
import type { ClaimRow } from "./claims-file.ts";

export const SCORE_COLUMNS = "id,probability,log_likelihood_ratio,observed,observable,reasons";

/** Scores claims one by one; the same place and day is looked at once. */
export function scorer(
  feeds: CorroborationFeeds,
  model: CorroborationModel,
  prior01: number,
): (claim: Claim) => Scored {
  const findings = findingReader(feeds, model);
  return (claim) => scoreOf(claim, findings(claim), model, prior01);
}

/** One line, without its end. */
export function scoreLine(row: ClaimRow, score: (claim: Claim) => Scored, model: CorroborationModel): string {
  if ("refused" in row)
    return [cell(row.id), "", "", "unknown", "unknown", cell(`not scored: ${row.refused}`)].join(",");
  const scored = score(row.claim);
  const observable = scored.thermal?.observable01;
  return [
    cell(row.id),
    scored.probability01.toFixed(6),
    scored.logRatio.toFixed(6).replace(/^-(0\.0+)$/, "$1"),
    observedOf(scored).replace(" ", "-"),
    observable === undefined ? "unknown" : observable.toFixed(4),
    cell(reasonsOf(scored, model).join("; ")),
  ].join(",");
}

/** RFC 4180; a cell that a spreadsheet would take for a formula stays as it is: ids must come back as they came. */
export const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A file that appears whole or not at all. */
export class WholeFile {
  readonly #path: string;
  readonly #part: string;
  readonly #file: number;
  #held: string[] = [];

  constructor(path: string) {
    this.#path = path;
    this.#part = `${path}.part`;
    mkdirSync(dirname(path), { recursive: true });
    this.#file = openSync(this.#part, "w");
  }

  line(text: string): void {
    this.#held.push(text);
    if (this.#held.length >= 1000) this.#flush();
  }

  #flush(): void {
    if (this.#held.length > 0) writeSync(this.#file, `${this.#held.join("\n")}\n`);
    this.#held = [];
  }

  keep(): void {
    this.#flush();
    closeSync(this.#file);
    renameSync(this.#part, this.#path);
  }

  drop(): void {
    closeSync(this.#file);
    rmSync(this.#part, { force: true });
  }
}
