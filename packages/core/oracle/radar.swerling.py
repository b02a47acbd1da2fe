"""Writes radar.swerling.json beside packages/core/oracle. Run by hand: python3 radar.swerling.py

Probability of detection by another road: the noncentral chi-square distribution of SciPy, averaged over the target's fluctuation
by quadrature. Thresholds by SciPy's inverse incomplete gamma function.
"""
import json, os
import numpy as np, scipy
from scipy import integrate, special, stats

def steady(n, t, energy):
    return float(stats.ncx2.sf(2 * t, 2 * n, 2 * energy)) if energy > 0 else float(special.gammaincc(n, t))

def chance(case, n, pfa, snr_db):
    t = special.gammainccinv(n, pfa)
    snr = 10 ** (snr_db / 10)
    if case == 0:
        return steady(n, t, n * snr)
    shape = {1: 1, 2: n, 3: 2, 4: 2 * n}[case]
    law = stats.gamma(shape, scale=n * snr / shape)
    # By the quantile: the integrand is then smooth on 0 to 1.
    x, w = np.polynomial.legendre.leggauss(400)
    u = (x + 1) / 2
    return float(np.sum(w / 2 * [steady(n, t, e) for e in law.ppf(u)]))

rows = [dict(swerling=c, pulses=n, falseAlarm01=pfa, snrDb=db, detection01=round(chance(c, n, pfa, db), 7))
        for c in range(5) for n in (1, 8, 30) for pfa in (1e-3, 1e-6) for db in (-5, 2, 8, 13, 18)]
about = {"source": "SciPy noncentral chi-square, averaged over gamma laws of the target's energy", "version": f"SciPy {scipy.__version__}, NumPy {np.__version__}",
         "script": "oracle/radar.swerling.py", "frame": "none", "units": "probabilities; decibels of power", "licence": "ours"}
here = os.path.dirname(os.path.abspath(__file__))
json.dump({"about": about, "rows": rows}, open(os.path.join(here, "radar.swerling.json"), "w"), separators=(",", ":"))
