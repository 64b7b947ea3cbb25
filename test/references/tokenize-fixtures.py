"""Trains the small SentencePiece models of test/src/tokenize/fixtures and records what SentencePiece makes of texts.

    build/references-venv/bin/python test/references/tokenize-fixtures.py
"""

import json
import os
import pathlib
import random
import sys
import tempfile

import sentencepiece

FIXTURES = pathlib.Path(__file__).resolve().parents[1] / "src" / "tokenize" / "fixtures"

SENTENCES = """
Who sang Who Wants to Be a Millionaire in High Society? Frank Sinatra.
The model imitates the teacher's style, but not its knowledge of the world.
A language model predicts the next token from the tokens before it.
Imitation closes little of the gap between the base model and ChatGPT.
In conclusion, it is important to note that there are several steps to follow.
1. Preheat the oven to 350 °F. 2. Mix 1,000 g of flour with 2 eggs.
The quick brown fox jumps over the lazy dog, and the dog doesn't mind.
def add(a, b):  return a + b  # the sum of two numbers
Das Straßencafé öffnet um zehn Uhr; wir treffen uns dort später.
Le modèle répond à la question, mais la réponse est fausse.
Модель отвечает на вопрос, но ответ неверен.
東京は日本の首都です。 北京是中国的首都。
Users ask, models answer, raters compare the answers side by side.
She said: "I'm sure that they'll see what we've seen there."
Larger base models give larger gains than more imitation data.
""".strip().splitlines()

ATOMS = [
    " ", "  ", "   ", "\n", "\t", "\r\n", "\u0085", "\u00a0", "\u3000", "\ufeff", "\u200b", "\u0000",
    "the", " the", "The model", " answer", "imitat", "ion", "1,000", " 350 °F", "don't", "we've", "ＡＢＣ", "ﬁ", "①", "é",
    "e\u0301", "Straße", "модель", "東京", "한국", "😀", "👩‍👩‍👧", "𝒳", "▁", "▁▁", "<s>", "</s>", "<unk>", "<0x41>",
    "<sep>", "<sep><sep>", "[turn]", "def add(a, b):", "!!!", "qzx", "�",
]

SHARED = dict(character_coverage=0.99, hard_vocab_limit=False, num_threads=1, minloglevel=2)

MODELS = {
    # LLaMA's settings: BPE, byte fallback, no normalisation, digits apart.
    "llama": dict(
        model_type="bpe", vocab_size=700, byte_fallback=True, normalization_rule_name="identity",
        remove_extra_whitespaces=False, split_digits=True, allow_whitespace_only_pieces=True,
    ),
    # T5's: unigram, spaces collapsed, here with rules and pieces of its own.
    "unigram": dict(model_type="unigram", vocab_size=400, user_defined_symbols=["<sep>", "[turn]", "the model"]),
    # Every switch the other way.
    "turned": dict(
        model_type="bpe", vocab_size=400, user_defined_symbols=["<sep>", "[turn]"], add_dummy_prefix=False,
        treat_whitespace_as_suffix=True, split_by_whitespace=False, normalization_rule_name="identity",
        remove_extra_whitespaces=False,
    ),
}

# Rules of normalisation in code points: fi ligature, ideographic space, no zero-width space, combining acute.
RULES = "FB01\t66 69\n3000\t20\n200B\t\n65 301\tE9\nFF21\t41\nFF21 FF22\t41 42 2B\nA0\t20\n9\t20\nA\t20\n"


def train(name: str, options: dict) -> None:
    pathlib.Path("corpus.txt").write_text("\n".join(SENTENCES * 20), encoding="utf-8")
    if name == "unigram":
        pathlib.Path("rules.tsv").write_text(RULES, encoding="utf-8")
        options = {**options, "normalization_rule_tsv": "rules.tsv"}
    sentencepiece.SentencePieceTrainer.train(input="corpus.txt", model_prefix=name, **SHARED, **options)
    (FIXTURES / f"{name}.model").write_bytes(pathlib.Path(f"{name}.model").read_bytes())


def record(name: str, draw: random.Random) -> dict:
    model = sentencepiece.SentencePieceProcessor(model_file=str(FIXTURES / f"{name}.model"))
    texts = ["", " ", *ATOMS, *SENTENCES]
    texts += ["".join(draw.choices(ATOMS, k=draw.randint(2, 12))) for _ in range(120)]
    ids = [[draw.randrange(model.vocab_size()) for _ in range(draw.randint(1, 10))] for _ in range(60)]
    return {
        "encoded": [[text, model.encode(text)] for text in texts],
        "decoded": [[one, model.decode(one)] for one in [*ids, *(model.encode(text) for text in texts[:60])]],
    }


def main() -> None:
    FIXTURES.mkdir(exist_ok=True)
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        # A model keeps the paths it was trained from: relative ones, so that it is the same everywhere.
        for name, options in MODELS.items():
            train(name, options)
        os.chdir(FIXTURES)
    lines = [json.dumps({"name": name, **record(name, draw)}) for name in MODELS]
    (FIXTURES / "sentencepiece.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"SentencePiece {sentencepiece.__version__}", file=sys.stderr)


main()
