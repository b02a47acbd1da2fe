/** Raions and hromadas by the settlement that they are named after: `Umanskyi raion` is run from Uman. */
import type { Place } from "@vedette/core/geo/position";
import { type AreaTable, nameKeyOf } from "../feeds/evidence/area-table.ts";
import type { FindArea } from "./read-alerts.ts";
import type { Settlement } from "./read-places.ts";

/** Endings that make an adjective of a town's name, longest first; and spellings that differ between the tables. */
const ENDINGS =
  /(?:ivska|ivskyi|evska|yivska|inska|ynska|anska|ianska|enska|etska|ytska|utska|ska|skyi|tska|tskyi|zka|zkyi)$/;
const stemOf = (name: string): string =>
  nameKeyOf(name)
    .replace(/[-\s]/g, "")
    .replace(/yi|yy|iy|ii/g, "y")
    .replace(/ya|ia/g, "a")
    .replace(/yu|iu/g, "u");

const LEAST_SHARED = 4;

/** The shipped table first (raions), then the settlement in the same oblast whose name begins alike. */
export function areaFinder(
  table: AreaTable | undefined,
  settlements: readonly Settlement[],
  oblastOf: (at: Place) => string | undefined,
): FindArea {
  const byOblast = new Map<string, { readonly stem: string; readonly at: Settlement }[]>();
  for (const at of settlements) {
    const oblast = oblastOf(at) ?? "";
    const held = byOblast.get(oblast) ?? [];
    held.push({ stem: stemOf(at.name), at });
    byOblast.set(oblast, held);
  }
  return ({ name, level, oblast }) => {
    const known = level === "raion" ? table?.find([name]) : undefined;
    if (known !== undefined) return known;
    const city = /^m\. (.+) ta /.exec(name)?.[1];
    const adjective = (city ?? name).replace(/ (?:terytorialna hromada|raion)$/, "");
    const stem = stemOf(city === undefined ? adjective.replace(ENDINGS, "") : adjective);
    const candidates = (byOblast.get(oblast) ?? []).map(({ stem: other, at }) => ({
      at,
      other,
      shared: sharedPrefix(stem, other),
    }));
    const fits = candidates.filter(
      ({ shared, other }) =>
        shared >= Math.min(LEAST_SHARED, stem.length) && shared >= stem.length - 1 && other.length <= stem.length + 4,
    );
    fits.sort((a, b) => b.shared - a.shared || a.other.length - b.other.length);
    return fits[0]?.at;
  };
}

function sharedPrefix(a: string, b: string): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}
