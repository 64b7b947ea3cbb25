"""sacrebleu on all pairs of some texts: JSON in on stdin, pairs, seconds and the mean of the best scores on stdout."""

import json
import sys
import time

from sacrebleu.metrics import BLEU

texts = json.load(sys.stdin)
metric = BLEU(effective_order=True)
start = time.perf_counter()
best = [
    max(metric.sentence_score(text, [other]).score for j, other in enumerate(texts) if j != i)
    for i, text in enumerate(texts)
]
seconds = time.perf_counter() - start
json.dump({"pairs": len(texts) * (len(texts) - 1), "seconds": seconds, "value": sum(best) / len(best)}, sys.stdout)
