"""Skyfield's elevation at the very instants our code calls edges. Run by hand:
node packages/core/oracle/write-edges.ts EDGES.json && /usr/bin/python3 check-edges.skyfield.py EDGES.json

Prints, for SGP4's own edges and for the table's, how many there are and how far the elevation is from the mask at worst.
Exits 1 beyond 0.002 degrees. UT1 is taken as UTC on both sides.
"""
import json, multiprocessing, os, sys
import numpy as np
from skyfield.api import EarthSatellite, load, wgs84

GATE_DEG, TT_MINUS_UTC_S = 0.002, 32.184 + 37
ts = load.timescale(delta_t=TT_MINUS_UTC_S)
oracle = json.load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "windows.skyfield.json")))
start_day = int(np.datetime64(oracle["span"]["start"].rstrip("Z"), "ms").astype("int64")) / 86_400_000 + 2_440_587.5

def offs(job):
    satellite, by_site = job
    body = EarthSatellite(satellite["line1"], satellite["line2"], satellite["name"], ts)
    rows = []
    for site, variants in zip(oracle["sites"], by_site):
        place = wgs84.latlon(site["latitudeDeg"], site["longitudeDeg"], elevation_m=site["heightM"])
        for variant, ms in enumerate(variants):
            if not ms: continue
            t = ts.tt_jd(start_day, np.array(ms) / 86_400_000 + TT_MINUS_UTC_S / 86_400)
            off = np.abs((body - place).at(t).altaz()[0].degrees - site["maskDeg"])
            rows.append((variant, len(ms), float(off.max()), satellite["name"], site["id"]))
    return rows

if __name__ == "__main__":
    with multiprocessing.Pool() as pool:
        rows = sum(pool.map(offs, list(zip(oracle["satellites"], json.load(open(sys.argv[1]))))), [])
    for variant, name in enumerate(("SGP4 itself", "table")):
        mine = [r for r in rows if r[0] == variant]
        worst = max(mine, key=lambda r: r[2])
        print(f"{name}: {sum(r[1] for r in mine)} edges, worst {worst[2]:.6f} deg ({worst[3]} over {worst[4]}), gate {GATE_DEG}")
    sys.exit(max(r[2] for r in rows) > GATE_DEG)
