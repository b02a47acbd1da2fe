/** Sorting by whole numbers, in time that grows with the rows alone. */

const DIGITS = 11;
const BUCKETS = 1 << DIGITS;

/** Indices of `keys` in ascending order, stable: least significant digit first (Hollerith), eleven bits at a time. */
export function radixOrder(keys: Uint32Array): Uint32Array {
  const n = keys.length;
  let order = new Uint32Array(n);
  let next = new Uint32Array(n);
  let most = 0;
  for (let i = 0; i < n; i++) {
    order[i] = i;
    if ((keys[i] as number) > most) most = keys[i] as number;
  }
  const count = new Uint32Array(BUCKETS + 1);
  for (let shift = 0; shift < 32 && most >>> shift > 0; shift += DIGITS) {
    count.fill(0);
    for (let i = 0; i < n; i++) {
      const bucket = (((keys[i] as number) >>> shift) & (BUCKETS - 1)) + 1;
      count[bucket] = (count[bucket] as number) + 1;
    }
    for (let b = 0; b < BUCKETS; b++) count[b + 1] = (count[b + 1] as number) + (count[b] as number);
    for (let k = 0; k < n; k++) {
      const i = order[k] as number;
      const bucket = ((keys[i] as number) >>> shift) & (BUCKETS - 1);
      const to = count[bucket] as number;
      next[to] = i;
      count[bucket] = to + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}
