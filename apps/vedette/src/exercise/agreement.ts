/** Under which agreement an exercise's headquarters works: a shipped one by its name, or none. */
import { join } from "node:path";
import type { Agreement } from "@vedette/core/agreement/terms";
import type { Exercise } from "@vedette/wire/exercise";
import { InputError } from "../problem.ts";
import { readAgreement } from "../scenario/agreement.ts";
import { yamlFilesIn } from "../scenario/data-file.ts";
import { type Cursor, descendantOf, problemAt } from "../scenario/located.ts";
import { SHIPPED_ROOT } from "../scenario/paths.ts";
import { quoted, suggestionOf } from "../scenario/words.ts";

const AGREEMENTS = join(SHIPPED_ROOT, "data", "agreements");
const NONE = "none";
/** Where the file does not say: in the setting of a truce on the line; a plain world lies nowhere in particular. */
const OF_A_TRUCE = "paris-illustration";

/** @throws InputError where there is no such agreement */
export async function readAgreementOf(root: Cursor, exercise: Exercise): Promise<{ readonly agreement?: Agreement }> {
  const name = exercise.headquarters.agreement ?? ("truce" in exercise.world ? OF_A_TRUCE : NONE);
  if (name === NONE) return {};
  const files = new Map((await yamlFilesIn(AGREEMENTS)).map((path) => [path.replace(/^.*[\\/]|\.ya?ml$/g, ""), path]));
  const path = files.get(name);
  if (path === undefined) {
    const names = [...files.keys(), NONE];
    const at = descendantOf(root, "headquarters", "agreement") ?? root;
    throw new InputError([problemAt(at, `no agreement ${quoted(name)}${suggestionOf(name, names)}`)]);
  }
  const { edition } = await readAgreement(path);
  return { agreement: edition.agreement };
}
