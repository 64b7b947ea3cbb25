"""Fits a style-controlled Bradley–Terry model by statsmodels: JSON in on stdin, JSON out on stdout."""

import json
import re
import sys

import numpy
import statsmodels.api as sm

RIDGE = 0.01
LIST_ITEM = re.compile(r"\s*(?:[-*•+]|\d{1,3}[.)])\s+\S")
HEADER = re.compile(r"#{1,6}\s")
BOLD = re.compile(r"\*\*[^*\n]+\*\*")


def counts(text):
    lines = re.split(r"\r\n|\n|\r", text)
    return numpy.array(
        [
            len(text.split()),
            sum(LIST_ITEM.match(line) is not None for line in lines),
            sum(HEADER.match(line) is not None for line in lines),
            len(BOLD.findall(text)),
        ],
        dtype=float,
    )


def fit(battles, reference, with_style):
    models = sorted({battle[side]["model"] for battle in battles for side in ("first", "second")} - {reference})
    columns = {model: index for index, model in enumerate(models)}
    design = numpy.zeros((len(battles), len(models) + 1))
    differences = []
    for row, battle in enumerate(battles):
        for side, sign in (("first", 1), ("second", -1)):
            if battle[side]["model"] in columns:
                design[row, columns[battle[side]["model"]]] += sign
        design[row, -1] = 1
        first, second = counts(battle["first"]["text"]), counts(battle["second"]["text"])
        total = first + second
        differences.append(numpy.divide(first - second, total, out=numpy.zeros(4), where=total > 0))
    if with_style:
        differences = numpy.array(differences)
        design = numpy.hstack([design, differences / differences.std(axis=0)])
    outcomes = numpy.array([battle["outcome"] for battle in battles])
    model = sm.GLM(outcomes, design, family=sm.families.Binomial())
    found = model.fit_regularized(alpha=RIDGE / len(battles), L1_wt=0, maxiter=20_000, cnvrg_tol=1e-13, zero_tol=0)
    share = lambda model: float(1 / (1 + numpy.exp(-found.params[columns[model]])))
    return {"shares": {model: share(model) for model in models}, "effects": [float(x) for x in found.params[len(models) :]]}


given = json.load(sys.stdin)
battles, reference = given["battles"], given["reference"]
json.dump({"raw": fit(battles, reference, False), "controlled": fit(battles, reference, True)}, sys.stdout)
