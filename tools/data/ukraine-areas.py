"""Writes data/places/ukraine-areas.yaml: where the areas lie that alerts are given for, and how far they reach.

Run by hand:  python3 ukraine-areas.py OBLASTS_10KM.csv OBLAST_IDS.csv SETTLEMENTS.json OUT.yaml
Oblasts: middle and 95 % radius of their cells on a grid of 0.1 degrees. Raions: the settlement that they are run from, and a radius
of one and a half times that of a disk of their oblast's mean raion, since the town is rarely in the middle.
"""

import csv
import json
import math
import sys

# Raions of 2020 that alerts name, by oblast: adjective (before "raion") = administrative centre as GeoNames spells it.
RAIONS = {
    "UA71": (4, "Cherkaskyi=Cherkasy Umanskyi=Uman Zolotoniskyi=Zolotonosha Zvenyhorodskyi=Zvenyhorodka"),
    "UA74": (5, "Chernihivskyi=Chernihiv Nizhynskyi=Nizhyn Prylutskyi=Pryluky"),
    "UA77": (3, "Chernivetskyi=Chernivtsi"),
    "UA12": (7, "Dniprovskyi=Dnipro Kryvorizkyi=Kryvyy_Rih Nikopolskyi=Nikopol Pavlohradskyi=Pavlohrad Synelnykivskyi=Synelnykove"),
    "UA14": (8, "Bakhmutskyi=Bakhmut Donetskyi=Donetsk Horlivskyi=Horlivka Kalmiuskyi=Kalmiuske Kramatorskyi=Kramatorsk "
                "Mariupolskyi=Mariupol Pokrovskyi=Pokrovsk Volnovaskyi=Volnovakha"),
    "UA63": (7, "Bohodukhivskyi=Bohodukhiv Chuhuivskyi=Chuhuyiv Iziumskyi=Izyum Kharkivskyi=Kharkiv Krasnohradskyi=Krasnohrad "
                "Kupianskyi=Kupyansk Lozivskyi=Lozova"),
    "UA65": (5, "Khersonskyi=Kherson Beryslavskyi=Beryslav Henicheskyi=Henichesk Kakhovskyi=Nova_Kakhovka Skadovskyi=Skadovsk"),
    "UA68": (3, "Khmelnytskyi=Khmelnytskyi Shepetivskyi=Shepetivka"),
    "UA35": (4, "Holovanivskyi=Holovanivsk Kropyvnytskyi=Kropyvnytskyi Novoukrainskyi=Novoukrayinka"),
    "UA32": (7, "Bilotserkivskyi=Bila_Tserkva Boryspilskyi=Boryspil Brovarskyi=Brovary Buchanskyi=Bucha Fastivskyi=Fastiv "
                "Obukhivskyi=Obukhiv Vyshhorodskyi=Vyshhorod"),
    "UA48": (4, "Bashtanskyi=Bashtanka Mykolaivskyi=Mykolayiv Pervomaiskyi=Pervomaysk Voznesenskyi=Voznesensk"),
    "UA51": (7, "Berezivskyi=Berezivka Bilhorod-Dnistrovskyi=Bilhorod-Dnistrovskyi Bolhradskyi=Bolhrad Izmailskyi=Izmayil "
                "Odeskyi=Odesa Podilskyi=Podilsk Rozdilnianskyi=Rozdilna"),
    "UA53": (4, "Kremenchutskyi=Kremenchuk Lubenskyi=Lubny Myrhorodskyi=Myrhorod Poltavskyi=Poltava"),
    "UA56": (4, "Rivnenskyi=Rivne Sarnenskyi=Sarny Varaskyi=Varash Dubenskyi=Dubno"),
    "UA59": (5, "Konotopskyi=Konotop Okhtyrskyi=Okhtyrka Shostkynskyi=Shostka Sumskyi=Sumy Romenskyi=Romny"),
    "UA05": (6, "Haisynskyi=Haisyn Khmilnytskyi=Khmilnyk Mohyliv-Podilskyi=Mohyliv-Podilskyi Tulchynskyi=Tulchyn "
                "Vinnytskyi=Vinnytsya Zhmerynskyi=Zhmerynka"),
    "UA23": (5, "Berdianskyi=Berdyansk Melitopolskyi=Melitopol Polohivskyi=Polohy Zaporizkyi=Zaporizhzhya Vasylivskyi=Vasylivka"),
    "UA18": (4, "Korostenskyi=Korosten Novohrad-Volynskyi=Novohrad-Volynskyi Zhytomyrskyi=Zhytomyr Berdychivskyi=Berdychiv"),
}
# Towns under other spellings, tried in turn.
SPELLINGS = {
    "Haisyn": ["Haysyn"], "Novohrad-Volynskyi": ["Novohrad-Volyns'kyy", "Zviahel", "Novohrad-Volynskyy"], "Varash": ["Kuznetsovsk"],
    "Kalmiuske": ["Komsomolske"], "Novoukrayinka": ["Novoukrainka"], "Mohyliv-Podilskyi": ["Mohyliv-Podilskyy"],
}
OTHER_NAMES = {
    "UA30": ["Kyiv City", "Kyiv", "m. Kyiv", "Київ"],
    "UA43": ["Crimea", "Autonomous Republic of Crimea", "Автономна Республіка Крим"],
    "UA40": ["Sevastopol City"],
}
KM = 111.195


def distance_km(a, b):
    east = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return KM * math.hypot(a[0] - b[0], east)


def main(grid_path, ids_path, settlements_path, out_path):
    cells = {}
    for row in csv.DictReader(open(grid_path, encoding="utf-8")):
        cells.setdefault(row["OBLAST_ID"], []).append((float(row["LATITUDE"]), float(row["LONGITUDE"])))
    settlements = json.load(open(settlements_path, encoding="utf-8"))
    names = {row["OBLAST_ID"]: row for row in csv.DictReader(open(ids_path, encoding="utf-8"))}
    lines, missing = [], []
    for oblast in sorted(names):
        if oblast not in cells:
            missing.append(oblast)
            continue
        points = cells[oblast]
        middle = tuple(sum(point[i] for point in points) / len(points) for i in (0, 1))
        area = sum((0.1 * KM) ** 2 * math.cos(math.radians(latitude)) for latitude, _ in points)
        reach = sorted(distance_km(middle, point) for point in points)
        radius = reach[math.ceil(0.95 * len(reach)) - 1] + 0.05 * KM
        row = names[oblast]
        own = [row["NAME_EN"], row["SUBDIVISION_NAME_UKR"], row["SUBDIVISION_NAME_EN"] + " Oblast", *OTHER_NAMES.get(oblast, [])]
        lines.append(entry(oblast.lower().replace("ua", "ua-"), row["NAME_EN"], "oblast", own[1:], middle, radius))
        count, raions = RAIONS.get(oblast, (1, ""))
        for pair in raions.split():
            adjective, town = pair.replace("_", " ").split("=")
            places = [s for n in [town, *SPELLINGS.get(town, [])] for s in settlements if s["name"].replace("’", "") == n]
            inside = [s for s in places if min(distance_km((s["lat"], s["lon"]), point) for point in points) < 12]
            if not inside:
                missing.append(pair)
                continue
            reach_km = 1.5 * math.sqrt(area / count / math.pi)
            key = oblast.lower().replace("ua", "ua-") + "-" + adjective.lower()
            lines.append(entry(key, adjective + " raion", "raion", [], (inside[0]["lat"], inside[0]["lon"]), reach_km))
    with open(out_path, "w", encoding="utf-8") as out:
        out.write(ABOUT + "".join(lines))
    print(len(lines), "areas; not placed:", missing, file=sys.stderr)


def entry(key, name, level, others, middle, radius):
    also = f", names: {json.dumps(others, ensure_ascii=False)}" if others else ""
    place = f"latitudeDeg: {middle[0]:.3f}, longitudeDeg: {middle[1]:.3f}, radiusKm: {radius:.0f}"
    return f"  {key}: {{ name: {name}, level: {level}{also}, {place} }}\n"


ABOUT = """# yaml-language-server: $schema=../../packages/wire/schema/areas.schema.json
kind: areas
about:
  title: Oblasts and raions of Ukraine, as discs
  description: >-
    Where the areas lie that alerts are given for, and how far they reach: no outline, a middle and a radius that holds about 95 %. Oblasts
    from a grid of 0.1 degrees. Raions that alerts of 2022 to 2024 name: the town that they are run from, with one and a half times the
    radius of a disk of their oblast's mean raion (assumed). It says nothing of who holds what. Written by tools/data/ukraine-areas.py.
  source: "oblasts by cell: war-fire-model (MIT); towns: GeoNames (CC BY 4.0)"
  date: "2026-07-01"
  licence: "positions of towns: GeoNames, CC BY 4.0; the rest as the project"
areas:
"""

if __name__ == "__main__":
    main(*sys.argv[1:5])
