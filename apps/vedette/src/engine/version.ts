/** Which software made a result. */
import { readFileSync } from "node:fs";

/** Name and version, e.g. `Vedette 0.1.0`. */
export function softwareName(): string {
  return `Vedette ${versionOf()}`;
}

export function versionOf(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
