"""Writes data/worlds/ukraine-climate.yaml: monthly probability that cloud hides the ground, on a one-degree grid.

Run by hand (Debian: python3-shapely):  python3 cloud-grid.py UKRAINE.geojson LAND.geojson OUT.yaml
The level of each month is published (RECORD); how it varies from place to place is assumed (the three slopes). Month by
month the grid is shifted so that its mean over Ukraine is the published mean.
"""

import json
import math
import sys

from shapely.geometry import Point, shape

SOUTH, WEST, ROWS, COLUMNS = 43, 22, 10, 20
# Share of the 0.1-degree cells of Ukraine hidden by cloud, by month: mean over 2015-2018 of the daily shares published by The
# Economist (war-fire model, output-data/ave_cloud_cover.csv, CC BY 4.0), read to two decimals; 10 days of 1,461 have none.
RECORD = (0.82, 0.78, 0.71, 0.52, 0.51, 0.49, 0.48, 0.28, 0.44, 0.59, 0.80, 0.84)
# Assumed slopes of the log-odds of cloud: cloud thins southward and eastward, and over the sea in the warm half-year.
PER_DEGREE_NORTH = 0.12
PER_DEGREE_EAST = -0.015
OVER_THE_SEA_MAY_TO_SEPTEMBER = -0.25


def logit(p):
    return math.log(p / (1 - p))


def logistic(x):
    return 1 / (1 + math.exp(-x))


def first_shape(path):
    with open(path, encoding="utf-8") as file:
        return shape(json.load(file)["features"][0]["geometry"])


def grid_of_month(month, country_mean, centres, in_country, at_sea):
    """Rows from the south. The shift is found by bisection: the country mean grows with it."""
    warm = 5 <= month <= 9
    slope = [[PER_DEGREE_NORTH * (lat - 48.5) + PER_DEGREE_EAST * (lon - 31) + (OVER_THE_SEA_MAY_TO_SEPTEMBER if warm and sea else 0)
              for (lat, lon), sea in zip(row, sea_row)] for row, sea_row in zip(centres, at_sea)]
    inside = [value for row, flags in zip(slope, in_country) for value, flag in zip(row, flags) if flag]
    low, high = -10.0, 10.0
    while high - low > 1e-9:
        shift = (low + high) / 2
        mean = sum(logistic(shift + value) for value in inside) / len(inside)
        low, high = (shift, high) if mean < country_mean else (low, shift)
    return [[round(logistic(low + value), 2) for value in row] for row in slope]


HEAD = """\
# yaml-language-server: $schema=../../packages/wire/schema/world.schema.json
# Written by tools/data/cloud-grid.py.
kind: world
about:
  title: Cloud over Ukraine and the north-western Black Sea, by month
  description: >-
    Probability that cloud hides the ground from an optical or thermal sensor, by month, on cells of one degree (43-53 N, 22-42 E).
    A climatology, not a forecast: a single week can be far from it, and cloudy days come in runs.
  source: level of each month from The Economist's daily record; pattern in space assumed
  licence: "level: CC BY 4.0 (The Economist); the rest as the project"
sources:
  economist-war-fire:
    title: "War-fire model, output-data/ave_cloud_cover.csv: share of Ukraine's 0.1-degree cells hidden by cloud, by day"
    publisher: The Economist
    url: https://github.com/TheEconomist/the-economist-war-fire-model
    date: 2015-01-01 to 2018-12-31 of the record, as of commit 5546086
    licence: CC BY 4.0
    note: monthly means 2015-2018, read to two decimals; snow can pass for cloud in optical imagery, so winter may be too high
  zabolotska-2021:
    title: "Zabolotska T.M., Shpyg V.M., Tsila A.Yu.: on cloudiness over Ukraine 1946-2018 (direction of its change from place to place only)"
    publisher: Hydrology, hydrochemistry and hydroecology, No. 1 (59), p. 76-91
    url: https://ouci.dntb.gov.ua/en/works/7PvYzm0l
    date: "2021"
cloud:
  south: {south}
  west: {west}
  stepDeg: 1
  rows: {rows}
  columns: {columns}
  assumed: >-
    The country's mean of each month is the published one (economist-war-fire); its pattern in space is assumed: log-odds of cloud
    {north:+g} per degree north, {east:+g} per degree east, and {sea:+g} over the sea from May to September, in line with the
    finding that cloud over Ukraine thins from west to east and from north to south (zabolotska-2021). Day and night are taken as
    equally cloudy.
  cloudProbability01:
"""


def main(country_path, land_path, target):
    country, land = first_shape(country_path), first_shape(land_path)
    centres = [[(SOUTH + row + 0.5, WEST + column + 0.5) for column in range(COLUMNS)] for row in range(ROWS)]
    in_country = [[country.contains(Point(lon, lat)) for lat, lon in row] for row in centres]
    at_sea = [[not land.contains(Point(lon, lat)) for lat, lon in row] for row in centres]
    lines = [HEAD.format(south=SOUTH, west=WEST, rows=ROWS, columns=COLUMNS, north=PER_DEGREE_NORTH, east=PER_DEGREE_EAST,
                         sea=OVER_THE_SEA_MAY_TO_SEPTEMBER)]
    for month, country_mean in enumerate(RECORD, start=1):
        lines.append(f'    "{month:02d}":\n')
        for row in grid_of_month(month, country_mean, centres, in_country, at_sea):
            lines.append("      - [" + ", ".join(f"{value:.2f}" for value in row) + "]\n")
    with open(target, "w", encoding="utf-8") as file:
        file.writelines(lines)


if __name__ == "__main__":
    main(*sys.argv[1:])
