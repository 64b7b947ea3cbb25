"""Records what sacrebleu and rouge_score make of texts in many scripts, by sacrebleu's tokenizers.

Run as `python test/golden/record-tokenizers.py`, with the packages of test/references/requirements.txt;
it writes tokenizers.json.
"""

import importlib.util
import json
import random
from pathlib import Path

FOLDER = Path(__file__).parent
spec = importlib.util.spec_from_file_location("score_texts", FOLDER.parent / "references" / "score-texts.py")
score = importlib.util.module_from_spec(spec)
spec.loader.exec_module(score)

TOKENIZERS = ["13a", "zh", "intl", "char"]

WRITTEN = [
    "",
    " \u3000\n",
    "什么是光合作用？请用一句话解释。",
    "什么是光合作用？请用两句话解释！",
    "iPhone 15的价格是￥5,999.00（含税），比去年贵3.5%。",
    "他说：“你好——世界……”《红楼梦》、‘引号’·间隔号",
    "東京は日本の首都です。「データ」ー・ﾃﾞｰﾀ々〆〇",
    "서울은 대한민국의 수도입니다. 어디인가요?",
    "ما هي عاصمة فرنسا؟ باريس، بالطبع؛ ١٬٢٣٤٫٥",
    "เมืองหลวงของประเทศไทยคือกรุงเทพมหานคร ๑๒๓",
    "भारत की राजधानी नई दिल्ली है। १,२३४.५॥",
    "Москва — столица России; «цитата», №5…",
    "Crème brûlée: 1,000.5€ + 20% = ½…“déjà vu”–‘x’!",
    "𠀀𠮷野家で𝒜𝟙 😀👩\u200d👩\u200d👧 ☃★➜㊗㍻①Ⅷ",
    "１２３．４５，６　ＡＢＣ！？（全角）｡｢｣､･",
    "a.b,c 5. 5.\n6, .7 1-2 3–4 \u20005 \u20016 x\u2028y\u2029z\x85",
    "\ufe10︰﹏\ufe4f \u2e80⼀⿰㇀ㄅㆠ豈﨎\ufa2e更",
    "ไทย中文English한국어עברית日本語العربية混ぜる",
]


def drawn(generator, alphabet):
    return "".join(generator.choice(alphabet) for _ in range(generator.randrange(1, 24)))


def record():
    generator = random.Random(8)
    alphabet = sorted(set("".join(WRITTEN))) + list("  ,.1") * 8
    texts = WRITTEN + [drawn(generator, alphabet) for _ in range(60)]
    pairs = [(i, i) for i in range(len(WRITTEN))] + [(2, 3), (3, 2), (4, 5), (7, 8), (13, 15), (15, 14)]
    texts += ["".join(character for character in text if generator.random() < 0.85) for text in texts]
    pairs += [(i, i + len(texts) // 2) for i in range(len(texts) // 2)]
    pairs += [(generator.randrange(len(texts)), generator.randrange(len(texts))) for _ in range(60)]
    written = [(texts[i], texts[j]) for i, j in pairs]
    asked = [(prediction, [reference]) for prediction, reference in written]
    return {
        "texts": texts,
        "pairs": pairs,
        **{
            name: {
                "tokens": score.tokens(texts, name),
                "bleu": score.sentence_bleu(asked, name),
                "corpusBleu": score.corpus_bleu(asked, name),
                "rouge": [[list(each[m]) for m in ("rouge1", "rouge2", "rougeL")] for each in score.rouge_of((written, False, name))],
                "rougeStemmed": [[list(each[m]) for m in ("rouge1", "rouge2", "rougeL")] for each in score.rouge_of((written, True, name))],
            }
            for name in TOKENIZERS
        },
    }


if __name__ == "__main__":
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in record().items())
    (FOLDER / "tokenizers.json").write_text(f"{{\n{lines}\n}}\n")
