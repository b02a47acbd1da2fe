"""Skyfield as the bench's second peer: reads one JSON job on stdin, writes {"seconds", ...} on stdout.

Only the work is timed, not the interpreter's start. UT1 is taken as UTC, as on the other sides. Jobs:
  propagation: positions in ECEF of each satellite at equal steps, one vectorised call each
  windows:     find_events (its own search; edges to half a second) for each (satellite, site)
"""
import json, sys, time
import numpy as np
from skyfield.api import EarthSatellite, load, wgs84
from skyfield.framelib import itrs

TT_MINUS_UTC_S = 32.184 + 37
ts = load.timescale(delta_t=TT_MINUS_UTC_S)
job = json.load(sys.stdin)

def time_of(ms):
    """Whole days and fraction kept apart; ms since 1970, UTC."""
    return ts.tt_jd(job["startMs"] / 86_400_000 + 2_440_587.5, (np.asarray(ms, float) - job["startMs"]) / 86_400_000 + TT_MINUS_UTC_S / 86_400)

def ms_of(t):
    return ((t.whole - 2_440_587.5) * 86_400_000 + (t.tt_fraction * 86_400 - TT_MINUS_UTC_S) * 1000).tolist()

satellites = [EarthSatellite(*lines, None, ts) for lines in job["satellites"]]
answer, began = [], time.perf_counter()
if job["task"] == "propagation":
    for satellite in satellites:
        at = time_of(job["firstMs"] + job["stepMs"] * np.arange(job["count"]))
        answer.append(satellite.at(at).frame_xyz(itrs).km)
else:
    t0, t1 = time_of(job["startMs"]), time_of(job["endMs"])
    for satellite, (latitude, longitude, height) in zip(satellites, job["sites"]):
        answer.append(satellite.find_events(wgs84.latlon(latitude, longitude, elevation_m=height), t0, t1, job["maskDeg"]))
seconds = time.perf_counter() - began
if job["task"] == "propagation":
    rows = [r[:, :: job["every"]].T.ravel().tolist() for r in answer]
else:
    rows = [[[at, int(e)] for at, e in zip(ms_of(t), events) if e != 1] for t, events in answer]
json.dump({"seconds": seconds, "rows": rows}, sys.stdout)
