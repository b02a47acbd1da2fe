/** Projections as every database keeps them: read for one nation, written by one writer at a time. */
import type { Kysely } from "kysely";

/** Inside a write. */
export interface ViewsWriter<Tables> {
  readonly db: Kysely<Tables>;
  /** By the thousand, each with the same columns; one that is there by its key is replaced. */
  put<T extends keyof Tables & string>(table: T, key: Columns<Tables[T]>, rows: readonly Tables[T][]): Promise<void>;
  /** Adds to the number in `column`; a row that is not there has 0. */
  add<T extends keyof Tables & string>(
    table: T,
    key: Columns<Tables[T]>,
    column: keyof Tables[T] & string,
    rows: readonly Tables[T][],
  ): Promise<void>;
  /** Those with these values of the key's columns go. */
  remove<T extends keyof Tables & string>(
    table: T,
    key: Columns<Tables[T]>,
    rows: readonly Partial<Tables[T]>[],
  ): Promise<void>;
}

type Columns<Row> = readonly (keyof Row & string)[];

/** Of any table: what a writer's own parts go by. */
export interface AnyWriter {
  readonly put: (table: string, key: readonly string[], rows: readonly object[]) => Promise<void>;
  readonly add: (table: string, key: readonly string[], column: string, rows: readonly object[]) => Promise<void>;
  readonly remove: (table: string, key: readonly string[], rows: readonly object[]) => Promise<void>;
}

export interface ViewsDatabase<Tables> {
  readonly kind: "sqlite" | "postgres";
  /** @param nation for whom: PostgreSQL itself then holds back the rest */
  read<T>(nation: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** One writer at a time, among all processes. What it throws undoes all of it. */
  write<T>(work: (to: ViewsWriter<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** How they come to be: dropped and made anew where the version is another, since the log has all that they are made of. */
export interface ViewsSchema {
  readonly version: number;
  readonly sqlite: readonly string[];
  readonly postgres: readonly string[];
  readonly tables: readonly string[];
  /** Tables whose rows belong to an audience each, in a column of this name. */
  readonly guarded: Readonly<Record<string, string>>;
}

/** Of one that is there, all that is not its key is set. */
export function orReplace(key: readonly string[], columns: readonly string[]): string {
  const others = columns.filter((column) => !key.includes(column));
  if (others.length === 0) return `ON CONFLICT (${key.join(", ")}) DO NOTHING`;
  return `ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${others.map((one) => `${one} = excluded.${one}`).join(", ")}`;
}

export const orAdd = (table: string, key: readonly string[], column: string): string =>
  `ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${column} = ${table}.${column} + excluded.${column}`;
