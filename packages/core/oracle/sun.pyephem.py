"""Writes sun.pyephem.json. Run by hand: /usr/bin/python3 sun.pyephem.py (Debian: python3-ephem).

`published`: worked examples from the literature, typed in. `table`: elevation of the Sun's centre by PyEphem (libastro,
VSOP87), no refraction, seen from the ellipsoid at sea level. That is topocentric: the Sun's parallax, 0.0024 degrees at most,
lowers it against the geocentric elevation of the code under test, and is part of the difference that the gate allows.
"""
import ephem, json, math, os, random

def elevation_deg(latitude, longitude, utc_s):
    observer = ephem.Observer()
    observer.pressure, observer.elevation = 0, 0
    observer.lat, observer.lon = math.radians(latitude), math.radians(longitude)
    observer.date = ephem.Date(utc_s / 86_400 + 25_567.5)  # PyEphem counts days from 1899-12-31 12:00
    return math.degrees(ephem.Sun(observer).alt)

assert ephem.Date(25_567.5).datetime().isoformat() == "1970-01-01T00:00:00"
random.seed(20260615)
FIRST, LAST = 1_577_836_800, 2_082_758_400  # 2020-01-01 to 2036-01-01
table = []
for _ in range(200):
    latitude = round(math.degrees(math.asin(random.uniform(-1, 1))), 4)
    longitude, utc_s = round(random.uniform(-180, 180), 4), random.randrange(FIRST, LAST)
    table.append([latitude, longitude, utc_s, round(elevation_deg(latitude, longitude, utc_s), 5)])

published = {
    "spa": {"source": "Reda and Andreas, Solar Position Algorithm, NREL/TP-560-34302 (2008), table A5.1: topocentric elevation e0, no refraction",
            "utc": "2003-10-17T19:30:30.000Z", "latitudeDeg": 39.742476, "longitudeDeg": -105.1786, "elevationDeg": 39.872046},
    "meeus": {"source": "Meeus, Astronomical Algorithms (2nd ed.), examples 25.b (declination -7 deg 47' 01.74\") and 28.a (equation of time "
                        "+3.427351 deg), both 1992-10-13 0h TD; TD - UT = 59 s (his table 10.A)",
              "utc": "1992-10-12T23:59:01.000Z", "declinationDeg": -(7 + 47 / 60 + 1.74 / 3600), "equationOfTimeDeg": 3.427351}}
about = {"source": "published worked examples; table by PyEphem (libastro, VSOP87)", "version": "PyEphem " + ephem.__version__,
         "script": "oracle/sun.pyephem.py", "frame": "elevation above the WGS 84 ellipsoid's tangent plane, no refraction",
         "units": "table row: latitude deg, longitude deg, UTC seconds since 1970, elevation deg",
         "licence": "figures of our own making; PyEphem is MIT/LGPL; published figures are facts"}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sun.pyephem.json")
json.dump({"about": about, "published": published, "table": table}, open(path, "w"), separators=(",", ":"))
print(os.path.getsize(path), "bytes", table[0])
