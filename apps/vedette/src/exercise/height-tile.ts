/** SRTM's tiles: heights in m of one degree by one, 16-bit integers of big end, rows from the north; -32,768 is a void. */
import type { HeightTile } from "@vedette/core/link/terrain";

const VOID_M = -32_768;

/** @returns a sentence where it is no tile */
export function tileOf(name: string, bytes: Uint8Array): HeightTile | string {
  const said = /^([NS])(\d{2})([EW])(\d{3})\.hgt$/i.exec(name);
  if (said === null) return `${name}: expected a name such as N48E037.hgt, of the south-west corner`;
  const size = Math.sqrt(bytes.length / 2);
  if (!(Number.isInteger(size) && size >= 2))
    return `${name}: expected a square of 16-bit heights, found ${bytes.length} bytes`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Shared, so that threads do not copy it.
  const heightM = new Float32Array(new SharedArrayBuffer(4 * size * size));
  for (let i = 0; i < heightM.length; i++) {
    const height = view.getInt16(2 * i);
    heightM[i] = height === VOID_M ? Number.NaN : height;
  }
  const [, north, lat, east, lon] = said;
  const south = Number(lat) * (north?.toUpperCase() === "N" ? 1 : -1);
  const west = Number(lon) * (east?.toUpperCase() === "E" ? 1 : -1);
  return { north: south + 1, west, stepDeg: 1 / (size - 1), rows: size, columns: size, heightM };
}
