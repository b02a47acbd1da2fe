"""Writes data/basemap/black-sea-land.geojson: land round the Black Sea, without country polygons.

Run by hand (Debian: python3-shapely):  python3 black-sea-land.py LAND.geojson OUT.geojson
LAND.geojson: Natural Earth 1:10m land, clipped at CLIP. Clipping left edges that are no coast, so the sea is cut out of a
larger frame instead: FRAME is land everywhere but in the sea that the clip shows (Aegean, Baltic and Caspian lie outside).
"""

import json
import sys

from shapely.geometry import Point, box, mapping, shape
from shapely.ops import unary_union

CLIP = box(26.5, 40.3, 42.2, 47.6)
FRAME = unary_union([box(22, 41.2, 46, 55), box(26.5, 40.3, 46, 41.2)])
TOLERANCE_DEG = 0.003
SMALLEST_ISLAND_DEG2 = 0.0008  # about 7 km2
LAND = {"Kyiv": (30.52, 50.45), "Odesa": (30.70, 46.48), "Simferopol": (34.10, 44.95), "Samsun": (36.30, 41.20), "Voronezh": (39.2, 51.7)}
SEA = {"Odesa bay": (30.95, 46.40), "Azov": (36.5, 46.2), "centre": (34.0, 43.3), "Karkinit bay": (32.8, 45.85)}


def main(source, target):
    with open(source, encoding="utf-8") as file:
        land = unary_union([shape(feature["geometry"]) for feature in json.load(file)["features"]])
    sea = CLIP.difference(land).simplify(TOLERANCE_DEG, preserve_topology=True)
    drawn = FRAME.difference(sea.buffer(0))
    parts = [part for part in getattr(drawn, "geoms", [drawn]) if part.area >= SMALLEST_ISLAND_DEG2]
    whole = unary_union(parts)
    for name, place in LAND.items():
        assert whole.contains(Point(place)), f"{name} must be on land"
    for name, place in SEA.items():
        assert not whole.contains(Point(place)), f"{name} must be in the sea"
    coordinates = [[[[round(x, 4), round(y, 4)] for x, y in ring] for ring in mapping(part)["coordinates"]] for part in parts]
    properties = {
        "name": "Land round the Black Sea",
        "source": "Natural Earth 1:10m land, simplified (about 300 m)",
        "licence": "public domain",
        "note": "Frame 22-46 E, 41.2-55 N (40.3 N east of 26.5 E): its edges are no coast, and nothing is known beyond them. No country polygons.",
    }
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": coordinates}}
    with open(target, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": [feature]}, file, separators=(",", ":"))
        file.write("\n")
    print(len(parts), "parts,", sum(len(ring) for part in coordinates for ring in part), "vertices")


if __name__ == "__main__":
    main(*sys.argv[1:])
