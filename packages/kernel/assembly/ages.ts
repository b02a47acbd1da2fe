/**
 * Ages of the newest look, from moments cell by cell: the same sums, in the same order, as core's plain way. A cell's moments
 * are first dealt out to the channels, without a branch: which channels one counts in cannot be foretold.
 */

const CHANNELS: usize = 5;
const MS_PER_MINUTE: f64 = 60000.0;
const MS_PER_HOUR: f64 = 3600000.0;

/** Bytes that `agesOf` works in, where no cell has more moments than `most`. */
export function agesWorkBytes(most: i32): i32 {
  return 5 * listBytes(most);
}

// @ts-ignore: decorator
@inline function listBytes(most: i32): i32 {
  return (most + 2) << 2;
}

/**
 * @param first per cell and one more, the number of its first moment (32 bits each)
 * @param at moments (32 bits, units of `unitMs`); `tag` of each (16 bits)
 * @param channels by tag, a byte: bit c, it counts in channel c
 * @param cells out: for each channel four arrays of doubles, `toCell` - `fromCell` each: looks, mean age, longest gap and
 *   revisit (hours)
 * @param minutes out, added to: for each channel `bins` pairs of doubles: gaps of so many whole minutes, milliseconds beyond
 * @param most moments of one cell
 */
export function agesOf(
  first: usize,
  at: usize,
  tag: usize,
  channels: usize,
  fromCell: i32,
  toCell: i32,
  unitMs: f64,
  spanMs: f64,
  cells: usize,
  minutes: usize,
  bins: i32,
  most: i32,
  work: usize,
): void {
  const count = <usize>(toCell - fromCell);
  const list = <usize>listBytes(most);
  for (let cell = fromCell; cell < toCell; cell++) {
    let end0 = work;
    let end1 = work + list;
    let end2 = work + 2 * list;
    let end3 = work + 3 * list;
    let end4 = work + 4 * list;
    const end = load<u32>(first + (<usize>cell << 2), 4);
    for (let row = load<u32>(first + (<usize>cell << 2)); row < end; row++) {
      const bits = <usize>load<u8>(channels + <usize>load<u16>(tag + (<usize>row << 1)));
      const moment = load<u32>(at + (<usize>row << 2));
      store<u32>(end0, moment);
      store<u32>(end1, moment);
      store<u32>(end2, moment);
      store<u32>(end3, moment);
      store<u32>(end4, moment);
      end0 += (bits & 1) << 2;
      end1 += (bits & 2) << 1;
      end2 += bits & 4;
      end3 += (bits & 8) >> 1;
      end4 += (bits & 16) >> 2;
    }
    const out = cells + (<usize>(cell - fromCell) << 3);
    const next = (count << 3) * 4;
    const bytes = <usize>bins << 4;
    channelOf(work, end0, unitMs, spanMs, out, count << 3, minutes);
    channelOf(work + list, end1, unitMs, spanMs, out + next, count << 3, minutes + bytes);
    channelOf(work + 2 * list, end2, unitMs, spanMs, out + 2 * next, count << 3, minutes + 2 * bytes);
    channelOf(work + 3 * list, end3, unitMs, spanMs, out + 3 * next, count << 3, minutes + 3 * bytes);
    channelOf(work + 4 * list, end4, unitMs, spanMs, out + 4 * next, count << 3, minutes + 4 * bytes);
  }
}

function channelOf(
  from: usize,
  end: usize,
  unitMs: f64,
  spanMs: f64,
  out: usize,
  stride: usize,
  minutes: usize,
): void {
  const count = <f64>((end - from) >> 2);
  store<f64>(out, count);
  if (count === 0.0) {
    store<f64>(out + stride, NaN);
    store<f64>(out + 2 * stride, spanMs / MS_PER_HOUR);
    store<f64>(out + 3 * stride, NaN);
    return;
  }
  const firstMs = <f64>load<u32>(from) * unitMs;
  const lastMs = <f64>load<u32>(end - 4) * unitMs;
  let longest = max<f64>(firstMs, spanMs - lastMs);
  let squares = 0.0;
  for (let row = from + 4; row < end; row += 4) {
    const gapMs = <f64>(load<u32>(row) - load<u32>(row - 4)) * unitMs;
    squares += gapMs * gapMs;
    longest = max<f64>(longest, gapMs);
    age(gapMs, minutes);
  }
  squares += (spanMs - lastMs) * (spanMs - lastMs);
  age(spanMs - lastMs, minutes);
  store<f64>(out + stride, squares / 2.0 / (spanMs - firstMs) / MS_PER_HOUR);
  store<f64>(out + 2 * stride, longest / MS_PER_HOUR);
  store<f64>(out + 3 * stride, count < 2.0 ? NaN : (lastMs - firstMs) / (count - 1.0) / MS_PER_HOUR);
}

// @ts-ignore: decorator
@inline function age(gapMs: f64, minutes: usize): void {
  const whole = <u32>(gapMs / MS_PER_MINUTE);
  const bin = minutes + (<usize>whole << 4);
  const one = f64x2.replace_lane(f64x2.splat(1.0), 1, gapMs - <f64>whole * MS_PER_MINUTE);
  v128.store(bin, f64x2.add(v128.load(bin), one));
}
