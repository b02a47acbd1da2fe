"""Writes geodesic.proj.json. Run by hand: /usr/bin/python3 geodesic.proj.py (Debian: python3-pyproj, python3-shapely).

Lengths, ring areas and distances: geodesics of the WGS 84 ellipsoid by PROJ (Karney's algorithms). Distance of a place to
a path: the least of geodesic distances to points along each leg, by ternary search. Area of a buffered path: every leg is
cut into pieces of at most 10 km, each piece gets a capsule whose outline is laid out with direct geodesics, the capsules
are united in an equal-area projection (LAEA, ellipsoidal) centred on the path; chords cost less than 2e-5 of an area.

Coordinates are [longitude, latitude], degrees, as in GeoJSON. `kind` says why a case is there.
"""
import json, math, os, random
import pyproj
from pyproj import Geod, Proj
from shapely.geometry import Polygon
from shapely.ops import unary_union

geod = Geod(ellps="WGS84")
random.seed(20260615)
place = lambda lon, lat: [round((lon + 180) % 360 - 180, 6), round(lat, 6)]

def walk(start, legs, leg_km, bend_deg):
    """A random path: each leg turns a little from the last."""
    path, heading = [place(*start)], random.uniform(0, 360)
    for _ in range(legs):
        heading += random.uniform(-bend_deg, bend_deg)
        lon, lat, _ = geod.fwd(*path[-1], heading, random.uniform(0.3, 1) * leg_km * 1000)
        path.append(place(lon, lat))
    return path

def start_of(kind):
    return {"mid-latitude": (random.uniform(-180, 180), random.uniform(-60, 60)), "front": (random.uniform(30, 40), random.uniform(45, 52)),
            "polar": (random.uniform(-180, 180), random.choice([-1, 1]) * random.uniform(84, 89.9)),
            "high-latitude": (random.uniform(-180, 180), random.choice([-1, 1]) * random.uniform(70, 78)),
            "antimeridian": (random.choice([-1, 1]) * random.uniform(178, 180), random.uniform(-70, 70))}[kind]

def ring_around(centre, radius_km, corners):
    """A star-shaped ring, counter-clockwise, closed."""
    turns = sorted(random.uniform(0, 360) for _ in range(corners))
    points = []
    for turn in reversed(turns):
        lon, lat, _ = geod.fwd(*centre, turn, radius_km * 1000 * random.uniform(0.6, 1))
        points.append(place(lon, lat))
    return points + points[:1]

def length_km(path):
    return geod.line_length([p[0] for p in path], [p[1] for p in path]) / 1000

def area_km2(ring):
    return abs(geod.polygon_area_perimeter([p[0] for p in ring[:-1]], [p[1] for p in ring[:-1]])[0]) / 1e6

def distance_km(point, path):
    best = math.inf
    for a, b in zip(path, path[1:]):
        azimuth, _, whole = geod.inv(*a, *b)
        def at(s):
            lon, lat, _ = geod.fwd(*a, azimuth, s)
            return geod.inv(lon, lat, *point)[2]
        steps = [whole * i / 20 for i in range(21)]
        i = min(range(21), key=lambda j: at(steps[j]))
        low, high = steps[max(0, i - 1)], steps[min(20, i + 1)]
        while high - low > 0.01:
            one, two = low + (high - low) / 3, high - (high - low) / 3
            if at(one) < at(two): high = two
            else: low = one
        best = min(best, at((low + high) / 2), at(0), at(whole))
    return best / 1000

def buffer_area_km2(path, buffer_km):
    centre = path[len(path) // 2]
    laea = Proj(proj="laea", lon_0=centre[0], lat_0=centre[1], ellps="WGS84")
    capsules = []
    for a, b in zip(path, path[1:]):
        azimuth, _, whole = geod.inv(*a, *b)
        pieces = max(1, math.ceil(whole / 10_000))
        for i in range(pieces):
            outline = []
            for s, side in ((whole * i / pieces, 180), (whole * (i + 1) / pieces, 0)):
                lon, lat, _ = geod.fwd(*a, azimuth, s)
                ahead = geod.inv(lon, lat, *b)[0] if s < whole - 1 else geod.inv(*b, *a)[0] + 180
                for k in range(361):  # half a turn of outline, every half degree, from one side of the path to the other
                    outline.append(geod.fwd(lon, lat, ahead + side - 90 + k / 2, buffer_km * 1000)[:2])
            x, y = laea([p[0] for p in outline], [p[1] for p in outline])
            piece = Polygon(zip(x, y))
            assert piece.is_valid
            capsules.append(piece)
    return unary_union(capsules).area / 1e6

KINDS = ("mid-latitude", "front", "polar", "antimeridian")
NOT_POLAR = ("mid-latitude", "front", "high-latitude", "antimeridian")  # buffered lines stop at 85 degrees
lines = [{"kind": kind, "path": walk(start_of(kind), random.randint(1, 12), leg, 40)} for kind in KINDS for leg in (2, 30, 400) for _ in range(5)]
rings = [{"kind": kind, "ring": ring_around(start_of(kind), radius, random.randint(6, 14))} for kind in KINDS for radius in (3, 80, 900) for _ in range(4)]
rings.append({"kind": "pole inside", "ring": [[0.0, 80.0], [90.0, 80.0], [180.0, 80.0], [-90.0, 80.0], [0.0, 80.0]]})
paths = [{"kind": kind, "path": walk(start_of(kind), n, leg, 50), "bufferKm": buffer}
         for kind in NOT_POLAR for n, leg, buffer in ((1, 40, 5), (6, 60, 20), (12, 110, 50))]
front = [[37.9, 50.2], [37.8, 49.6], [38.1, 49.0], [37.6, 48.5], [37.1, 47.8], [35.8, 47.5], [34.5, 47.4], [33.4, 46.7], [31.9, 46.5]]
paths.append({"kind": "a long front, exercise data", "path": front, "bufferKm": 50})
near = []
for _ in range(40):
    kind = random.choice(NOT_POLAR)
    path = walk(start_of(kind), 5, 80, 60)
    lon, lat, _ = geod.fwd(*random.choice(path), random.uniform(0, 360), random.uniform(1, 150) * 1000)
    near.append({"kind": kind, "path": path, "place": place(lon, lat)})
for c in lines: c["lengthKm"] = round(length_km(c["path"]), 6)
for c in rings: c["areaKm2"] = round(area_km2(c["ring"]), 6)
for c in paths: c["areaKm2"] = round(buffer_area_km2(c["path"], c["bufferKm"]), 3)
for c in near: c["distanceKm"] = round(distance_km(c["place"], c["path"]), 6)
about = {"source": "PROJ geodesics (Karney); buffered areas: outlines by direct geodesics, united by GEOS in PROJ's LAEA",
         "version": f"PROJ {pyproj.proj_version_str}, pyproj {pyproj.__version__}", "script": "oracle/geodesic.proj.py",
         "frame": "WGS 84 ellipsoid, geodetic longitude and latitude", "units": "deg, km, km2",
         "licence": "figures of our own making; PROJ is MIT"}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "geodesic.proj.json")
json.dump({"about": about, "lines": lines, "rings": rings, "buffered": paths, "near": near}, open(path, "w"), separators=(",", ":"))
print(os.path.getsize(path), "bytes", len(lines), len(rings), len(paths), len(near), [(p["kind"], p["areaKm2"]) for p in paths])
