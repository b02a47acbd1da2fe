/** Rows as databases give them, and as the log has them. */
import type { EventHeader } from "@vedette/core/record/event";
import type { Head } from "@vedette/core/record/head";
import { InputError } from "../problem.ts";
import type { ChainRow, EventRow, MemberRow } from "./shelf.ts";
import type { Row } from "./sql.ts";

/** What it is found by must be what it says: an event under another type would be in no fold. */
export function eventOf(row: Row, place: string): EventRow {
  const header: EventHeader = JSON.parse(String(row["header"]));
  if (header.sequence !== row["sequence"] || header.id !== row["id"] || header.type !== row["type"])
    throw new InputError([{ file: place, message: `altered: event ${row["sequence"]} stands under another name` }]);
  const salt = bytesIn(row["salt"]);
  return {
    header,
    ...(typeof row["body"] === "string" && { body: row["body"] }),
    ...(salt && { salt }),
  };
}

export function memberOf(row: Row): MemberRow {
  const [salt, leaf] = [bytesIn(row["salt"]), bytesIn(row["leaf"])];
  return {
    position: Number(row["position"]),
    key: String(row["key"]),
    ...(typeof row["value"] === "string" && { value: row["value"] }),
    ...(salt && { salt }),
    ...(leaf && { leaf }),
  };
}

export const chainOf = (row: Row): ChainRow => ({
  node: String(row["node"]),
  publicKey: String(row["public_key"]),
  isOwn: row["is_own"] === 1,
});

export const headOf = (row: Row): Head => JSON.parse(String(row["head"]));

const bytesIn = (value: unknown): Uint8Array | undefined => (value instanceof Uint8Array ? value : undefined);
