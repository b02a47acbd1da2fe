"""Writes look.proj.json. Run by hand: /usr/bin/python3 look.proj.py (Debian: python3-pyproj).

Elevation, range and off-nadir angle between a site and a platform, by PROJ's topocentric conversion (EPSG 9836) with its
origin at the site and at the platform; off-nadir is measured from the ellipsoid's normal through the platform.
Row: site latitude, longitude, height m; platform x, y, z km; elevation deg, range km, off-nadir deg;
then the platform's own geodetic latitude deg, longitude deg, height km.
"""
import json, math, os, random
import numpy as np, pyproj
from pyproj import Transformer

to_cart = Transformer.from_pipeline("+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=WGS84")

def local(lon, lat, height, target_m):
    """East, north, up, m. The origin is given as geodetic, so that no inverse conversion adds its own error."""
    t = Transformer.from_pipeline(f"+proj=topocentric +ellps=WGS84 +lon_0={lon!r} +lat_0={lat!r} +h_0={height!r}")
    return np.array(t.transform(*target_m))

random.seed(20260615)
rows = []
while len(rows) < 120:
    lat = random.choice([math.degrees(math.asin(random.uniform(-1, 1))), random.uniform(-90, 90), -90.0 if len(rows) % 40 == 0 else 0.0])
    lon, height = random.uniform(-180, 180), random.uniform(-400, 6000)
    altitude = random.choice([250e3, 500e3, 700e3, 1400e3, 20200e3, 35786e3])
    far = math.degrees(math.acos(6378e3 / (6378e3 + altitude))) * random.random()
    x, y, _ = pyproj.Geod(ellps="WGS84").fwd(lon, lat, random.uniform(0, 360), far * 111e3)
    lat, lon, height = round(lat, 6), round(lon, 6), round(height, 1)
    x, y = round(x, 7), round(y, 7)
    site = np.array(to_cart.transform(lon, lat, height))
    platform = np.array(to_cart.transform(x, y, altitude))
    east, north, up = local(lon, lat, height, platform)
    distance = math.sqrt(east**2 + north**2 + up**2)
    back = local(x, y, altitude, site)
    rows.append([lat, lon, height, *[round(float(c) / 1e3, 9) for c in platform], round(math.degrees(math.asin(up / distance)), 8),
                 round(distance / 1e3, 7), round(math.degrees(math.atan2(math.hypot(back[0], back[1]), -back[2])), 8), y, x, altitude / 1e3])
about = {"source": "PROJ: cart and topocentric conversions (EPSG guidance note 7-2, method 9836)",
         "version": f"PROJ {pyproj.proj_version_str}, pyproj {pyproj.__version__}", "script": "oracle/look.proj.py",
         "frame": "WGS 84, Earth-fixed; geometric, no refraction",
         "units": "row: site latitude deg, longitude deg, height m; platform x, y, z km; elevation deg, range km, off-nadir deg; "
                  "platform latitude deg, longitude deg, height km", "licence": "figures of our own making; PROJ is MIT"}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "look.proj.json")
json.dump({"about": about, "rows": rows}, open(path, "w"), separators=(",", ":"))
print(os.path.getsize(path), "bytes", rows[0], min(r[6] for r in rows))
