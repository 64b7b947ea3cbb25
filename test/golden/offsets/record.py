"""Records what Hugging Face's tokenizers and SentencePiece give as offsets: `python record.py`.

Needs the packages of test/references/requirements.txt. Writes one file per tokenizer beside this one, each with the
tokenizer and, for each text, its ids and the offsets of its tokens in code points.
"""

import base64
import io
import json
from pathlib import Path

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

HERE = Path(__file__).parent
CORPUS = [
    "The quick brown fox jumps over the lazy dog. It's 12 o'clock, isn't it?",
    "def f(x):\n    return x + 1\n",
    "Größe, café, naïve, Ελλάδα, Москва, 東京 🙂",
    "Hello world! Hello there, who are you? I am fine, thank you.",
] * 20
TEXTS = [
    "Hello world!",
    " Hello  world \n\n",
    "<|user|>Hi<|end|>\n<|assistant|> Yes.<|end|>",
    "<|end|><|end|>  <|user|>",
    "café cafe\u0301 \u1100\u1161\u11a8 각 e\u0301\u0323x",
    "🙂👨‍👩‍👧 東京タワー \ud7ff\ue000",
    "a\u00a0b\u200bc\u2028d\ufeffe",
    "ﬁne ① ½ Ⅷ Ａ１ Ω\u2126",
    "\t\tx\r\ny\r\n \r",
    "don't 12345 3.14 x_y __init__",
    "ÀÉÎ ẞ ß İ ı",
    "▁a ▁▁b",
    "",
    " ",
    "\u0301\u0302 lone marks",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈 \U0001f1e9\U0001f1ea",
]
SPECIAL = [AddedToken("<|user|>", special=True), AddedToken("<|assistant|>", special=True), AddedToken("<|end|>", special=True)]


def byte_level(normalizer, **options):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, **options)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, show_progress=False))
    return tokenizer


def llama():
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=500, special_tokens=["<unk>", *bytes_], show_progress=False)
    tokenizer.train_from_iterator([text.split("東")[0] for text in CORPUS], trainer)
    content = json.loads(tokenizer.to_str())
    # The bytes are tokens of the model, which no text spells.
    content["added_tokens"] = [token for token in content["added_tokens"] if token["content"] == "<unk>"]
    return Tokenizer.from_str(json.dumps(content))


def metaspace():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    trainer = trainers.UnigramTrainer(vocab_size=160, unk_token="<unk>", special_tokens=["<unk>"], show_progress=False)
    tokenizer.train_from_iterator([text.split("🙂")[0] for text in CORPUS], trainer)
    return tokenizer


def split(pattern):
    tokenizer = byte_level(normalizers.NFC())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    return tokenizer


QWEN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TOKENIZERS = {
    "gpt2": byte_level(None),
    "qwen": split(QWEN),
    "llama": llama(),
    "metaspace": metaspace(),
    "lowercase": byte_level(normalizers.Lowercase()),
    "nfkc": byte_level(normalizers.NFKC()),
}
texts = [text.encode("utf-16", "surrogatepass").decode("utf-16") for text in TEXTS]
for name, tokenizer in TOKENIZERS.items():
    tokenizer.add_special_tokens(SPECIAL)
    rows = []
    for text in texts:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        rows.append({"text": text, "ids": encoding.ids, "offsets": encoding.offsets})
    content = {"tokenizer": json.loads(tokenizer.to_str()), "rows": rows}
    (HERE / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False) + "\n")

for kind in ("unigram", "bpe"):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([line for text in CORPUS for line in text.split("\n") if line]),
        model_writer=model,
        model_type=kind,
        vocab_size=400,
        byte_fallback=kind == "bpe",
        hard_vocab_limit=False,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    rows = []
    for text in texts:
        proto = processor.encode(text, return_type="proto")
        pieces = proto.pieces
        # SentencePiece counts bytes.
        point = lambda at: len(text.encode()[:at].decode(errors="ignore"))
        offsets = [[point(piece.begin), point(piece.end)] for piece in pieces]
        # It gives a character to the last of its bytes; Hugging Face gives it to each, and so do we.
        for i in reversed(range(len(pieces) - 1)):
            if all(piece.piece.startswith("<0x") for piece in pieces[i : i + 2]) and pieces[i].surface == "":
                offsets[i] = offsets[i + 1]
        rows.append({"text": text, "ids": [piece.id for piece in pieces], "offsets": offsets})
    content = {"model": base64.b64encode(model.getvalue()).decode(), "rows": rows}
    (HERE / f"sentencepiece-{kind}.json").write_text(json.dumps(content, ensure_ascii=False) + "\n")
