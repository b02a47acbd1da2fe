"""Writes count-tail.scipy.json: tails of negative binomials, and calibrations by maximum likelihood, from SciPy.

Run by hand:  python3 count-tail.scipy.py > count-tail.scipy.json
"""

import json

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.stats import nbinom, rankdata

MEANS = [0.04, 0.5, 3.0, 40.0]
SHAPES = [0.03, 0.15, 1.0, 12.0]
COUNTS = [0, 1, 2, 5, 60]


def tails():
    rows = []
    for mean in MEANS:
        for shape in SHAPES:
            for count in COUNTS:
                law = nbinom(shape, shape / (shape + mean))
                tail = law.sf(count) + law.pmf(count) / 2
                support = np.arange(0, 200000)
                chances = law.pmf(support)
                mids = law.sf(support) + chances / 2
                usual = float((chances * np.maximum(mids, 1e-6) ** -0.2).sum())
                rows.append([mean, shape, count, float(tail), usual])
    return rows


def calibrations():
    cases = []
    rng = np.random.default_rng(4)
    for slope, intercept in [(1.0, 0.0), (0.4, -0.3), (2.0, 0.5)]:
        logit = np.round(rng.normal(0, 1, 60), 3)
        truth = (rng.uniform(size=60) < 1 / (1 + np.exp(-(intercept + slope * logit)))).astype(int)
        weight = np.round(rng.uniform(0.2, 2, 60), 3)

        def loss(b, x=logit, y=truth, w=weight):
            z = b[0] + b[1] * x
            return float((w * (np.logaddexp(0, z) - y * z)).sum())

        found = minimize(loss, [0, 0], method="BFGS", options={"gtol": 1e-10}).x
        positive, negative = logit[truth == 1], logit[truth == 0]
        ranks = rankdata(np.r_[positive, negative])
        n = len(positive)
        auc = (ranks[:n].sum() - n * (n + 1) / 2) / (n * len(negative))
        cases.append({"logit": logit.tolist(), "truth": truth.tolist(), "weight": weight.tolist(),
                      "intercept": float(found[0]), "slope": float(found[1]), "aucUnweighted": float(auc)})
    return cases


about = {"source": "scipy.stats.nbinom, scipy.optimize.minimize (BFGS), scipy.stats.rankdata", "version": f"SciPy {scipy.__version__}",
         "script": "oracle/count-tail.scipy.py", "frame": "none", "units": "tails: mean, shape, count, P(more) + P(equal)/2, E[tail^-0.2]",
         "licence": "figures of our own making; SciPy is BSD-3-Clause"}
print(json.dumps({"about": about, "tails": tails(), "calibrations": calibrations()}))
