"""Writes windows.skyfield.json. Run by hand: /usr/bin/python3 windows.skyfield.py CATALOGUE.tle (Debian: python3-skyfield).

Skyfield supplies positions only; its event finder is not used (its edges miss the mask by up to 0.8 degrees). Elevation
is scanned every 10 s; every local peak or dip that comes near the mask is refined, so that no pass is lost between two
samples; each crossing is bisected to 0.1 ms with Skyfield's own altaz(). UT1 is taken as UTC, as in the code under test.

Layout: `windows[satellite][site]` is a flat list, four numbers a window:
  gap_ms       from the end of the window before (the first: from the span's start) to the rise
  duration_ms  rise to set
  rise_rate, set_rate  elevation rate at the edge, 1e-5 deg/s; 0 where the span, not the horizon, cuts the window
`grazing` lists peaks and dips within 0.002 deg of the mask: [satellite, site, ms since the span's start, deg above mask].
There a pass may rightly be found or not.
"""
import json, multiprocessing, os, sys
import numpy as np, skyfield
from skyfield.api import EarthSatellite, load, wgs84

NUMBERS = """39634 40697 48918 31698 38012 31797 32382 44322 40115 41601 58296 44873 52159 26702 25544 48274 20580 57693
59444 46352 54880 67433 25159 39472 39467 08820 00900 36508 54754 38358 42921 41240 07646 24278 36414 39265 29486 19751
41174 39188 28935 19548 42965 40296 47719 60422 14129 41896 37818 43229""".split()
SITES = [  # id, latitude, longitude, height m, mask
    ("quito", -0.1807, -78.4678, 2850, 5), ("nairobi", -1.2921, 36.8219, 1660, 10), ("vienna", 48.2082, 16.3738, 170, 0),
    ("kharkiv", 49.9935, 36.2304, 130, 15), ("longyearbyen", 78.2232, 15.6267, 0, 10),
    ("mcmurdo", -77.8460, 166.6760, 10, 20), ("south-pole", -90.0, 0.0, 2835, 25), ("date-line", -16.8, 180.0, 5, 0),
    ("chajnantor", -23.0229, -67.7552, 5058, 30), ("dead-sea", 31.5, 35.5, -430, 3)]
SPAN = ("2026-06-15T00:00:00.000Z", "2026-06-22T00:00:00.000Z")
STEP_MS, NEAR_DEG, GRAZE_DEG, RATE_UNIT = 10_000, 0.6, 0.002, 1e-5
TT_MINUS_UTC_S = 32.184 + 37

ts = load.timescale(delta_t=TT_MINUS_UTC_S)
ms_of = lambda iso: int(np.datetime64(iso.rstrip("Z"), "ms").astype("int64"))
START, END = map(ms_of, SPAN)

def time_of(ms):
    """A Skyfield time, whole days and fraction kept apart: ms after START, float."""
    days = START / 86_400_000 + 2_440_587.5
    return ts.tt_jd(days, np.asarray(ms, dtype=float) / 86_400_000 + TT_MINUS_UTC_S / 86_400)

def elevation(satellite, place, ms):
    return (satellite - place).at(time_of(ms)).altaz()[0].degrees

def refine(f, centre):
    """The extreme of f within 10 s of each centre: a fine scan, then the parabola through its best three points."""
    at, width = centre.astype(float), 10_000.0
    for _ in range(3):
        grid = at[:, None] + np.linspace(-width, width, 41)[None, :]
        values = f(grid.ravel()).reshape(grid.shape)
        at = grid[np.arange(len(at)), values.argmax(axis=1)]
        width /= 10
    return at

def windows_of(satellite, place, mask, grid, coarse):
    """Edges in ms after START. `coarse`: elevation on `grid`."""
    up = lambda ms: elevation(satellite, place, np.asarray(ms, dtype=float)) - mask
    knots, signs, grazing = grid.astype(float), coarse >= mask, []
    for sign in (1, -1):  # peaks that stay below by the samples, then dips that stay above
        y = sign * (coarse - mask)
        turn = np.flatnonzero((y[1:-1] >= y[:-2]) & (y[1:-1] > y[2:])) + 1
        turn = turn[np.abs(y[turn]) < NEAR_DEG]
        if len(turn) == 0: continue
        at = refine(lambda ms: sign * up(ms), grid[turn])
        at = np.clip(at, 0, END - START)
        value = up(at)
        grazing += [(t, v) for t, v in zip(at, value) if abs(v) < GRAZE_DEG]
        knots, signs = np.concatenate([knots, at]), np.concatenate([signs, value >= 0])
    order = np.argsort(knots, kind="stable")
    knots, signs = knots[order], signs[order]
    flip = np.flatnonzero(signs[1:] != signs[:-1])
    low, high, before = knots[flip].copy(), knots[flip + 1].copy(), signs[flip]
    if len(flip):
        while (high - low).max() > 0.1:
            middle = (low + high) / 2
            same = (up(middle) >= 0) == before
            low, high = np.where(same, middle, low), np.where(same, high, middle)
    edges = (low + high) / 2
    rates = (up(edges + 500) - up(edges - 500)) if len(flip) else edges
    if signs[0]: edges, rates = np.insert(edges, 0, 0), np.insert(rates, 0, 0)
    if signs[-1]: edges, rates = np.append(edges, END - START), np.append(rates, 0)
    return edges, rates, grazing

def work(lines):
    satellite = EarthSatellite(lines[1], lines[2], lines[0], ts)
    grid = np.arange(0, END - START + 1, STEP_MS)
    places = [wgs84.latlon(lat, lon, elevation_m=h) for _, lat, lon, h, _ in SITES]
    coarse = [[] for _ in SITES]
    for part in np.array_split(grid, 16):
        t = time_of(part)
        r = satellite.at(t).position.km
        assert np.isfinite(r).all(), lines[0] + " decays in the span"
        for list_, place in zip(coarse, places):  # the same geometry as altaz(), the satellite propagated once
            line = r - place.at(t).position.km
            up = place.rotation_at(t)[2]
            list_.append(np.degrees(np.arcsin((up * line).sum(axis=0) / np.linalg.norm(line, axis=0))))
    rows, grazing = [], []
    for k, (place, site) in enumerate(zip(places, SITES)):
        edges, rates, near = windows_of(satellite, place, site[4], grid, np.concatenate(coarse[k]))
        whole = np.round(edges).astype(int)
        unit = np.maximum(1, np.round(np.abs(rates) / RATE_UNIT)).astype(int) * (rates != 0)
        assert len(whole) % 2 == 0
        row, last = [], 0
        for i in range(0, len(whole), 2):
            row += [int(whole[i] - last), int(whole[i + 1] - whole[i]), int(unit[i]), int(unit[i + 1])]
            last = whole[i + 1]
        rows.append(row)
        grazing += [(k, int(round(t)), round(float(v), 6)) for t, v in near]
    print(lines[0].strip(), [len(r) // 4 for r in rows], grazing, flush=True)
    return rows, grazing

if __name__ == "__main__":
    text = [line.rstrip("\n") for line in open(sys.argv[1])]
    found = {text[i + 1][2:7]: text[i:i + 3] for i in range(0, len(text) - 2, 3)}
    satellites = [found[number] for number in NUMBERS]
    assert len(satellites) == 50 and len(SITES) == 10
    with multiprocessing.Pool(4) as pool: results = pool.map(work, satellites, chunksize=1)
    about = {"source": "positions: Skyfield altaz() (SGP4 by python-sgp4); edges: 10 s scan, turning points refined, bisection to 0.1 ms. "
                       "Elements: 18 SDS by way of CelesTrak, catalogue of 2026-06-14",
             "version": "Skyfield " + ".".join(map(str, skyfield.VERSION)), "script": "oracle/windows.skyfield.py",
             "frame": "topocentric, WGS 84, geometric (no refraction), UT1 = UTC, no polar motion",
             "units": "ms, deg, m; rates 1e-5 deg/s; windows[satellite][site] = gap, duration, rise rate, set rate, ...",
             "licence": "figures of our own making; Skyfield is MIT; elements: cite CelesTrak"}
    sites = [{"id": i, "latitudeDeg": la, "longitudeDeg": lo, "heightM": h, "maskDeg": m} for i, la, lo, h, m in SITES]
    oracle = {"about": about, "span": {"start": SPAN[0], "end": SPAN[1]}, "sites": sites,
              "satellites": [{"name": s[0].strip(), "line1": s[1], "line2": s[2]} for s in satellites],
              "grazing": [[i, *g] for i, (_, near) in enumerate(results) for g in near],
              "windows": [rows for rows, _ in results]}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "windows.skyfield.json")
    json.dump(oracle, open(path, "w"), separators=(",", ":"))
    print(os.path.getsize(path), "bytes", sum(len(r) // 4 for rows, _ in results for r in rows), "windows", len(oracle["grazing"]), "grazing")
