/** Questions to planes of bits: rows of hours, in each a bit a cell. */

/** Sets in one row what is set in another; whole words of 16 bytes. */
export function orRow(into: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(into + i, v128.or(v128.load(into + i), v128.load(from + i)));
}

/** Bits set; whole words of eight bytes. */
export function countBits(at: usize, bytes: usize): i32 {
  let count: u64 = 0;
  for (let i: usize = 0; i < bytes; i += 8) count += popcnt<u64>(load<u64>(at + i));
  return <i32>count;
}

/** Turns 64 words of 64 bits about their diagonal (Warren, Hacker's Delight, 2nd ed., sec. 7-3). */
function transpose(at: usize): void {
  let mask: u64 = 0x00000000ffffffff;
  for (let j = 32; j !== 0; ) {
    for (let k = 0; k < 64; k = (k + j + 1) & ~j) {
      const low = at + (<usize>k << 3);
      const high = low + (<usize>j << 3);
      const swap = ((load<u64>(low) >> <u64>j) ^ load<u64>(high)) & mask;
      store<u64>(high, load<u64>(high) ^ swap);
      store<u64>(low, load<u64>(low) ^ (swap << <u64>j));
    }
    j >>= 1;
    mask ^= mask << <u64>j;
  }
}

/** Bytes that `gapsOf` works in, for so many hours. */
export function gapsWorkBytes(hours: i32): i32 {
  return ((hours + 63) >> 6) << 9;
}

/**
 * Gaps of the 64 cells of each word: hours with a look (`seen`) and hours of the longest gap (`longest`), 16 bits a cell, and
 * how many gaps are so many hours long (`histogram`, `hours` + 1 numbers of 32 bits, added to). `cells`: in all words; the last
 * may hold fewer than 64. Places of `seen` and `longest` count from word 0 on.
 */
export function gapsOf(
  plane: usize,
  rowBytes: usize,
  hours: i32,
  firstWord: i32,
  endWord: i32,
  cells: i32,
  seen: usize,
  longest: usize,
  histogram: usize,
  work: usize,
): void {
  const blocks = (hours + 63) >> 6;
  for (let word = firstWord; word < endWord; word++) {
    for (let hour = 0; hour < hours; hour++) {
      store<u64>(work + (<usize>hour << 3), load<u64>(plane + <usize>hour * rowBytes + (<usize>word << 3)));
    }
    for (let hour = hours; hour < blocks << 6; hour++) store<u64>(work + (<usize>hour << 3), 0);
    for (let block = 0; block < blocks; block++) transpose(work + (<usize>block << 9));
    const count = min(64, cells - (word << 6));
    for (let cell = 0; cell < count; cell++) {
      const place = <usize>((word << 6) + cell) << 1;
      gapsOfCell(work + (<usize>cell << 3), hours, seen + place, longest + place, histogram);
    }
  }
  store<u32>(histogram, 0);
}

/** Every change between look and gap is a bit: one loop for both, so that little is left to guess for the processor. */
function gapsOfCell(bits: usize, hours: i32, seen: usize, longest: usize, histogram: usize): void {
  let before: u64 = 1;
  let inGap = 0;
  let last = 0;
  let most = 0;
  let looks = 0;
  for (let from = 0; from < hours; from += 64) {
    const x = load<u64>(bits + (<usize>from << 3));
    looks += <i32>popcnt<u64>(x);
    let changes = x ^ ((x << 1) | before);
    before = x >> 63;
    const left = hours - from;
    if (left < 64) changes &= (<u64>1 << <u64>left) - 1;
    for (; changes !== 0; changes &= changes - 1) {
      const hour = from + <i32>ctz<u64>(changes);
      // Where a gap begins, no hours: number 0 of the histogram, which is cleared at the end.
      const gap = (hour - last) & -inGap;
      most = max(most, gap);
      count(histogram, gap);
      inGap ^= 1;
      last = hour;
    }
  }
  if (inGap) {
    most = max(most, hours - last);
    count(histogram, hours - last);
  }
  store<u16>(seen, <u16>looks);
  store<u16>(longest, <u16>most);
}

// @ts-ignore: decorator
@inline function count(histogram: usize, gap: i32): void {
  const at = histogram + (<usize>gap << 2);
  store<u32>(at, load<u32>(at) + 1);
}
