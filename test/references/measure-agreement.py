"""Measures agreement and paired differences by packages that are not ours: JSON in on stdin, JSON out on stdout."""

import json
import sys

import numpy


def krippendorff(cases, scale):
    import krippendorff

    results = []
    for items in cases:
        raters = numpy.array([[numpy.nan if value is None else value for value in item] for item in items]).T
        results.append(float(krippendorff.alpha(raters, level_of_measurement=scale)))
    return results


def fleiss(cases):
    from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

    return [float(fleiss_kappa(aggregate_raters(numpy.array(items))[0])) for items in cases]


def mcnemar(cases):
    from statsmodels.stats.contingency_tables import mcnemar

    return [float(mcnemar([[0, higher], [lower, 0]], exact=True).pvalue) for higher, lower in cases]


def permutation(cases):
    from scipy.stats import permutation_test

    difference = lambda a, b, axis: numpy.mean(a - b, axis=axis)
    exact = {"permutation_type": "samples", "vectorized": True, "n_resamples": numpy.inf}
    return [float(permutation_test(pair, difference, **exact).pvalue) for pair in cases]


WORK = {work.__name__: work for work in [krippendorff, fleiss, mcnemar, permutation]}

request = json.load(sys.stdin)
json.dump(WORK[request.pop("work")](**request), sys.stdout)
