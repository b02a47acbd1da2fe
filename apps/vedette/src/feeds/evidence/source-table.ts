/** Which source a row comes from, by the sources' own word (`enters`), and what its table says of such a row. */
import type { Credibility, Grade } from "@vedette/core/verify/evidence";
import type { EvidenceSource } from "@vedette/wire/evidence-source";
import { type Columns, gradeOf } from "./reader.ts";

type Rules = readonly (readonly [number, ReadonlySet<string>])[];

interface Entry {
  readonly source: EvidenceSource;
  /** Cell by index, words in lower case. */
  readonly where: Rules;
}

/** Picks the source of each row of a feed: of the entries that fit, the one that names most columns. */
export class SourceTable {
  readonly #entries: readonly Entry[];
  readonly #known = new Map<string, EvidenceSource | undefined>();
  readonly #cells: readonly number[];

  constructor(sources: Iterable<EvidenceSource>, feed: string, columns: Columns) {
    this.#entries = [...sources]
      .flatMap((source) =>
        (source.enters ?? [])
          .filter((entry) => entry.feed === feed)
          .flatMap(({ where = {} }): Entry[] => {
            const rules = rulesOf(where, columns);
            return rules === undefined ? [] : [{ source, where: rules }];
          }),
      )
      .sort((a, b) => b.where.length - a.where.length);
    this.#cells = [...new Set(this.#entries.flatMap(({ where }) => where.map(([cell]) => cell)))];
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  sourceOf(cells: readonly string[]): EvidenceSource | undefined {
    const key = this.#cells.map((cell) => (cells[cell] ?? "").trim().toLowerCase()).join("\n");
    if (this.#known.has(key)) return this.#known.get(key);
    const found = this.#entries.find(({ where }) =>
      where.every(([cell, words]) => words.has((cells[cell] ?? "").trim().toLowerCase())),
    );
    if (this.#known.size < 1000) this.#known.set(key, found?.source);
    return found?.source;
  }
}

/** None where the file lacks a column that is asked for. */
function rulesOf(where: Readonly<Record<string, readonly string[]>>, columns: Columns): Rules | undefined {
  const rules = Object.entries(where).map(
    ([column, words]) => [columns.get(column), new Set(words.map((word) => word.toLowerCase()))] as const,
  );
  return rules.every((rule): rule is readonly [number, Set<string>] => rule[0] !== undefined) ? rules : undefined;
}

/** The id of the instrument that a file calls by this code. */
export function sensorOf({ sensors = {} }: EvidenceSource, code: string): string | undefined {
  const wanted = code.trim().toLowerCase();
  const found = Object.entries(sensors).find(([, { codes }]) => codes.some((each) => each.toLowerCase() === wanted));
  return found?.[0];
}

/** The grade that a row begins with: its own confidence speaks for the information, never for the source. */
export function gradeOfRow(source: EvidenceSource, columns: Columns, cells: readonly string[]): Grade {
  const grade = gradeOf(source);
  for (const [column, steps] of Object.entries(source.confidence ?? {})) {
    const value = (cells[columns.get(column) ?? -1] ?? "").trim().toLowerCase();
    if (value === "") continue;
    const number = Number(value);
    const step = steps.find(({ from, is }) =>
      is === undefined ? from !== undefined && number >= from : is.some((word) => word.toLowerCase() === value),
    );
    if (step !== undefined) return { ...grade, information: step.credibility as Credibility };
  }
  return grade;
}
