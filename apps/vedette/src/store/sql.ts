/** What the tables need of a database: statements with `?`, and rows back. The same words serve SQLite and PostgreSQL. */

export type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, unknown>>;

export interface Sql {
  readonly kind: "sqlite" | "postgres";
  /** Names the database in messages. */
  readonly place: string;
  all(text: string, ...values: readonly Value[]): Promise<readonly Row[]>;
}
