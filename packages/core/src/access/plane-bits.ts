/** Work on planes of bits in a memory: by the compiled kernel, or word by word where there is none. Addresses are bytes. */
import type { Kernel } from "@vedette/kernel/kernel";

/** A plane of `hours` rows, of which some words of 64 cells are asked. */
export interface PlaneRows {
  readonly plane: number;
  readonly rowBytes: number;
  readonly hours: number;
  /** In all words. */
  readonly cells: number;
  readonly firstWord: number;
  readonly endWord: number;
}

/** Per place from the first word on: hours set, longest stretch not set; and how many such stretches are so long. */
export interface RowGaps {
  readonly seen: Uint16Array;
  readonly longest: Uint16Array;
  readonly histogram: Uint32Array;
}

export interface BitWork {
  clear(at: number, bytes: number): void;
  /** Sets in `into` what is set in `from`. */
  unite(into: number, from: number, bytes: number): void;
  count(at: number, bytes: number): number;
  gaps(rows: PlaneRows): RowGaps;
}

export function bitWorkOf(kernel: Kernel | undefined, memory: ArrayBuffer): BitWork {
  return kernel === undefined ? plainWork(memory) : kernelWork(kernel);
}

function kernelWork(kernel: Kernel): BitWork {
  const { run } = kernel;
  return {
    clear: (at, bytes) => void kernel.doubles(at, bytes >>> 3).fill(0),
    unite: (into, from, bytes) => run.orRow(into, from, bytes),
    count: (at, bytes) => run.countBits(at, bytes),
    gaps: (rows) => gapsInKernel(kernel, rows),
  };
}

function gapsInKernel(kernel: Kernel, rows: PlaneRows): RowGaps {
  const { plane, rowBytes, hours, cells, firstWord, endWord } = rows;
  const places = Math.max(0, Math.min(cells, 64 * endWord) - 64 * firstWord);
  const seen = kernel.take(2 * places);
  try {
    const longest = kernel.take(2 * places);
    const histogram = kernel.take(4 * (hours + 1));
    const work = kernel.take(kernel.run.gapsWorkBytes(hours));
    const counts = () => new Uint32Array(kernel.memory.buffer, histogram, hours + 1);
    counts().fill(0);
    // The kernel counts places from word 0 on.
    const shift = 128 * firstWord;
    const { run } = kernel;
    run.gapsOf(plane, rowBytes, hours, firstWord, endWord, cells, seen - shift, longest - shift, histogram, work);
    return {
      seen: new Uint16Array(kernel.memory.buffer, seen, places).slice(),
      longest: new Uint16Array(kernel.memory.buffer, longest, places).slice(),
      histogram: counts().slice(),
    };
  } finally {
    kernel.release(seen);
  }
}

function plainWork(memory: ArrayBuffer): BitWork {
  const words = new Uint32Array(memory);
  return {
    clear: (at, bytes) => void words.fill(0, at >>> 2, (at + bytes) >>> 2),
    unite(into, from, bytes) {
      for (let i = 0; i < bytes >>> 2; i++) {
        words[(into >>> 2) + i] = (words[(into >>> 2) + i] as number) | (words[(from >>> 2) + i] as number);
      }
    },
    count(at, bytes) {
      let count = 0;
      for (let i = at >>> 2; i < (at + bytes) >>> 2; i++) {
        for (let word = words[i] as number; word !== 0; word &= word - 1) count++;
      }
      return count;
    },
    gaps: (rows) => plainGaps(words, rows),
  };
}

function plainGaps(words: Uint32Array, { plane, rowBytes, hours, cells, firstWord, endWord }: PlaneRows): RowGaps {
  const places = Math.max(0, Math.min(cells, 64 * endWord) - 64 * firstWord);
  const found = {
    seen: new Uint16Array(places),
    longest: new Uint16Array(places),
    histogram: new Uint32Array(hours + 1),
  };
  for (let i = 0; i < places; i++) {
    const place = 64 * firstWord + i;
    let [gap, longest, seen] = [0, 0, 0];
    for (let hour = 0; hour <= hours; hour++) {
      const word = hour < hours ? (words[((plane + hour * rowBytes) >>> 2) + (place >>> 5)] as number) : -1;
      if (((word >>> (place & 31)) & 1) === 0) {
        gap++;
        continue;
      }
      if (hour < hours) seen++;
      if (gap > 0) found.histogram[gap] = (found.histogram[gap] as number) + 1;
      longest = Math.max(longest, gap);
      gap = 0;
    }
    found.seen[i] = seen;
    found.longest[i] = longest;
  }
  return found;
}
