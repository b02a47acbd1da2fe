/** Undoes pack.ts in the page. */
import { CELL_FIGURES, type PackedHead, type PackedReport, valuesOf } from "../packed.ts";

export async function unpackReport(base64: string): Promise<PackedReport> {
  const bytes = await inflated(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  const jsonBytes = new DataView(bytes.buffer).getUint32(0, true);
  const head: PackedHead = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + jsonBytes)));
  const coordinateAt = 4 + jsonBytes;
  const figureAt = coordinateAt + 4 * head.coordinateValues;
  return {
    head,
    coordinates: summed(valuesOf(bytes.subarray(coordinateAt, figureAt), head.coordinateValues, 4)),
    figures: withBase(Uint16Array.from(valuesOf(bytes.subarray(figureAt), head.figureValues, 2)), head),
  };
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function summed(steps: Int32Array): Int32Array {
  for (let i = 2; i < steps.length; i++) steps[i] = (steps[i] ?? 0) + (steps[i - 2] ?? 0);
  return steps;
}

function withBase(figures: Uint16Array, head: PackedHead): Uint16Array {
  const n = head.cells.length;
  const perVariant = head.kinds.length * CELL_FIGURES.length * n;
  for (let i = n + perVariant; i < figures.length; i++) {
    figures[i] = (figures[i] ?? 0) + (figures[n + ((i - n) % perVariant)] ?? 0);
  }
  return figures;
}
