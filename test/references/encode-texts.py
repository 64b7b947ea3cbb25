"""Encodes texts by an implementation that is not ours: JSON in on stdin, the ids of each text out on stdout."""

import json
import os
import pathlib
import sys
import tempfile


def by_sentencepiece(model, texts):
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=model).encode(texts)


def by_transformers(tokenizer_json, texts, split_special):
    from transformers import PreTrainedTokenizerFast

    special = [token["content"] for token in tokenizer_json["added_tokens"] if token["special"]]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "tokenizer.json")
        path.write_text(json.dumps(tokenizer_json))
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(path), additional_special_tokens=special)
    return tokenizer(texts, add_special_tokens=False, split_special_tokens=split_special)["input_ids"]


def by_folder(folder, texts, messages):
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    chat = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    return {"ids": tokenizer(texts)["input_ids"], "chat": chat}


def train(options, corpus):
    import sentencepiece

    os.chdir(os.path.dirname(options["model_prefix"]))
    pathlib.Path("corpus.txt").write_text("\n".join(corpus))
    sentencepiece.SentencePieceTrainer.train(input="corpus.txt", minloglevel=2, **options)
    return options["model_prefix"] + ".model"


WORK = {"folder": by_folder, "sentencepiece": by_sentencepiece, "transformers": by_transformers, "train": train}

request = json.load(sys.stdin)
json.dump(WORK[request.pop("work")](**request), sys.stdout)
