/** Greenwich mean sidereal time, IAU 1982 (Aoki et al.): the same operations as core's `gmstRad`, so the same bits. */

export function gmstRad(utcMs: f64): f64 {
  const days = (utcMs - 946728000000.0) / 86400000.0;
  const t = (utcMs - 946728000000.0) / (36525.0 * 86400000.0);
  const turnsS = (days - floor(days)) * 86400.0;
  const seconds = 67310.54841 + turnsS + t * (8640184.812866 + t * (0.093104 - t * 6.2e-6));
  const turns = seconds / 86400.0;
  const rad = (turns - trunc(turns)) * (2.0 * 3.141592653589793);
  return rad < 0.0 ? rad + 2.0 * 3.141592653589793 : rad;
}

/** For each of `count` instants (UTC ms since 1970). */
export function gmstOf(utcMs: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    store<f64>(out + (<usize>i << 3), gmstRad(load<f64>(utcMs + (<usize>i << 3))));
  }
}
