/** The ground of an exercise: coasts, closed zones, heights; and where in its file each group stands, for faults that show later. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HeightTile, Terrain } from "@vedette/core/link/terrain";
import type { Exercise } from "@vedette/wire/exercise";
import { InputError } from "../problem.ts";
import { type Cursor, childOf, descendantOf, entriesOf, itemsOf, problemAt, textOf } from "../scenario/located.ts";
import { folderOf, resolveReference, SHIPPED_ROOT, shownPath } from "../scenario/paths.ts";
import { quoted, suggestionOf } from "../scenario/words.ts";
import { tileOf } from "./height-tile.ts";

/** Longitudes and latitudes. */
type Ring = readonly (readonly [number, number])[];

export interface Ground {
  /** Rings of land; left out: nothing moves on land or at sea, and none is needed. */
  readonly land?: readonly Ring[];
  /** Left out: the Earth is smooth. */
  readonly terrain?: Terrain;
  /** File, line and column of each group. */
  readonly where: Readonly<Record<string, string>>;
}

const LAND = join(SHIPPED_ROOT, "data", "basemap", "black-sea-land.geojson");

/** @throws InputError for a zone closed to a group that is not there, or tiles that cannot be read */
export async function readGround(root: Cursor, { terrain, groups }: Exercise, path: string): Promise<Ground> {
  const ids = Object.keys(groups);
  const wrong = entriesOf(childOf(root, "closed")).flatMap(([, zone]) =>
    itemsOf(childOf(zone, "to")).flatMap((to) => {
      const name = textOf(to) ?? "";
      return ids.includes(name) ? [] : [problemAt(to, `no group ${quoted(name)}${suggestionOf(name, ids)}`)];
    }),
  );
  if (wrong.length > 0) throw new InputError(wrong);
  const where = Object.fromEntries(
    entriesOf(childOf(root, "groups")).map(([id, { keyAt }]) => [
      id,
      `${shownPath(keyAt.file)}:${keyAt.line}:${keyAt.column}`,
    ]),
  );
  const moves = Object.values(groups).some(({ mover }) => mover !== undefined);
  const land = moves ? { land: await readLand() } : {};
  const known = terrain === undefined || terrain === "flat" ? undefined : await readTerrain(root, terrain, path);
  return { where, ...land, ...(known !== undefined && { terrain: known }) };
}

interface LandFile {
  readonly features: readonly { readonly geometry: { readonly coordinates: readonly (readonly Ring[])[] } }[];
}

async function readLand(): Promise<readonly Ring[]> {
  const file = JSON.parse(await readFile(LAND, "utf8")) as LandFile;
  return file.features.flatMap(({ geometry }) => geometry.coordinates.flat());
}

async function readTerrain(root: Cursor, terrain: string, path: string): Promise<Terrain> {
  if (terrain === "unknown") return { kind: "unknown" };
  const at = descendantOf(root, "terrain") as Cursor;
  const resolved = resolveReference(terrain, folderOf(path));
  if ("refused" in resolved) throw new InputError([problemAt(at, resolved.refused)]);
  let names: readonly string[];
  try {
    names = (await readdir(resolved.path)).filter((name) => /\.hgt$/i.test(name)).sort();
  } catch {
    throw new InputError([problemAt(at, "expected flat, unknown, or a folder of SRTM tiles; found no such folder")]);
  }
  if (names.length === 0) throw new InputError([problemAt(at, "expected tiles such as N48E037.hgt, found none")]);
  const tiles: HeightTile[] = [];
  for (const name of names) {
    const tile = tileOf(name, await readFile(join(resolved.path, name)));
    if (typeof tile === "string") throw new InputError([problemAt(at, tile)]);
    tiles.push(tile);
  }
  return { kind: "tiles", tiles };
}
