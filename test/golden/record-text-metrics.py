"""Records what sacrebleu, rouge_score, NLTK and Python's Unicode make of texts that are easy to get wrong.

Run as `python test/golden/record-text-metrics.py`, with the packages of test/references/requirements.txt;
it writes text-metrics.json.
"""

import importlib.util
import json
import random
import re
from pathlib import Path

FOLDER = Path(__file__).parent
spec = importlib.util.spec_from_file_location("score_texts", FOLDER.parent / "references" / "score-texts.py")
score = importlib.util.module_from_spec(spec)
spec.loader.exec_module(score)

WRITTEN = [
    "",
    " ",
    ".",
    "word",
    "The cat sat on the mat.",
    "The cat sat on the mat, and the dog sat on the rug.",
    "the the the the the the the",
    "It costs $1,000.50 (or 1.000,50 EUR), i.e. a lot -- 3-4 times as much!",
    "1,2.3-4 .5 6. ,7 8-9-10 -11 a-1 1-a",
    "&quot;Fish &amp; chips&quot; &lt;b&gt; &amp;lt; &amp;amp; &nbsp; &apos;",
    "a broken-\nword and a <skipped> tag <skipped><skip<skipped>ped>\nnext line\r\nlast-\n",
    "e-mail: someone@example.org; see http://example.org/a_b?c=d&e=f#g",
    "[brackets] {braces} ~tilde~ `ticks` ^caret^ |bar| \\back\\ 'single' \"double\"",
    "Crème brûlée, naïve café – “déjà vu” … ÀÉÎÕÜ ﬁne ﬂuﬀ",
    "Cre\u0300me bru\u0302le\u0301e, a\u0300 la carte, a \u0300",
    "İstanbul ISTANBUL ıstanbul K (kelvin) Å (angstrom) ΑΣ ΟΔΟΣ. ß ẞ ǅ ŉ",
    "Москва — столица. 東京は日本の首都です。 서울 עברית العربية हिन्दी",
    "tab\there vertical\x0btab form\x0cfeed fs\x1cgs\x1drs\x1eus\x1fnel\x85end",
    "nbsp\u00a0here bom\ufeffhere zwsp\u200bhere ideographic\u3000space ogham\u1680mark line\u2028sep para\u2029sep",
    "trailing\x85", "trailing\ufeff", "trailing\x1f \u3000",
    "😀. 😀, 👩‍👩‍👧‍👦.1,😀 𝒜𝓑.𝟙,𝟚 𐐀𐐨",
    "１２３．４５，６ Ⅷ ½ ² ٣٤ ४५",
    "the An a THE, a-an the_end thé the\u0301 an1 1an A. (the) a\u00e0 a, b",
    "U.S.A. vs. U.K.: the a.m./p.m. of an hour's the",
    "relational conditional rational valency hesitancy digitizer conformably radically differently vilely",
    "dies died dying flies flied skies news innings succeed spied enjoy happy by say fulfully logically geology",
    "caresses ponies ties caress cats feed agreed plastered bled motoring sing conflated troubled sized hopping",
    "tanned falling hissing fizzed failing filing controlling rolled yyyyed syzygy 1990s 3rd 100th abcs4ing",
]
WORDS = (
    "the a an cat dog sat on mat 1 2.5 3,000 - -- . , ; &amp; &quot; Über ÜBER café cafe\u0301 \u00a0 \ufeff \x85 \x1c \n -\n "
    "😀 running runs ran 東 京 И и İ ſ K ς Σ σ ’ ' \" (x) [y] e-mail it's IT'S"
).split(" ") + ["\n", "  ", "\t"]


def drawn(generator):
    return "".join(
        generator.choice(WORDS) + generator.choice(["", " ", " "]) for _ in range(generator.randrange(14))
    )


def shortened(generator, text):
    return "".join(piece for piece in re.split("( )", text) if generator.random() < 0.85)


def record():
    generator = random.Random(13)
    texts = WRITTEN + [drawn(generator) for _ in range(60)]
    pairs = [(i, i) for i in range(len(WRITTEN))] + [(i, len(texts) + i) for i in range(len(texts))]
    texts += [shortened(generator, text) for text in texts]
    pairs += [(generator.randrange(len(texts)), generator.randrange(len(texts))) for _ in range(120)]
    pairs += [(4, 5), (5, 4), (6, 4), (13, 14), (19, 20)]
    several = [[generator.randrange(len(texts)) for _ in range(generator.randrange(2, 5))] for _ in range(60)]
    of = lambda indices: [texts[i] for i in indices]
    words = sorted({word.lower() for text in texts for word in text.split() if word.isalnum() and word.isascii()})
    return {
        "texts": texts,
        "pairs": pairs,
        "bleu": score.sentence_bleu([(texts[i], [texts[j]]) for i, j in pairs]),
        "several": several,
        "bleuOfSeveral": score.sentence_bleu([(texts[i], of(rest)) for i, *rest in several]),
        "corpusBleu": score.corpus_bleu([(texts[i], [texts[j]]) for i, j in pairs]),
        "rouge": score.rouge_of(([(texts[i], texts[j]) for i, j in pairs], False, None)),
        "rougeStemmed": score.rouge_of(([(texts[i], texts[j]) for i, j in pairs], True, None)),
        "stems": dict(zip(words, score.stems(words))),
        "normalized": score.normalized(texts),
    }


if __name__ == "__main__":
    recorded = record()
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in recorded.items())
    (FOLDER / "text-metrics.json").write_text(f"{{\n{lines}\n}}\n")
