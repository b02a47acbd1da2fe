"""Writes data/boundaries/ukraine.geojson: the internationally recognised outline of Ukraine, Crimea and Sevastopol included.

Run by hand (Debian: python3-shapely):  python3 ukraine-boundary.py OBLASTS.geojson OUT.geojson
OBLASTS.geojson: oblast polygons of OpenStreetMap. Some of its features keep their detached parts as further rings of one
polygon, so every ring is read as a part of its own; no ring of the file is a hole.
"""

import json
import sys

from shapely.geometry import Point, Polygon, mapping, shape
from shapely.ops import unary_union
from shapely.validation import make_valid

TOLERANCE_DEG = 0.0015  # about 150 m: below the width of a line on a map of the country
SLIVER_DEG = 0.0005  # closes seams between oblasts that were simplified apart
INSIDE = {"Simferopol": (34.102, 44.952), "Sevastopol": (33.525, 44.605), "Balaklava": (33.60, 44.51), "Kerch": (36.475, 45.357),
          "Kyiv": (30.524, 50.455), "Donetsk": (37.802, 48.023), "Luhansk": (39.306, 48.568), "Uzhhorod": (22.288, 48.621)}
OUTSIDE = {"Rostov-on-Don": (39.72, 47.235), "Belgorod": (36.587, 50.597), "Chisinau": (28.858, 47.010), "Krasnodar": (38.975, 45.039),
           "Tiraspol": (29.643, 46.840), "Homel": (30.975, 52.441), "Odesa roads": (30.95, 46.35)}


def rings(feature):
    """Every ring of a feature as a polygon of its own."""
    coordinates = feature["geometry"]["coordinates"]
    parts = [coordinates] if feature["geometry"]["type"] == "Polygon" else coordinates
    return [make_valid(Polygon(ring)) for part in parts for ring in part]


def outline(features):
    whole = unary_union([ring.buffer(SLIVER_DEG) for feature in features for ring in rings(feature)]).buffer(-SLIVER_DEG)
    parts = getattr(whole, "geoms", [whole])
    filled = unary_union([Polygon(part.exterior) for part in parts])
    return filled.simplify(TOLERANCE_DEG, preserve_topology=True)


def main(source, target):
    with open(source, encoding="utf-8") as file:
        land = outline(json.load(file)["features"])
    for name, place in INSIDE.items():
        assert land.contains(Point(place)), f"{name} must be inside"
    for name, place in OUTSIDE.items():
        assert not land.contains(Point(place)), f"{name} must be outside"
    rounded = mapping(land)
    polygons = rounded["coordinates"] if rounded["type"] == "MultiPolygon" else [rounded["coordinates"]]
    coordinates = [[[[round(x, 4), round(y, 4)] for x, y in ring] for ring in polygon] for polygon in polygons]
    assert shape({"type": "MultiPolygon", "coordinates": coordinates}).is_valid
    properties = {
        "name": "Ukraine",
        "source": "OpenStreetMap contributors: oblast boundaries, dissolved and simplified (about 150 m)",
        "licence": "ODbL 1.0",
        "note": "Internationally recognised outline, Crimea and Sevastopol included (UN General Assembly resolution 68/262). "
                "Land only: no territorial sea; Snake Island (Zmiinyi) is missing in the source.",
    }
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": coordinates}}
    with open(target, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": [feature]}, file, separators=(",", ":"))
        file.write("\n")
    print(len(polygons), "parts,", sum(len(ring) for polygon in coordinates for ring in polygon), "vertices")


if __name__ == "__main__":
    main(*sys.argv[1:])
