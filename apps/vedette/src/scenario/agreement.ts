/** An agreement file: checked, its zones resolved, ready for the engine. */
import { type Edition, editionOf } from "@vedette/core/agreement/edition";
import type { Agreement } from "@vedette/core/agreement/terms";
import type { Agreement as AgreementFile } from "@vedette/wire/agreement";
import type { Taxonomy } from "@vedette/wire/taxonomy";
import { InputError, type Problem } from "../problem.ts";
import { resolveZones } from "./agreement-zones.ts";
import { checkAgreement } from "./check-agreement.ts";
import { readDataFile } from "./data-file.ts";
import { fileNamedBy } from "./documents.ts";
import { type Cursor, childOf } from "./located.ts";

export interface ReadAgreement {
  readonly edition: Edition;
  readonly file: AgreementFile;
}

/**
 * Reads one version. What it names in other files (zones, the taxonomy) is read too, and zones become a part of it: so that
 * its digest speaks of the ground that it means.
 *
 * @throws InputError with every problem, each with its line and column
 */
export async function readAgreement(path: string): Promise<ReadAgreement> {
  const { value, cursor } = await readDataFile<AgreementFile>("agreement", path);
  const { kinds, problems } = await kindsOf(cursor);
  const zones = await resolveZones(cursor, value);
  const all = [...problems, ...zones.problems, ...checkAgreement(cursor, value, kinds)];
  if (all.length > 0) throw new InputError(all);
  return { edition: editionOf(agreementOf(value, zones.zones)), file: value };
}

/** What the engine needs of the file; what it says of itself as a file stays behind. */
export function agreementOf(file: AgreementFile, zones: Agreement["zones"]): Agreement {
  const { kind: _, about: __, taxonomy: ___, ...terms } = file;
  return { ...terms, zones };
}

async function kindsOf(root: Cursor): Promise<{ kinds?: ReadonlySet<string>; problems: readonly Problem[] }> {
  const reference = childOf(root, "taxonomy");
  const path = reference === undefined ? [] : fileNamedBy(reference);
  if (typeof path !== "string") return { problems: path };
  const { value } = await readDataFile<Taxonomy>("taxonomy", path);
  return { kinds: new Set(Object.keys(value.kinds)), problems: [] };
}
