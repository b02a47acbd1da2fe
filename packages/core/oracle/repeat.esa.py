"""Writes repeat.esa.json. Run by hand: python3 repeat.esa.py CATALOGUE.tle

The cycles are ESA's published ones; the elements are facts from the catalogue. SENTINEL-1C is left out: on that day its
mean motion (14.5860) shows it away from the reference orbit (14.5920).
"""
import json, os, sys

CYCLES = [
    ("SENTINEL-1", 12, 175, "ESA, Sentinel-1 user guide, Revisit and Coverage: 12-day repeat cycle and 175 orbits per cycle", ("39634", "66315")),
    ("SENTINEL-2", 10, 143, "ESA, Sentinel-2: 10-day repeat cycle; product names number the relative orbits R001 to R143", ("40697", "42063", "60989"))]
text = [line.rstrip("\n") for line in open(sys.argv[1])]
found = {text[i + 1][2:7]: text[i:i + 3] for i in range(0, len(text) - 2, 3)}
cycles = [{"mission": mission, "days": days, "orbits": orbits, "source": source,
           "satellites": [dict(zip(("name", "line1", "line2"), (found[n][0].strip(), *found[n][1:]))) for n in numbers]}
          for mission, days, orbits, source, numbers in CYCLES]
about = {"source": "cycles: ESA as named; elements: 18 SDS by way of CelesTrak, catalogue of 2026-06-14", "version": "2026-06-14",
         "script": "oracle/repeat.esa.py", "frame": "mean elements, TEME of epoch", "units": "days, orbits",
         "licence": "facts; elements: cite CelesTrak"}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "repeat.esa.json")
json.dump({"about": about, "cycles": cycles}, open(path, "w"), separators=(",", ":"))
print(os.path.getsize(path), "bytes")
