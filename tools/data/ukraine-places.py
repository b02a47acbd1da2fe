"""Writes data/basemap/ukraine-places.json: settlements that a map of the exercise labels.

Run by hand:  python3 ukraine-places.py SETTLEMENTS.json OUT.json
SETTLEMENTS.json: [{name, lat, lon, oblast}] of GeoNames. Where GeoNames still has an older romanisation, NAMES has the one of
the Ukrainian national system (Cabinet of Ministers resolution 55 of 2010).
"""

import json
import sys

NAMES = {
    "Avdiyivka": "Avdiivka", "Berdyansk": "Berdiansk", "Chornomors’k": "Chornomorsk", "Chuhuyiv": "Chuhuiv",
    "Dnipryany": "Dnipriany", "Hornostayivka": "Hornostaivka",
    "Hulyaypole": "Huliaipole", "Izyum": "Izium",
    "Kamyanka-Dniprovska": "Kamianka-Dniprovska", "Kamyanske": "Kamianske",
    "Kostyantynivka": "Kostiantynivka", "Kupyansk": "Kupiansk", "Lyubymivka": "Liubymivka", "Mykolayiv": "Mykolaiv", "Nyu-York": "Niu-York",
    "Serhiyivka": "Serhiivka", "Verkhniy Rohachyk": "Verkhnii Rohachyk",
    "Vovchanski Khutori": "Vovchanski Khutory", "Zaporizhzhya": "Zaporizhzhia", "Yevpatoriya": "Yevpatoriia", "Feodosiya": "Feodosiia",
    "Kryvyy Rih": "Kryvyi Rih", "Vinnytsya": "Vinnytsia", "Dzhankoy": "Dzhankoi", "Pervomaysk": "Pervomaisk", "Mukachevo": "Mukacheve",
    "Kamyanets-Podilskyi": "Kamianets-Podilskyi", "Izmayil": "Izmail", "Makiyivka": "Makiivka", "Balakliya": "Balakliia",
    "Slovyansk": "Sloviansk", "Armyansk": "Armiansk", "Oleksandriya": "Oleksandriia", "Znamyanka": "Znamianka",
}

# Oblast by its first letters, then the settlements; rank 1: oblast capitals and the largest cities.
RANKED = {
    1: "Kyiv City:Kyiv|Kharkiv:Kharkiv|Odesa:Odesa|Dnipropetrovsk:Dnipro,Kryvyy Rih|Donetsk:Donetsk,Mariupol|Lviv:Lviv|Mykolaiv:Mykolayiv|"
       "Luhansk:Luhansk|Kherson:Kherson|Zaporizhzhia:Zaporizhzhya,Melitopol|Crimea:Simferopol|Sevastopol:Sevastopol|Vinnytsia:Vinnytsya|"
       "Poltava:Poltava|Chernihiv:Chernihiv|Cherkasy:Cherkasy|Zhytomyr:Zhytomyr|Sumy:Sumy|Khmelnytskyi:Khmelnytskyi|Chernivtsi:Chernivtsi|"
       "Rivne:Rivne|Ivano:Ivano-Frankivsk|Ternopil:Ternopil|Volyn:Lutsk|Kirovohrad:Kropyvnytskyi|Zakarpattia:Uzhhorod",
    2: "Kharkiv:Zolochiv,Kozacha Lopan,Vovchansk,Velykyi Burluk,Dvorichna,Kupyansk,Borova,Izyum,Chuhuyiv|"
       "Luhansk:Svatove,Kreminna,Rubizhne,Siverskodonetsk,Lysychansk,Bilohorivka|"
       "Donetsk:Lyman,Siversk,Soledar,Bakhmut,Chasiv Yar,Kostyantynivka,Toretsk,Horlivka,Nyu-York,Avdiyivka,Pokrovsk,Selydove,Kurakhove,"
       "Vuhledar,Velyka Novosilka,Slovyansk,Kramatorsk|"
       "Zaporizhzhia:Hulyaypole,Polohy,Orikhiv,Tokmak,Vasylivka,Enerhodar,Kamyanka-Dniprovska|Dnipropetrovsk:Nikopol,Marhanets|"
       "Kherson:Velyka Lepetykha,Hornostayivka,Beryslav,Kakhovka,Nova Kakhovka,Oleshky,Hola Prystan,Stanislav,Skadovsk,Lazurne|"
       "Mykolaiv:Ochakiv,Kobleve|Odesa:Pivdenne,Chornomors’k,Zatoka,Serhiyivka,Bilhorod-Dnistrovskyi,Tuzly,Vylkove|"
       "Crimea:Chornomorske,Yevpatoriya",
    3: "Crimea:Kerch,Dzhankoy,Feodosiya,Yalta,Armyansk|Zaporizhzhia:Berdyansk|Kherson:Henichesk|Odesa:Izmayil,Reni,Tatarbunary,Podilsk|"
       "Mykolaiv:Voznesensk,Pervomaysk,Bashtanka|Dnipropetrovsk:Pavlohrad,Synelnykove|Donetsk:Volnovakha,Makiyivka,Dobropillia|"
       "Luhansk:Starobilsk,Milove,Alchevsk|Kharkiv:Lozova,Balakliya,Merefa|Sumy:Okhtyrka,Konotop,Shostka|Poltava:Kremenchuk,Lubny|"
       "Chernihiv:Nizhyn|Cherkasy:Uman|Kirovohrad:Oleksandriya,Znamyanka|Kyiv Oblast:Bila Tserkva,Boryspil|Zhytomyr:Korosten|"
       "Khmelnytskyi:Kamyanets-Podilskyi|Volyn:Kovel|Zakarpattia:Mukachevo|Lviv:Stryi",
}


def place(settlements, oblast, name, rank):
    found = [s for s in settlements if s["name"] == name and s["oblast"].startswith(oblast)]
    if name == "Zaporizhzhya":  # the source has a village of that name too
        found = [s for s in found if s["lat"] > 47.8 and s["lon"] < 35.2]
    if len(found) != 1:
        raise SystemExit(f"{name} in {oblast}: {len(found)} found")
    [one] = found
    shown = NAMES.get(one["name"], one["name"])
    return {"name": shown, "latitudeDeg": round(one["lat"], 4), "longitudeDeg": round(one["lon"], 4), "rank": rank}


def main(source, target):
    with open(source, encoding="utf-8") as file:
        settlements = json.load(file)
    places = [place(settlements, part.split(":")[0], name, rank)
              for rank, parts in RANKED.items() for part in parts.split("|") for name in part.split(":")[1].split(",")]
    about = {
        "title": "Settlements of Ukraine, for labels",
        "description": "rank 1: oblast capitals and the largest cities; 2: towns on or near the illustrative line and the coast; 3: others",
        "source": "GeoNames (geonames.org)",
        "licence": "CC BY 4.0",
    }
    lines = ",\n".join("    " + json.dumps(one, ensure_ascii=False) for one in places)
    with open(target, "w", encoding="utf-8") as file:
        file.write(f'{{\n  "about": {json.dumps(about, ensure_ascii=False)},\n  "places": [\n{lines}\n  ]\n}}\n')
    print(len(places), "places")


if __name__ == "__main__":
    main(*sys.argv[1:])
